"""What somebody wants to see at the moment: filters, the dial, wishes, variety.

None of it is an opinion: it changes one answer, never the log or the profile.

>>> Filters(genre="Western") == Filters(genre="Western"), Filters().variety
(True, 0.0)
"""

from collections.abc import Iterable
from dataclasses import dataclass

from movieloop.errors import InvalidInput

MOST_WISHED = 5.0  # standard deviations of the films
MOST_WISHES = 20


@dataclass(frozen=True, slots=True)
class Filters:
    """What the person wants to see.

    Attributes:
        genre: Only films of this genre.
        year_from: Only films of this year or later.
        year_to: Only films of this year or earlier.
        exclude: Movie ids not to show.
        familiarity: The dial, 1 = the best known films (as the profile stands), 0 = the most
            obscure ones; None leaves the profile alone.
        country: Only films made there, by its code, its name, or what its films are called.
        language: Only films in this language, by its code or its name.
        runtime_to: Only films of so many minutes or fewer.
        owned: True for only the films a connected media server has, False for only the others.
        only: Only these movie ids; None lets all through.
        wishes: (direction, by how much) pairs: stand so many standard deviations of the films
            farther along a direction of the taste, for this answer.
        variety: 0 = exactly the nearest films, in order; up to 1 = also near to each of the
            films the person likes (`movieloop.recommender.variety`).
    """

    genre: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    exclude: frozenset[int] = frozenset()
    familiarity: float | None = None
    country: str | None = None
    language: str | None = None
    runtime_to: int | None = None
    only: frozenset[int] | None = None
    wishes: tuple[tuple[str, float], ...] = ()
    variety: float = 0.0
    owned: bool | None = None


NO_FILTERS = Filters()


def wishes_of(written: Iterable[str]) -> tuple[tuple[str, float], ...]:
    """Read wishes as they are written in a query or on a command line.

    >>> wishes_of(["Western:1.5", "the 1950s:-1"])
    (('Western', 1.5), ('the 1950s', -1.0))

    Args:
        written: A direction, a colon, a number, each.

    Returns:
        (direction, by how much) pairs.

    Raises:
        InvalidInput: It is written otherwise, or goes too far.
    """
    wishes = []
    for wish in written:
        name, _, by = wish.rpartition(":")
        try:
            wishes.append((name, float(by)))
        except ValueError:
            raise InvalidInput("wish", f"Write {wish[:60]!r} as Western:1.5.") from None
        if not name or not abs(wishes[-1][1]) <= MOST_WISHED:
            raise InvalidInput("wish", f"Choose a number from -{MOST_WISHED:g} to {MOST_WISHED:g}.")
    return tuple(wishes)
