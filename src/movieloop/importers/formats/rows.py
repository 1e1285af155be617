"""What every reader of a file yields: ratings, rows passed over, and rows nobody can read.

>>> alien = FilmFacts("imdb:tt0078748", "Alien", 1979, imdb_id="tt0078748")
>>> RatingRow(2, None, alien, 1, None).film.label
'Alien (1979)'
>>> BadRow(3, "'6' is no number of stars from 0 to 5.")
BadRow(line=3, reason="'6' is no number of stars from 0 to 5.")
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from movieloop.importers.formats.archive import Bundle
from movieloop.taste import Rating


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """What a file tells about a film.

    Attributes:
        key: The file's own name for it, the same at every export.
        title: What people call it, the article in front; empty if the file has only numbers.
        year: The year of release, None if the file does not tell.
        imdb_id: Its IMDb id, "tt" and 7 digits or more, None if the file does not tell.
        tmdb_id: Its TMDB number, None if the file does not tell.
        genres: Its genres as movieloop calls them.
        also: Other titles: in another language, or "a.k.a.".
        namesakes: Whether the file holds another film of that title and year.
        maybe_none: Whether it may be no film, a music video say: it is found by its number or
            not at all.
    """

    key: str
    title: str
    year: int | None = None
    imdb_id: str | None = None
    tmdb_id: int | None = None
    genres: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    namesakes: bool = False
    maybe_none: bool = False

    @property
    def label(self) -> str:
        """The title with the year, or what else the film is known by."""
        name = self.title or self.imdb_id or self.key
        return name if self.year is None else f"{name} ({self.year})"


# Not frozen: it is made millions of times, and so each is made four times as fast.
@dataclass(slots=True)
class RatingRow:
    """One opinion.

    Attributes:
        line: Where it stands, 1 = the first line of its file.
        user: The file's own name for the person; None if it holds one person's history.
        film: The film.
        rating: 1 like, 0 dislike, None seen without an opinion.
        rated_at: Milliseconds since 1970, UTC; None if the file does not tell.
        undated: The date as it stands in the file, if there is one and nobody can read it.
    """

    line: int
    user: str | None
    film: FilmFacts
    rating: Rating
    rated_at: int | None
    undated: str = ""

    @classmethod
    def dated(
        cls,
        line: int,
        user: str | None,
        film: FilmFacts,
        rating: Rating,
        *,
        when: str,
        moment: int | None,
    ) -> "RatingRow":
        """Make a row of a date as it stands in the file, which is kept if nobody can read it.

        >>> alien = FilmFacts("imdb:tt0078748", "Alien", 1979)
        >>> RatingRow.dated(2, None, alien, 1, when="some day", moment=None).undated
        'some day'

        Args:
            line: Where it stands, 1 = the first line of its file.
            user: The file's own name for the person, None in one person's history.
            film: The film.
            rating: The opinion.
            when: The date as it stands there, "" if there is none.
            moment: What it was read as, milliseconds since 1970, UTC; None if it was not.

        Returns:
            The row.
        """
        return cls(line, user, film, rating, moment, when if moment is None else "")


@dataclass(frozen=True, slots=True)
class WishRow:
    """A film somebody wants to see.

    Attributes:
        line: Where it stands, 1 = the first line of its file.
        film: The film.
        added_at: Since when, milliseconds since 1970, UTC; None if the file does not tell.
    """

    line: int
    film: FilmFacts
    added_at: int | None


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is sound but no film somebody has seen, an episode of a series, say.

    Attributes:
        line: Where it stands, 1 = the first line of its file.
        reason: What it is instead, the same words for all such rows.
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read; the rest of the file is read all the same.

    Attributes:
        line: Where it stands, 1 = the first line of its file.
        reason: What is wrong with it.
    """

    line: int
    reason: str


Row: TypeAlias = RatingRow | WishRow | SkippedRow | BadRow


@dataclass(frozen=True, slots=True)
class Dataset:
    """A file whose format was recognised.

    Attributes:
        name: What it is called: the folder or zip, or the format of a single file.
        format: What it is, for people.
        rows: Starts reading; every call begins anew.
        bundle: What is read: tells how much has been read, and what should be known of it.
    """

    name: str
    format: str
    rows: Callable[[], Iterator[Row]]
    bundle: Bundle
