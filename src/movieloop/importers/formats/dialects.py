"""The tables of one person's films that we know: which columns each service writes.

Anybody else's table is read if its columns are called as in `PLAIN`; docs/importing.md tells how.

>>> dialect_of({"const", "yourrating", "daterated", "title", "titletype", "year"}).name
'IMDb ratings'
>>> dialect_of({"title", "year", "rating"}).name, dialect_of({"title", "genres"})
('table of films', None)
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

STARS, TEN = 5.0, 10.0
# The names a column may have, in lower case without blanks; the first one that is there counts.
PLAIN: Mapping[str, tuple[str, ...]] = {
    "title": (
        "title", "name", "movie", "film", "movietitle", "titel", "titre", "titulo", "título",
        "titolo", "название", "русскоеназвание", "назва", "片名", "タイトル",
    ),
    "original": ("originaltitle", "originalname", "оригинальноеназвание", "tituloriginal"),
    "year": ("year", "releaseyear", "año", "ano", "année", "annee", "jahr", "anno", "год", "年份"),
    "released": ("releasedate", "released"),
    "imdb": ("imdbid", "imdb", "const", "imdburl", "imdblink"),
    "tmdb": ("tmdbid", "tmdb"),
    "rating": (
        "yourrating", "userrating", "myrating", "rating", "score", "stars", "note", "nota",
        "voto", "bewertung", "wertung", "оценка", "мояоценка", "评分", "grade", "points",
    ),
    "ten": ("rating10",),
    "hundred": ("rating100", "score100"),
    "opinion": ("opinion", "liked", "like"),
    "rated": ("dateratedat", "daterated", "ratedat", "датаоценки"),
    "watched": (
        "watcheddate", "watchedat", "watchedon", "datewatched", "lastwatchedat", "watched",
        "viewdate", "dateviewed", "seenat", "date", "fecha", "datum", "дата", "enddate",
        "createdat", "timestamp",
    ),
    "added": ("added", "addedat", "dateadded", "listedat", "created"),
    "kind": ("type", "mediatype", "titletype", "category", "тип"),
    "status": ("status", "watchlist"),
    "episode": ("episodenumber", "seasonnumber"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dialect:
    """One service's table.

    Attributes:
        key: What its films are called after, and the set of a community.
        name: What it is, for people.
        needs: Columns by which it is recognised.
        columns: Where it differs from `PLAIN`.
        most: The best rating there; None if the ratings themselves must tell.
        unrated: Whether a row without a rating and a date is still a film seen.
    """

    key: str
    name: str
    needs: frozenset[str]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    most: float | None = TEN
    unrated: bool = False


DIALECTS = (
    Dialect(
        "imdb", "IMDb ratings", frozenset({"const", "title", "yourrating"}),
        {"imdb": ("const",), "rating": ("yourrating",), "rated": ("daterated",), "watched": ()},
    ),
    Dialect(
        "imdb", "IMDb ratings", frozenset({"const", "title", "yourated"}),
        {"imdb": ("const",), "rating": ("yourated",), "rated": ("created",), "watched": ()},
    ),
    Dialect(
        "tmdb", "TMDB account ratings", frozenset({"tmdbid", "name", "yourrating"}),
        {"rating": ("yourrating",), "watched": ()},
    ),
    Dialect(
        "trakt", "Trakt export", frozenset({"traktid", "title"}),
        {"rating": ("rating", "yourrating", "userrating")},
        unrated=True,
    ),
    Dialect("simkl", "Simkl export", frozenset({"simklid", "title"}), unrated=True),
    Dialect(
        "yamtrack", "Yamtrack export", frozenset({"mediaid", "source", "mediatype", "title"}),
        {"tmdb": ("mediaid",), "rating": ("score",), "watched": ("enddate", "startdate")},
    ),
    Dialect("movary", "Movary export", frozenset({"title", "tmdbid", "imdbid", "userrating"})),
    Dialect(
        "movary", "Movary export", frozenset({"title", "tmdbid", "imdbid", "watchedat"}),
        unrated=True,
    ),
    Dialect(
        "movielens.org", "MovieLens account ratings",
        frozenset({"movieid", "imdbid", "title", "rating", "averagerating"}),
        most=STARS,
    ),
    Dialect("letterboxd", "Letterboxd import file", frozenset({"rating10"}), unrated=True),
    Dialect(
        "letterboxd", "Letterboxd import file", frozenset({"title", "watcheddate", "rewatch"}),
        most=STARS, unrated=True,
    ),
    Dialect("kinopoisk", "Kinopoisk ratings", frozenset({"оценка"})),
    Dialect("kinopoisk", "Kinopoisk ratings", frozenset({"мояоценка"})),
)  # fmt: skip
ANYBODYS = Dialect("films", "table of films", frozenset(), most=None)
_TELLS_A_FILM = ("title", "imdb", "tmdb")
_TELLS_AN_OPINION = ("rating", "ten", "hundred", "opinion", "rated", "watched", "status")


def dialect_of(columns: Set[str]) -> Dialect | None:
    """Recognise a table by the names of its columns.

    Args:
        columns: The names, in lower case without blanks.

    Returns:
        Whose it is; None if it does not tell films and what somebody thinks of them.
    """
    for dialect in DIALECTS:
        if dialect.needs <= columns:
            return dialect
    return ANYBODYS if _fits(columns) else None


def column_of(dialect: Dialect, what: str, columns: Set[str]) -> str:
    """Find the column that holds something.

    Args:
        dialect: Whose table it is.
        what: A key of `PLAIN`.
        columns: The names of the table's columns.

    Returns:
        The name of the column; "" if there is none.
    """
    names = dialect.columns.get(what, PLAIN[what])
    return next((name for name in names if name in columns), "")


def _fits(columns: Set[str]) -> bool:
    return all(
        any(column_of(ANYBODYS, what, columns) for what in some)
        for some in (_TELLS_A_FILM, _TELLS_AN_OPINION)
    )
