"""What a film is: a key of ours, its names, and the facts that are known of it.

>>> Movie(95016, "Die Hard", 1988).label
'Die Hard (1988)'
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_IMDB = re.compile(r"(?:tt)?0*([0-9]{1,9})")
_IMDB_PAGE = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?imdb\.com/(?:[a-z-]+/)?title/(tt[0-9]+)(?:[/?#].*)?"
)
_WIKIDATA = re.compile(
    r"(?:wikidata:|(?:https?://)?(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9][0-9]{0,11})"
)
_TMDB = re.compile(
    r"(?:tmdb:|(?:https?://)?(?:www\.)?themoviedb\.org/movie/)([1-9][0-9]{0,8})(?:[-/?#].*)?"
)
FIRST_YEAR = 1870  # nothing that moves is older
_ANNOUNCED = 5  # years ahead of today that a film may be announced for


@dataclass(frozen=True, slots=True)
class Movie:
    """One film of the catalogue.

    Attributes:
        movie_id: Its number here, stable for ever.
        title: What people call it.
        year: The year of release, None if unknown.
        genres: Its genres, most telling first.
        imdb_id: Its IMDb id, None if unknown.
        popularity: How well known it is, 0 or more, higher = better known.
        tmdb_id: Its number at TMDB, None if unknown.
        wikidata_id: Its item at Wikidata, "Q" and digits, None if unknown.
        other_titles: What else it is called: the original title, titles in other countries.
        directors: Who directed it.
        countries: Where it was made, ISO 3166 codes such as "KR", the leading one first.
        languages: What is spoken, ISO 639 codes such as "ko".
        runtime: Minutes, None if unknown.
        cast: Who plays, the leading ones first.
        about: What it is about, a sentence or two; "" for packaged films.
        owned_since: Since when a connected media server has it, milliseconds since 1970; None if
            none has.
    """

    movie_id: int
    title: str
    year: int | None = None
    genres: tuple[str, ...] = ()
    imdb_id: str | None = None
    popularity: int = 0
    tmdb_id: int | None = None
    wikidata_id: str | None = None
    other_titles: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    runtime: int | None = None
    cast: tuple[str, ...] = ()
    about: str = ""
    owned_since: int | None = None

    @property
    def label(self) -> str:
        """The title with the year, as people tell films apart."""
        return self.title if self.year is None else f"{self.title} ({self.year})"


def latest_year() -> int:
    """Tell the last year a film may be of: some are announced years ahead.

    >>> latest_year() > 2030
    True

    Returns:
        The year.
    """
    return datetime.now(UTC).year + _ANNOUNCED


def imdb_id_of(text: str) -> str | None:
    """Read an IMDb id, with or without its "tt" and zeros.

    >>> imdb_id_of("0114709"), imdb_id_of("tt10872600"), imdb_id_of("")
    ('tt0114709', 'tt10872600', None)
    >>> imdb_id_of("https://www.imdb.com/title/tt0114709/?ref_=x")
    'tt0114709'

    Args:
        text: An id, the address of its page, or anything else.

    Returns:
        "tt" and 7 digits or more; None if it is no IMDb id.
    """
    text = text.strip()
    page = _IMDB_PAGE.fullmatch(text)
    match = _IMDB.fullmatch(page[1] if page else text) if text.isascii() else None
    return f"tt{int(match[1]):07d}" if match and int(match[1]) else None


def wikidata_id_of(text: str) -> str | None:
    """Read the number of a Wikidata item.

    >>> wikidata_id_of("wikidata:Q103569"), wikidata_id_of("Q103569"), wikidata_id_of("Alien")
    ('Q103569', 'Q103569', None)

    Args:
        text: "Q103569", with "wikidata:" before it, the address of the item, or anything else.

    Returns:
        "Q" and digits; None if it is none.
    """
    match = _WIKIDATA.fullmatch(text.strip())
    return match[1] if match else None


def tmdb_page_of(text: str) -> int | None:
    """Read a TMDB number that says so: a mere number may be anything.

    >>> tmdb_page_of("tmdb:348"), tmdb_page_of("https://www.themoviedb.org/movie/348-alien")
    (348, 348)
    >>> tmdb_page_of("348") is None
    True

    Args:
        text: "tmdb:348", the address of the page, or anything else.

    Returns:
        The number; None if it is none.
    """
    match = _TMDB.fullmatch(text.strip())
    return int(match[1]) if match else None
