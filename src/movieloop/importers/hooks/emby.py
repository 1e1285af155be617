"""Emby: webhooks as JSON, or in the field `data` of a form.

    {"Event": "playback.stop", "Date": "2023-11-14T22:13:20.0000000Z",
     "User": {"Id": "a7", "Name": "Ada"}, "PlaybackInfo": {"PlayedToCompletion": true},
     "Item": {"Id": "51", "Type": "Movie", "Name": "Alien", "ProductionYear": 1979,
              "ProviderIds": {"Imdb": "tt0078748", "Tmdb": "348"},
              "UserData": {"IsFavorite": true, "Played": true}}}

`item.markplayed` and `playback.stop` tell what was watched, `item.rate` what has a heart; taking
one away is no dislike. https://emby.media/support/articles/Webhooks.html

>>> read({"Event": "item.markplayed", "User": {"Id": "a7"},
...       "Item": {"Type": "Movie", "Name": "Alien"}}, 0).rating is None
True
"""

from movieloop.importers.formats import FilmFacts
from movieloop.importers.hooks.event import (
    HookEvent,
    PassedOver,
    Payload,
    account_id,
    event_of,
    film_of,
    moment,
    part,
    text,
    truth,
    whole,
)
from movieloop.taste import LIKE, SEEN, Rating


def read(payload: Payload, now: int) -> HookEvent:
    """Read what Emby sent.

    Args:
        payload: The JSON.
        now: When it came, milliseconds since 1970.

    Returns:
        What somebody did.

    Raises:
        PassedOver: It says nothing about a film.
    """
    event, film, user = text(payload, "Event"), part(payload, "Item"), part(payload, "User")
    if text(film, "Type") != "Movie":
        raise PassedOver("not a film")
    rating = _said(event, payload, film)
    return event_of(
        account_id(text(user, "Id")),
        text(user, "Name"),
        facts_of(film),
        rating,
        at=moment(payload, "Date"),
        what=event,
        now=now,
    )


def facts_of(film: Payload) -> FilmFacts:
    """Read what Emby, and Jellyfin where it is asked, tell of a film.

    Args:
        film: The item.

    Returns:
        The facts.

    Raises:
        PassedOver: Nothing tells which film it is.
    """
    # Which spelling a server uses depends on who brought the number.
    numbers = {name.lower(): value for name, value in part(film, "ProviderIds").items()}
    return film_of(
        text(film, "Name"),
        whole(film, "ProductionYear"),
        text(numbers, "imdb"),
        text(numbers, "tmdb"),
        also=text(film, "OriginalTitle"),
        key=text(film, "Id"),
    )


def _said(event: str, payload: Payload, film: Payload) -> Rating:
    if event == "playback.stop":
        if not truth(part(payload, "PlaybackInfo"), "PlayedToCompletion"):
            raise PassedOver("stopped before the end")
        return SEEN
    if event == "item.markplayed":
        return SEEN
    if event == "item.rate":
        if not truth(part(film, "UserData"), "IsFavorite"):
            raise PassedOver("a heart that was taken away, which is no opinion")
        return LIKE
    raise PassedOver(f"{event[:40] or 'an event without a name'}, which says nothing of taste")
