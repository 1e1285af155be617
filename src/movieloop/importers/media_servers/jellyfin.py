"""Jellyfin.

| asked | what for |
|---|---|
| `POST /Playlists`, `POST /Playlists/{id}` | a playlist only its person sees |

and what it has in common with Emby: `media_browser.py`. https://api.jellyfin.org
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from movieloop.importers.media_servers.media_browser import MediaBrowser


class Jellyfin(MediaBrowser):
    """A Jellyfin."""

    kind = "jellyfin"

    def _make_playlist(self, person: str, name: str, items: Sequence[str]) -> Any:  # noqa: ANN401 - JSON
        said = {"Name": name, "Ids": list(items), "UserId": person, "MediaType": "Video"}
        return self._send("POST", "/Playlists", {**said, "IsPublic": False})

    def _replace_playlist(self, known: str, person: str, name: str, items: Sequence[str]) -> None:
        del person  # it stays whose it is
        said = {"Name": name, "Ids": list(items)}
        self._send("POST", f"/Playlists/{quote(known, safe='')}", said)

    def _showing(self, token: str) -> Mapping[str, str]:
        return {"Authorization": f'MediaBrowser Token="{token}"'}

    def _of(self, person: str) -> tuple[str, Mapping[str, str]]:
        return "/Items", {"userId": person}
