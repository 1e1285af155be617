"""Jellyfin: the Webhook plugin, "Generic destination", with "Send All Properties" ticked.

    {"NotificationType": "PlaybackStop", "PlayedToCompletion": true,
     "UtcTimestamp": "2023-11-14T22:13:20.1234567Z",
     "ItemType": "Movie", "ItemId": "b1", "Name": "Alien", "Year": 1979,
     "Provider_imdb": "tt0078748", "Provider_tmdb": "348",
     "UserId": "a7", "NotificationUsername": "Ada"}

`UserDataSaved` comes with `Favorite`, `Likes`, `Rating` and `Played` as they are now. False and 0
mean that nothing is set there: they are no dislikes. Values may come as texts.
https://github.com/jellyfin/jellyfin-plugin-webhook

>>> read({"NotificationType": "UserDataSaved", "ItemType": "Movie", "Name": "Alien",
...       "NotificationUsername": "Ada", "Favorite": "True"}, 0).rating
1
"""

from movieloop.importers.formats.rating_scales import from_ten
from movieloop.importers.hooks.event import (
    HookEvent,
    PassedOver,
    Payload,
    account_id,
    event_of,
    film_of,
    moment,
    points,
    text,
    truth,
    whole,
)
from movieloop.taste import LIKE, SEEN, Rating


def read(payload: Payload, now: int) -> HookEvent:
    """Read what Jellyfin sent.

    Args:
        payload: The JSON.
        now: When it came, milliseconds since 1970.

    Returns:
        What somebody did.

    Raises:
        PassedOver: It says nothing about a film.
        ValueError: A rating is no number from 0 to 10.
    """
    kind = text(payload, "NotificationType")
    if text(payload, "ItemType") != "Movie":
        raise PassedOver("not a film")
    if kind == "PlaybackStop":
        if not truth(payload, "PlayedToCompletion"):
            raise PassedOver("stopped before the end")
        rating: Rating = SEEN
    elif kind == "UserDataSaved":
        rating = _opinion(payload)
    else:
        raise PassedOver(f"{kind[:40] or 'an event without a name'}, which says nothing of taste")
    film = film_of(
        text(payload, "Name"),
        whole(payload, "Year"),
        text(payload, "Provider_imdb"),
        text(payload, "Provider_tmdb"),
        key=text(payload, "ItemId"),
    )
    return event_of(
        account_id(text(payload, "UserId")),
        text(payload, "NotificationUsername"),
        film,
        rating,
        at=moment(payload, "UtcTimestamp"),
        what=kind,
        now=now,
    )


def _opinion(payload: Payload) -> Rating:
    """Read what is set: a heart or a thumb, else a rating, else that it was watched."""
    if truth(payload, "Favorite") or truth(payload, "Likes"):
        return LIKE
    stars = points(payload, "Rating")
    if stars:
        return from_ten(stars)
    if truth(payload, "Played"):
        return SEEN
    raise PassedOver("something that was unset, which is no opinion")
