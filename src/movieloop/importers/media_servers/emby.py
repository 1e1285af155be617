"""Emby.

| asked | what for |
|---|---|
| `POST /Playlists`, `/Playlists/{id}/Items` | a playlist of one person, and what is in it |

and what it has in common with Jellyfin: `media_browser.py`.
https://dev.emby.media/reference/RestAPI.html
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from movieloop.importers.hooks.event import text
from movieloop.importers.media_servers.media_browser import MediaBrowser


class Emby(MediaBrowser):
    """An Emby."""

    kind = "emby"

    def _make_playlist(self, person: str, name: str, items: Sequence[str]) -> Any:  # noqa: ANN401 - JSON
        ids = ",".join(items)
        own = {"UserId": person, "MediaType": "Video"}
        return self._send("POST", "/Playlists", None, Name=name, Ids=ids, **own)

    def _replace_playlist(self, known: str, person: str, name: str, items: Sequence[str]) -> None:
        del name  # it keeps its name
        path = f"/Playlists/{quote(known, safe='')}/Items"
        told = self._ask(path, UserId=person)
        there = told.get("Items") if isinstance(told, dict) else None
        listed = there if isinstance(there, list) else []
        entries = [text(item, "PlaylistItemId") for item in listed if isinstance(item, dict)]
        if any(entries):
            self._send("DELETE", path, EntryIds=",".join(filter(None, entries)))
        self._send("POST", path, Ids=",".join(items), UserId=person)

    def _showing(self, token: str) -> Mapping[str, str]:
        return {"X-Emby-Token": token}

    def _of(self, person: str) -> tuple[str, Mapping[str, str]]:
        return f"/Users/{quote(person, safe='')}/Items", {}
