"""What a media server says, whichever it is: who, which film, watched or an opinion, and when.

>>> event = HookEvent("7", "Ada", FilmFacts("imdb:tt0078748", "Alien", 1979), None, 0, "scrobble")
>>> event.key == HookEvent("7", "Ada A.", event.film, None, 0, "scrobble").key
True
>>> whole({"Year": "1979"}, "Year"), truth({"Likes": "False"}, "Likes"), number_of("tt78748")
(1979, False, None)
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from movieloop.importers.formats import FilmFacts
from movieloop.taste import Rating

Payload = Mapping[str, Any]
_DAY = 86_400_000  # milliseconds
_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")
_IMDB = re.compile(r"tt[0-9]{7,10}")
_SECOND = 1000  # milliseconds
_LATEST = 4_000_000_000  # seconds since 1970: what is later is no time
_LONGEST = 200  # letters of a name that are kept


@dataclass(frozen=True, slots=True)
class HookEvent:
    """One thing a person did at a media server.

    Attributes:
        person: The server's own name for the account, which stays when it is renamed.
        called: What the account is called.
        film: The film.
        rating: 1 like, 0 dislike, None watched.
        at: When, milliseconds since 1970; None if the server does not say.
        what: What kind of event it is and whatever else tells it from others.
    """

    person: str
    called: str
    film: FilmFacts
    rating: Rating
    at: int | None
    what: str

    @property
    def key(self) -> str:
        """The same for the same event, however often and in whatever order it comes."""
        said = (self.person, self.film.key, str(self.rating), str(self.at), self.what)
        return hashlib.sha256(chr(31).join(said).encode("utf-8", "surrogatepass")).hexdigest()[:24]


class PassedOver(Exception):
    """An event that says nothing about a film: it is answered well, and counted."""


def event_of(
    person: str,
    called: str,
    film: FilmFacts,
    rating: Rating,
    *,
    at: int | None,
    what: str,
    now: int,
) -> HookEvent:
    """Make an event of what a hook tells; what has no time of its own happened today.

    >>> facts = FilmFacts("imdb:tt0078748", "Alien", 1979)
    >>> event_of("", "Ada", facts, 1, at=None, what="rate", now=1_700_000_000_000).what
    'rate 19675'

    Args:
        person: The server's own name for the account; "" if it does not say.
        called: What the account is called; "" if the server does not say.
        film: The film.
        rating: 1 like, 0 dislike, None watched.
        at: When, milliseconds since 1970; None if the server does not say.
        what: What kind of event it is.
        now: When it came, milliseconds since 1970.

    Returns:
        The event.

    Raises:
        PassedOver: No account is named.
    """
    if not (person or called):
        raise PassedOver("nobody's: no account is named")
    day = "" if at is not None else f" {now // _DAY}"
    return HookEvent(person or called, called or person, film, rating, at, f"{what}{day}")


def text(payload: Payload, name: str) -> str:
    """Read a text; what is none is empty.

    Args:
        payload: Names and values.
        name: Which.

    Returns:
        The text, cut where it is longer than any name.
    """
    value = payload.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()[:_LONGEST]


def part(payload: Payload, name: str) -> Payload:
    """Read what is nested; what is not is empty.

    Args:
        payload: Names and values.
        name: Which.

    Returns:
        Names and values.
    """
    value = payload.get(name)
    return value if isinstance(value, Mapping) else {}


def whole(payload: Payload, name: str) -> int | None:
    """Read a whole number, of which some servers make a text.

    Args:
        payload: Names and values.
        name: Which.

    Returns:
        The number; None if there is none.
    """
    value = points(payload, name)
    return None if value is None or value != int(value) else int(value)


def points(payload: Payload, name: str) -> float | None:
    """Read a number, of which some servers make a text.

    >>> points({"rating": "8.5"}, "rating"), points({"rating": "-"}, "rating")
    (8.5, None)

    Args:
        payload: Names and values.
        name: Which.

    Returns:
        The number; None if there is none.
    """
    try:
        value = float(text(payload, name) or "nan")
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def stars_of(payload: Payload, name: str) -> float | None:
    """Read a rating of ten; 0 is none, and neither is what is more.

    >>> [stars_of({"rating": said}, "rating") for said in (9, "0.5", 0, 400, "-")]
    [9.0, 0.5, None, None, None]

    Args:
        payload: Names and values.
        name: Which.

    Returns:
        More than 0, at most 10; None if there is no such rating.
    """
    stars = points(payload, name)
    return stars if stars and 0 < stars <= 10 else None  # noqa: PLR2004 - of ten


def truth(payload: Payload, name: str) -> bool:
    """Read a yes or no, of which some servers make a text.

    Args:
        payload: Names and values.
        name: Which.

    Returns:
        Whether it says yes.
    """
    value = payload.get(name)
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")


def seconds(payload: Payload, name: str) -> int | None:
    """Read a moment that is told in seconds since 1970.

    >>> seconds({"lastViewedAt": 1700000000}, "lastViewedAt")
    1700000000000

    Args:
        payload: Names and values.
        name: Which.

    Returns:
        Milliseconds since 1970; None if there is none.
    """
    value = points(payload, name)
    return int(value * _SECOND) if value is not None and 0 < value < _LATEST else None


def moment(payload: Payload, name: str) -> int | None:
    """Read a moment that is told as ISO 8601 has it, in UTC where it does not say.

    >>> moment({"UtcTimestamp": "2023-11-14T22:13:20.1234567Z"}, "UtcTimestamp")
    1700000000123

    Args:
        payload: Names and values.
        name: Which.

    Returns:
        Milliseconds since 1970; None if there is none.
    """
    found = re.fullmatch(r"(.{19})(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?", text(payload, name))
    if found is None:
        return None
    try:
        told = datetime.fromisoformat(found[1] + (found[3] or "Z"))
    except ValueError:
        return None
    if not datetime(1971, 1, 1, tzinfo=UTC) < told < datetime(2090, 1, 1, tzinfo=UTC):
        return None
    return int(told.timestamp()) * _SECOND + int((found[2] or "0").ljust(3, "0")[:3])


def imdb_of(told: str) -> str | None:
    """Keep what is a number at IMDb.

    Args:
        told: A text.

    Returns:
        The number, "tt" and digits; None if it is none.
    """
    return told if _IMDB.fullmatch(told) else None


def number_of(told: str) -> int | None:
    """Keep what is a number at TMDB.

    Args:
        told: A text.

    Returns:
        The number; None if it is none.
    """
    known = told.isascii() and told.isdigit() and len(told) <= 9 and int(told) > 0  # noqa: PLR2004
    return int(told) if known else None


def film_of(
    title: str, year: int | None, imdb: str, tmdb: str, *, also: str = "", key: str = ""
) -> FilmFacts:
    """Put together what a server tells of a film.

    Args:
        title: Its title.
        year: Its year.
        imdb: Its number at IMDb, if this is one.
        tmdb: Its number at TMDB, if this is one.
        also: Another title.
        key: The server's own name for it.

    Returns:
        The facts.

    Raises:
        PassedOver: Nothing tells which film it is.
    """
    imdb_id, tmdb_id = imdb_of(imdb), number_of(tmdb)
    if not title and imdb_id is None and tmdb_id is None:
        raise PassedOver("a film without a title or a number")
    known = imdb_id or (f"tmdb:{tmdb_id}" if tmdb_id else key or f"{title} ({year})")
    titles = (also,) if also and also != title else ()
    return FilmFacts(known, title, year, imdb_id, tmdb_id, also=titles)


def account_id(told: str) -> str:
    """Write the number of an account in its one spelling: some messages put hyphens in it.

    >>> account_id("0F1E2D3C-0000-0000-0000-00000000000A")
    '0f1e2d3c00000000000000000000000a'

    Args:
        told: The server's own name for an account.

    Returns:
        32 small digits if it is such a number; else as it was told.
    """
    return told.replace("-", "").lower() if _GUID.fullmatch(told) else told
