"""Plex: a form whose field `payload` holds JSON, often with a picture beside it.

    {"event": "media.scrobble", "Account": {"id": 1, "title": "Ada"},
     "Metadata": {"type": "movie", "title": "Alien", "year": 1979, "lastViewedAt": 1700000000,
                  "guid": "plex://movie/5d77", "Guid": [{"id": "imdb://tt0078748"}]}}

`media.scrobble` comes when nine tenths were watched, `media.rate` with a rating out of ten, at the
top or in the metadata; 0 and no rating mean that one was taken back.
https://support.plex.tv/articles/115002267687-webhooks/

>>> read({"event": "media.scrobble", "Account": {"id": 1, "title": "Ada"},
...       "Metadata": {"type": "movie", "title": "Alien", "year": 1979}}, 0).film.label
'Alien (1979)'
"""

import re

from movieloop.importers.formats import FilmFacts
from movieloop.importers.formats.rating_scales import from_ten
from movieloop.importers.hooks.event import (
    HookEvent,
    PassedOver,
    Payload,
    event_of,
    film_of,
    part,
    points,
    seconds,
    text,
    whole,
)

_OLD_GUID = re.compile(r"com\.plexapp\.agents\.(imdb|themoviedb)://([a-z0-9]+)")


def read(payload: Payload, now: int) -> HookEvent:
    """Read what Plex sent.

    Args:
        payload: The JSON of the form.
        now: When it came, milliseconds since 1970.

    Returns:
        What somebody did.

    Raises:
        PassedOver: It says nothing about a film.
        ValueError: A rating is no number from 0 to 10.
    """
    event, film, account = (
        text(payload, "event"),
        part(payload, "Metadata"),
        part(payload, "Account"),
    )
    if event not in ("media.scrobble", "media.rate"):
        raise PassedOver(f"{event[:40] or 'an event without a name'}, which says nothing of taste")
    if text(film, "type") != "movie":
        raise PassedOver("not a film")
    rating, at = None, seconds(film, "lastViewedAt")
    if event == "media.rate":
        stars = points(payload, "rating")
        stars = points(film, "userRating") if stars is None else stars
        if not stars or stars < 0:
            raise PassedOver("a rating that was taken back, which is no opinion")
        rating, at = from_ten(stars), seconds(film, "lastRatedAt")
    return event_of(
        text(account, "id"),
        text(account, "title"),
        facts_of(film, key=text(film, "guid")),
        rating,
        at=at,
        what=event,
        now=now,
    )


def facts_of(film: Payload, *, key: str) -> FilmFacts:
    """Read what Plex tells of a film.

    Args:
        film: Its metadata.
        key: Plex's own name for it.

    Returns:
        The facts.

    Raises:
        PassedOver: Nothing tells which film it is.
    """
    numbers = _numbers(film)
    return film_of(
        text(film, "title"),
        whole(film, "year"),
        numbers.get("imdb", ""),
        numbers.get("tmdb", ""),
        also=text(film, "originalTitle"),
        key=key,
    )


def _numbers(film: Payload) -> dict[str, str]:
    """Read the numbers a film has elsewhere; servers before 2020 tell one in its own name."""
    listed = film.get("Guid")
    told = (
        [text(one, "id") for one in listed if isinstance(one, dict)]
        if isinstance(listed, list)
        else []
    )
    numbers = dict(one.split("://", 1) for one in told if "://" in one)
    old = _OLD_GUID.match(text(film, "guid"))
    if old is not None:
        numbers.setdefault("imdb" if old[1] == "imdb" else "tmdb", old[2])
    return numbers
