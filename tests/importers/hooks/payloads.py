"""What media servers send, as their documentation and public captures show it."""

import copy
from typing import Any

PLEX: dict[str, Any] = {
    "event": "media.scrobble",
    "user": True,
    "owner": True,
    "Account": {"id": 1, "thumb": "https://plex.tv/users/1/avatar", "title": "Ada"},
    "Server": {"title": "Living room", "uuid": "54664a3d8acc39983675640ec9ce00b70af9cc36"},
    "Player": {"local": True, "publicAddress": "203.0.113.7", "title": "TV", "uuid": "r6yfk"},
    "Metadata": {
        "librarySectionType": "movie",
        "ratingKey": "1936",
        "guid": "plex://movie/5d776825880197001ec90f4e",
        "Guid": [{"id": "imdb://tt0078748"}, {"id": "tmdb://348"}, {"id": "tvdb://1"}],
        "type": "movie",
        "title": "Alien",
        "year": 1979,
        "lastViewedAt": 1_700_000_000,
    },
}
JELLYFIN: dict[str, Any] = {
    "ServerId": "f5a4",
    "NotificationType": "PlaybackStop",
    "Timestamp": "2023-11-14T23:13:20.1234567+01:00",
    "UtcTimestamp": "2023-11-14T22:13:20.1234567Z",
    "Name": "Alien",
    "Year": 1979,
    "ItemId": "b1d5",
    "ItemType": "Movie",
    "Provider_imdb": "tt0078748",
    "Provider_tmdb": "348",
    "NotificationUsername": "Ada",
    "UserId": "a7c2",
    "PlayedToCompletion": True,
    "Played": True,
    "Favorite": False,
    "Likes": False,
    "Rating": 0,
}
EMBY: dict[str, Any] = {
    "Title": "Ada has finished playing Alien",
    "Date": "2023-11-14T22:13:20.0000000Z",
    "Event": "playback.stop",
    "Severity": "Info",
    "User": {"Name": "Ada", "Id": "a7c2"},
    "Item": {
        "Name": "Alien",
        "OriginalTitle": "Alien",
        "Id": "51",
        "Type": "Movie",
        "ProductionYear": 1979,
        "ProviderIds": {"Imdb": "tt0078748", "Tmdb": "348"},
        "UserData": {"IsFavorite": True, "Played": True},
    },
    "PlaybackInfo": {"PlayedToCompletion": True},
}


def with_(payload: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Copy a payload with other values; None takes a name away, a dict goes into what is there."""
    other = copy.deepcopy(payload)
    for name, value in changes.items():
        if value is None:
            other.pop(name, None)
        elif isinstance(value, dict) and isinstance(other.get(name), dict):
            other[name] = with_(other[name], **value)
        else:
            other[name] = value
    return other
