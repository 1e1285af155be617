"""Netflix: what was watched and what was given a thumb, from the account's own pages.

    NetflixViewingHistory.csv   Title,Date
    ViewingActivity.csv         Profile Name,Start Time,Duration,Attributes,Title,
                                Supplemental Video Type,...
    Ratings.csv                 Profile Name,Title Name,Thumbs Value,Event Utc Ts,...

Netflix tells neither year nor number, so a film is known by its title alone. Series are told by
the season in their title ("Dark: Season 1: Secrets"); a thumb for "Dark" is passed over if the
same export shows that Dark is a series. What ran for under ten minutes was not watched.
"""

import math
import re
from collections.abc import Iterator

from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.dates import from_iso
from movieloop.importers.formats.local_dates import date_reader
from movieloop.importers.formats.rating_scales import WATCHED, from_thumbs
from movieloop.importers.formats.rows import BadRow, Dataset, FilmFacts, RatingRow, Row, SkippedRow
from movieloop.importers.formats.tables import columns_of, each, table, with_columns
from movieloop.importers.formats.titles import clean, split_title
from movieloop.importers.formats.values import decimal

UNDERSTOOD = "Netflix (ViewingActivity.csv, Ratings.csv or the viewing history)"
_ACTIVITY = (
    "profile name", "start time", "duration", "attributes", "title", "supplemental video type",
)  # fmt: skip
_THUMBS = ("profile name", "title name", "thumbs value", "event utc ts")
_SEASON = re.compile(
    r": (?:Season|Staffel|Saison|Temporada|Stagione|Seizoen|Säsong|Sæson|Sesong|Sezon)\b"
    r"|: (?:Limited Series|Miniseries|(?:Part|Volume|Book|Chapter|Series|Collection|Teil|Parte"
    r"|Partie) \w+): ",
    re.IGNORECASE,
)
_SERIES = "not a film but a series"
_MINUTES = 10


def recognise(bundle: Bundle) -> Dataset | None:
    """Recognise Netflix by the columns of its three files.

    Args:
        bundle: What was handed in.

    Returns:
        How to read it; None if it is something else.
    """
    activity = with_columns(bundle, *_ACTIVITY[:2], "title", "supplemental video type")[:1]
    thumbs = with_columns(bundle, *_THUMBS[:3])[:1]
    history = [
        name
        for name in with_columns(bundle, "title", "date")
        if set(columns_of(bundle.head(name))) == {"title", "date"}
    ][:1]
    if not activity and not thumbs and not history:
        return None
    # The short history repeats what the long one tells.
    return Dataset(
        "netflix",
        "Netflix export",
        lambda: _rows(bundle, activity, thumbs, [] if activity else history),
        bundle.share,
    )


def _rows(
    bundle: Bundle, activity: list[str], thumbs: list[str], history: list[str]
) -> Iterator[Row]:
    series: set[str] = set()

    def watched(line: int, values: list[str]) -> Row:
        profile, started, duration, attributes, title, supplement = values
        if supplement:
            return SkippedRow(line, "not a film but a trailer or an extra")
        film = _film(title, series)
        if film is None:
            return SkippedRow(line, _SERIES)
        if "Autoplayed: user action: None" in attributes or _minutes(duration) < _MINUTES:
            return SkippedRow(line, f"watched for under {_MINUTES} minutes")
        return RatingRow(line, clean(profile) or None, film, WATCHED, from_iso(started))

    def thumbed(line: int, values: list[str]) -> Row:
        profile, title, thumb, when = values
        if not thumb:
            return SkippedRow(line, "without a thumb")
        film = _film(title, series)
        if film is None or film.title in series:
            return SkippedRow(line, _SERIES)
        opinion = from_thumbs(decimal(thumb))
        return RatingRow(line, clean(profile) or None, film, opinion, from_iso(when))

    for name in activity:
        yield from each(table(bundle, name, _ACTIVITY), watched)
    for name in history:
        yield from _short_history(bundle, name, series)
    for name in thumbs:
        yield from each(table(bundle, name, _THUMBS), thumbed)


def _short_history(bundle: Bundle, name: str, series: set[str]) -> Iterator[Row]:
    """Read `Title,Date` twice: once to learn how the dates are written."""
    lines = table(bundle, name, ("date",))
    read = date_reader([found[1][0] for found in lines if not isinstance(found, BadRow)])

    def watched(line: int, values: list[str]) -> Row:
        film = _film(values[0], series)
        if film is None:
            return SkippedRow(line, _SERIES)
        return RatingRow(line, None, film, WATCHED, read(values[1]))

    return each(table(bundle, name, ("title", "date")), watched)


def _film(title: str, series: set[str]) -> FilmFacts | None:
    """Put a film together; None for an episode, whose series is noted."""
    season = _SEASON.search(title)
    if season:
        series.add(split_title(title[: season.start()])[0])
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
