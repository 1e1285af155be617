"""Netflix: what was watched and what was rated, from the account's own pages.

    NetflixViewingHistory.csv   Title,Date
    ViewingActivity.csv         Profile Name,Start Time,Duration,Attributes,Title,
                                Supplemental Video Type,...
    Ratings.csv                 Profile Name,Title Name,Star Value,Thumbs Value,Event Utc Ts,...

Netflix tells neither year nor number, so a film is known by its title alone. Series are told by
the season in their title ("Dark: Season 1: Secrets"), in the words of many languages, or by a
number in the middle of three parts; a rating of "Dark" is passed over if the same export shows
that Dark is a series. What ran for under ten minutes was not watched.
"""

import math
import re
from collections.abc import Callable, Iterator

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.dates import Reader, date_reader
from movieloop.importers.formats.rating_scales import WATCHED, from_stars, from_thumbs, points_of
from movieloop.importers.formats.rows import BadRow, Dataset, FilmFacts, RatingRow, Row, SkippedRow
from movieloop.importers.formats.tables import columns_of, each, table, with_columns
from movieloop.importers.formats.titles import clean, split_title
from movieloop.importers.formats.values import decimal, given

UNDERSTOOD = "Netflix (ViewingActivity.csv, Ratings.csv or the viewing history)"
_ACTIVITY = (
    "profilename", "starttime", "duration", "attributes", "title", "supplementalvideotype",
)  # fmt: skip
_RATED = ("profilename", "titlename", "thumbsvalue", "starvalue", "eventutcts")
# "Season" and "series" as Netflix writes them; the number stands before or behind the word.
_WORDS = (
    r"season|staffel|saison|temporada|stagione|seizoen|säsong|sæson|sesong|sezon[au]?|sezóna|évad"
    r"|kausi|hooaeg|sezonas|sezonul|sezóny|série|řada|rada|κύκλος|σεζόν|сезон|musim|mùa|phần"
    r"|จบ|ซีซั่น|ซีซัน|ปี|עונה|الموسم|सीज़न|सीज़न|시즌|시리즈|シーズン|シリーズ|第\s*\d+\s*[季期部]"
)
_ONE_OF_A_SERIES = (
    r"limited series|mini-?series|miniserie|miniserien|minisérie|mini dizi|минисериал"
    r"|リミテッドシリーズ|limited(?: series)?"
    r"|nur eine staffel|edición limitada|serie limitada|série limitée"
)
_PARTS = (
    r"part|volume|vol|book|chapter|series|collection|teil|parte|partie|livre|libro|livro|kapitel"
    r"|capitolo|capítulo|chapitre|deel|del|część|část|rész|osa|kısım|bölüm|часть|книга|глава"
)
_SEASON = re.compile(
    rf"\s*:\s+(?:\d+\s*\.?\s*)?(?:{_WORDS})"
    rf"|\s*:\s+(?:{_ONE_OF_A_SERIES})\b"
    rf"|\s*:\s+(?:(?:{_PARTS})\.?\s+\w+|\w+\.?\s+(?:{_PARTS}))\s*:\s",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*:\s+")
_SERIES = "not a film but a series"
_MINUTES = 10


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise Netflix by the columns of its three files.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.
    """
    activity = with_columns(bundle, *_ACTIVITY[:2], "title", "supplementalvideotype")
    rated = [
        name
        for name in with_columns(bundle, *_RATED[:2])
        if {"thumbsvalue", "starvalue"} & set(columns_of(bundle.head(name)))
    ]
    history = [
        name
        for name in with_columns(bundle, "title", "date")
        if set(columns_of(bundle.head(name))) == {"title", "date"}
    ]
    if not activity and not rated and not history:
        return None

    def rows() -> Iterator[Row]:
        series: set[str] = set()
        for name in activity:
            yield from _read(bundle, name, _ACTIVITY, "starttime", _watched(series))
        # The short history repeats what the long one tells.
        for name in () if activity else history:
            yield from _read(bundle, name, ("title", "date"), "date", _seen(series))
        for name in rated:
            yield from _read(bundle, name, _RATED, "eventutcts", _rated(series))

    return Dataset("netflix", "Netflix export", rows, bundle)


Make = Callable[[int, list[str], Reader], Row]


def _read(
    bundle: Bundle, name: str, columns: tuple[str, ...], dated: str, make: Make
) -> Iterator[Row]:
    """Read a file twice: once to learn how its dates are written."""
    lines = table(bundle, name, (dated,))
    dates = (found[1][0] for found in lines if not isinstance(found, BadRow))
    read = date_reader(dates, newest_first=True)
    return each(table(bundle, name, columns), lambda line, values: make(line, values, read))


def _watched(series: set[str]) -> Make:
    def make(line: int, values: list[str], read: Reader) -> Row:
        profile, started, duration, attributes, title, supplement = values
        if given(supplement):
            return SkippedRow(line, "not a film but a trailer or an extra")
        film = _film(title, series)
        if film is None:
            return SkippedRow(line, _SERIES)
        if "Autoplayed: user action: None" in attributes or _minutes(duration) < _MINUTES:
            return SkippedRow(line, f"watched for under {_MINUTES} minutes")
        who = clean(profile) or None
        return RatingRow.dated(line, who, film, WATCHED, when=started, moment=read(started))

    return make


def _seen(series: set[str]) -> Make:
    def make(line: int, values: list[str], read: Reader) -> Row:
        film = _film(values[0], series)
        if film is None:
            return SkippedRow(line, _SERIES)
        return RatingRow.dated(line, None, film, WATCHED, when=values[1], moment=read(values[1]))

    return make


def _rated(series: set[str]) -> Make:
    def make(line: int, values: list[str], read: Reader) -> Row:
        profile, title, thumb, stars, when = values
        film = _film(title, series)
        if film is None or film.title in series:
            return SkippedRow(line, _SERIES)
        points, thumbs = points_of(stars), points_of(thumb)
        if points is None and thumbs is None:
            return SkippedRow(
                line, "a rating that was taken back" if given(thumb) else "without a rating"
            )
        opinion = from_stars(points) if thumbs is None else from_thumbs(thumbs)  # type: ignore[arg-type]
        return RatingRow.dated(
            line, clean(profile) or None, film, opinion, when=when, moment=read(when)
        )

    return make


def _film(title: str, series: set[str]) -> FilmFacts | None:
    """Put a film together; None for an episode, whose series is noted."""
    shown = clean(title)
    season = _SEASON.search(shown)
    if season:
        series.add(split_title(shown[: season.start()])[0])
        return None
    parts = _BETWEEN.split(shown)
    if len(parts) > 2 and any(letter.isdigit() for letter in parts[1]):  # noqa: PLR2004
        series.add(split_title(parts[0])[0])
        return None
    name, year, also = split_title(title)
    if not name:
        raise ValueError("it names no film")
    return FilmFacts(f"netflix:{name}", name, year, also=also)


def _minutes(duration: str) -> float:
    """Read "01:52:10"; a file without durations counts everything as watched.

    Raises:
        ValueError: It is no duration.
    """
    if not duration:
        return float(_MINUTES)
    hours, minutes, seconds = map(decimal, (["0", "0", *duration.split(":")])[-3:])
    lasted = hours * 60 + minutes + seconds / 60
    if not math.isfinite(lasted):
        raise ValueError(f"{duration[:40]!r} is no duration")
    return lasted
