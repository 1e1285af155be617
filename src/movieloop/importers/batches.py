"""What both imports share: the key of a row, and storing some thousand rows at once."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias, TypeVar

from movieloop.importers.formats import RatingRow
from movieloop.recommender.loop import MovieLoop
from movieloop.store import ImportedFeedback, Session

CHUNK = 5_000  # rows a transaction: a crash loses little, and other writers wait little
TOLD_EVERY = 200  # rows: so many are read, and their films found, in a tenth of a second or less
Row = TypeVar("Row")
Progress: TypeAlias = Callable[[int, float], None]
"""Called again and again with the rows done and the share of all that is stored, 0 to 1."""


def key_of(row: RatingRow) -> str:
    """Make a row's idempotency key: a hash of who, which film, what and when.

    >>> from movieloop.importers.formats import FilmFacts
    >>> alien = FilmFacts("imdb:tt0078748", "Alien", 1979)
    >>> key_of(RatingRow(2, "7", alien, 1, 0)) == key_of(RatingRow(9, "7", alien, 1, 0))
    True

    Args:
        row: The row; where it stands in the file does not matter.

    Returns:
        "import:" and 24 hexadecimal digits.
    """
    said = (row.user or "", row.film.key, str(row.rating), str(row.rated_at))
    return f"import:{hashlib.sha256(chr(31).join(said).encode()).hexdigest()[:24]}"


def append(session: Session, feedback: Sequence[ImportedFeedback]) -> int:
    """Add opinions to the log and drop the profiles that have not learned them.

    Args:
        session: An open transaction.
        feedback: The opinions.

    Returns:
        How many the log did not have yet.
    """
    added = session.append_imported(feedback)
    if added:
        session.drop_profiles({item.user_id for item in feedback})
    return added


def count_new(session: Session, feedback: Sequence[ImportedFeedback]) -> int:
    """Count the opinions that `append` would add.

    Args:
        session: An open transaction.
        feedback: The opinions.

    Returns:
        How many the log does not have yet.
    """
    keys = {(item.user_id, item.idempotency_key) for item in feedback}
    return sum(session.feedback_by_key(*key) is None for key in keys)


def no_progress(rows: int, share: float) -> None:
    """Tell nobody.

    Args:
        rows: How many rows are done.
        share: Of all, 0 to 1.
    """


def telling(rows: Iterable[Row], progress: Progress) -> Iterator[Row]:
    """Pass rows on and tell how many there were; nothing of them is stored yet.

    >>> list(telling("abc", no_progress))
    ['a', 'b', 'c']

    Args:
        rows: The rows.
        progress: Whom to tell.

    Yields:
        The rows.
    """
    for number, row in enumerate(rows, start=1):
        if number % TOLD_EVERY == 0:
            progress(number, 0.0)
        yield row


def parts(things: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Cut what comes into parts.

    >>> list(parts("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]

    Args:
        things: What comes.
        size: How many a part has at most.

    Yields:
        The parts; none is empty.
    """
    coming = iter(things)
    while part := list(islice(coming, size)):
        yield part


def count_added(
    loop: MovieLoop,
    feedback: Sequence[ImportedFeedback] | Callable[[Session], Sequence[ImportedFeedback]],
    *,
    dry_run: bool,
) -> Callable[[], tuple[int, int]]:
    """Begin to store one chunk in a transaction of its own, or only look what that would do.

    Args:
        loop: The open loop.
        feedback: The opinions, or what makes them with the help of the open transaction.
        dry_run: Whether to store nothing.

    Returns:
        What waits until it is on disk, and gives how many opinions were added, and how many were
        there already.
    """

    def work(session: Session) -> tuple[int, int]:
        told = feedback(session) if callable(feedback) else feedback
        added = count_new(session, told) if dry_run else append(session, told)
        return added, len(told) - added

    if not dry_run:
        return loop.store.submit(work).result
    with loop.store.read() as session:
        looked = work(session)
    return lambda: looked
