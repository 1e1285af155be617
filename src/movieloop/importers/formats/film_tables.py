"""One person's films as a table: IMDb, TMDB, Trakt, Simkl, Yamtrack, Movary, and anybody's own.

    Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,...,Year,...      IMDb
    TMDb ID,IMDb ID,Type,Name,Release Date,...,Your Rating,Date Rated                  TMDB
    title,year,rating,date                                                             anybody

`dialects` lists what each service calls its columns. A film is known by its IMDb or TMDB number,
else by title and year. Series, episodes and games are passed over; films that wait to be seen
are wishes.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.dates import Reader, date_reader, moment_of, need_each_other
from movieloop.importers.formats.dialects import (
    ANYBODYS,
    PLAIN,
    STARS,
    TEN,
    Dialect,
    column_of,
    dialect_of,
)
from movieloop.importers.formats.kinds import OTHER, kind_of
from movieloop.importers.formats.rating_scales import WATCHED, from_scale, from_word, points_of
from movieloop.importers.formats.rows import (
    BadRow,
    Dataset,
    FilmFacts,
    RatingRow,
    Row,
    SkippedRow,
    WishRow,
)
from movieloop.importers.formats.tables import columns_of, each, table
from movieloop.importers.formats.titles import clean, genres_of, split_title
from movieloop.importers.formats.values import given, imdb_id_of, tmdb_id_of, whole, year_of
from movieloop.taste import Rating

UNDERSTOOD = (
    "IMDb and TMDB (the CSV file of your ratings); CSV files of Trakt, Simkl, Yamtrack, Movary, "
    "Kinopoisk and movielens.org; any table with the columns title, year and rating"
)
HUNDRED = 100.0
_WAITS = ("plan", "ptw", "want", "watchlist", "wish", "later")
_STARTED = ("progress", "watching", "hold", "paused", "drop")
_NUMBERS_OR_TITLE = ("title", "imdb", "tmdb")
_FIELDS = (*dict.fromkeys((*_NUMBERS_OR_TITLE, *PLAIN)), "source", "genres")
Cells = dict[str, str]


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise a service by the columns of its table.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if no file is such a table.
    """
    found = {name: dialect for name in bundle.names if (dialect := _of(bundle, name))}
    known = {name: dialect for name, dialect in found.items() if dialect is not ANYBODYS}
    found = known or found
    if not found:
        return None
    first = next(iter(found.values()))
    mine = {name: dialect for name, dialect in found.items() if dialect.key == first.key}

    def rows() -> Iterator[Row]:
        for name, dialect in mine.items():
            yield from _rows(bundle, name, dialect)

    return Dataset(first.key, first.name, rows, bundle)


def _of(bundle: Bundle, name: str) -> Dialect | None:
    return dialect_of(set(columns_of(bundle.head(name))))


def _rows(bundle: Bundle, name: str, dialect: Dialect) -> Iterator[Row]:
    """Read a table: its dates and its best rating first, if only the whole table tells them."""
    columns = set(columns_of(bundle.head(name)))
    names = {what: column_of(dialect, what, columns) for what in PLAIN}
    names |= {what: what for what in ("source", "genres") if what in columns}
    wanted = [names.get(what, "") for what in _FIELDS]
    needed = 1 + max(i for i, what in enumerate(_NUMBERS_OR_TITLE) if names[what])
    most = dialect.most or _best(bundle, name, names["rating"])
    read = _reader(bundle, name, names["rated"] or names["watched"])
    # Ratings and wishes have the same columns at IMDb and TMDB; only the file's name tells.
    wishes = "watchlist" in PurePosixPath(name).name.casefold()
    row = partial(_row, dialect=dialect, most=most, read=read, wishes=wishes)

    def make(line: int, values: list[str]) -> Row:
        return row(line, dict(zip(_FIELDS, values, strict=True)))

    return each(table(bundle, name, wanted, needed=needed), make)


def _reader(bundle: Bundle, name: str, column: str) -> Reader:
    if not column:
        return moment_of
    head = [f[1][0] for f in _sample(bundle, name, column)]
    if not need_each_other(head):
        return moment_of
    return date_reader(f[1][0] for f in table(bundle, name, (column,)) if not isinstance(f, BadRow))


def _sample(bundle: Bundle, name: str, column: str) -> Iterator[tuple[int, list[str]]]:
    for number, found in enumerate(table(bundle, name, (column,))):
        if number >= 50:  # noqa: PLR2004
            return
        if not isinstance(found, BadRow):
            yield found


def _best(bundle: Bundle, name: str, column: str) -> float:
    """Find out of how many points people give theirs: 5, 10 or 100."""
    best = 0.0
    for found in table(bundle, name, (column,)) if column else ():
        try:
            best = max(best, (0 if isinstance(found, BadRow) else _points(found[1][0])[0]) or 0)
        except ValueError:
            continue
    return STARS if best <= STARS else TEN if best <= TEN else HUNDRED


def _points(text: str) -> tuple[float | None, float | None]:
    """Read "8" or "8/10": the points, and of how many."""
    points, slash, most = text.partition("/")
    return points_of(points), (points_of(most) if slash else None)


def _row(
    line: int, cells: Cells, *, dialect: Dialect, most: float, read: Reader, wishes: bool
) -> Row:
    kind = kind_of(cells["kind"])
    if kind == "other" or given(cells["episode"]):
        return SkippedRow(line, OTHER)
    status = cells["status"].casefold()
    opinion = _opinion(cells, most)
    when = given(cells["rated"]) or given(cells["watched"])
    if opinion is None:
        if wishes or any(word in status for word in _WAITS):
            added = read(given(cells["added"]) or when)
            return WishRow(line, _film(dialect, cells, maybe_none=kind == "maybe"), added)
        if any(word in status for word in _STARTED):
            return SkippedRow(line, "not watched to the end")
        if not (dialect.unrated or given(cells["watched"]) or status):
            return SkippedRow(line, "without a rating")
    film = _film(dialect, cells, maybe_none=kind == "maybe")
    rating = opinion[0] if opinion else WATCHED
    return RatingRow.dated(line, None, film, rating, when=when, moment=read(when))


def _opinion(cells: Cells, most: float) -> tuple[Rating] | None:
    """Read what somebody thinks; None if they do not say."""
    said = given(cells["opinion"])
    if said and said not in ("0", "1"):
        return (from_word(said),)
    if said:
        return (from_scale(float(said) * STARS, STARS),)
    for column, best in (("ten", TEN), ("hundred", HUNDRED), ("rating", most)):
        points, told = _points(cells[column])
        if points is not None:
            return (from_scale(points, told or best),)
    return None


def _film(dialect: Dialect, cells: Cells, *, maybe_none: bool) -> FilmFacts:
    imdb_id = imdb_id_of(whole(cells["imdb"]))
    of_tmdb = cells.get("source", "").casefold() in ("", "tmdb")
    tmdb_id = tmdb_id_of(cells["tmdb"]) if of_tmdb else None
    title, year, also = split_title(cells["title"])
    told = year_of(whole(cells["year"])) or year_of(cells["released"])
    if told is not None and year not in (None, told):  # "2001: A Space Odyssey (1968)" has one
        title, year = clean(cells["title"]), told
    original = clean(cells["original"])
    if not title and imdb_id is None and tmdb_id is None:
        raise ValueError("it names no film")
    if dialect.needs >= {"const"} and imdb_id is None:
        raise ValueError(f"{cells['imdb'][:40]!r} is no IMDb id")
    return FilmFacts(
        f"imdb:{imdb_id}" if imdb_id else f"tmdb:{tmdb_id}" if tmdb_id else
        f"{dialect.key}:{title}|{told or year or ''}",
        title,
        told or year,
        imdb_id,
        tmdb_id,
        genres_of(cells["genres"], "|" if "|" in cells["genres"] else ","),
        (*also, *([original] if original and original != title else [])),
        maybe_none=maybe_none,
    )  # fmt: skip
