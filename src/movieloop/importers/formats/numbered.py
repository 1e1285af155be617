"""Many people's ratings by number: the part that MovieLens and its relatives share.

Ratings name a film by a number, another file tells which film that is.

>>> films = {"1": FilmFacts("1", "Toy Story", 1995)}
>>> lines = [(2, ["7", "1", "5.0", "964982703"]), (3, ["7", "2", "1.0", ""])]
>>> for row in people_rows(lines, films.get):
...     print(row.line, getattr(row, "rating", None) or row.reason)
2 1
3 film '2' is not among the films
"""

from collections.abc import Callable, Iterable, Iterator

from movieloop.importers.formats.dates import from_unix
from movieloop.importers.formats.rating_scales import from_stars, points_of
from movieloop.importers.formats.rows import BadRow, FilmFacts, RatingRow, Row, SkippedRow
from movieloop.importers.formats.tables import Fields, each
from movieloop.importers.formats.values import whole
from movieloop.taste import LIKE, Rating


def people_rows(
    lines: Iterable[Fields | BadRow],
    film_of: Callable[[str], FilmFacts | None],
    *,
    opinion: Callable[[float], Rating] = from_stars,
    implicit: bool = False,
) -> Iterator[Row]:
    """Turn lines of `user, film, stars, seconds` into rows.

    Args:
        lines: Lines taken apart; the seconds may be missing.
        film_of: Tells which film a number means, None if it means none.
        opinion: Turns stars into an opinion.
        implicit: Whether there are no stars, and every row is a like.

    Yields:
        One row a line.
    """

    def make(line: int, values: list[str]) -> Row:
        user, key, stars, *rest = values
        user, key = whole(user), whole(key)
        film = film_of(key)
        if film is None:
            raise ValueError(f"film {key[:40]!r} is not among the films")
        if not user:
            raise ValueError("it names no person")
        if not film.title and film.imdb_id is None:
            return SkippedRow(line, "a film without a name")
        points = points_of(stars)
        if points is None and not implicit:
            return SkippedRow(line, "without a rating")
        when = rest[0] if rest else ""
        rating = LIKE if points is None else opinion(points)
        return RatingRow.dated(line, user, film, rating, when=when, moment=from_unix(when))

    return each(lines, make)
