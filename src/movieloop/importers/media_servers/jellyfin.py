"""Jellyfin.

| asked | what for |
|---|---|
| `POST /Playlists`, `POST /Playlists/{id}` | a playlist only its person sees |

and what it has in common with Emby: `media_browser.py`. https://api.jellyfin.org
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from urllib.parse import quote

from movieloop.importers.media_servers.asking import NotThere
from movieloop.importers.media_servers.media_browser import MediaBrowser


class Jellyfin(MediaBrowser):
    """A Jellyfin."""

    kind = "jellyfin"

    def save_playlist(self, person: str, name: str, items: Sequence[str], known: str | None) -> str:
        """Write a playlist that only one person sees.

        Args:
            person: Whose.
            name: What it is called.
            items: The server's own names for its films, in order.
            known: The playlist to replace, if there is one; one that is gone is made anew.

        Returns:
            The server's own name for it.

        Raises:
            ServiceError: It does not answer.
        """
        said = {"Name": name, "Ids": list(items)}
        if known is not None:
            with suppress(NotThere):
                self._send("POST", f"/Playlists/{quote(known, safe='')}", said)
                return known
        own = {"UserId": person, "MediaType": "Video", "IsPublic": False}
        return self._made(self._send("POST", "/Playlists", said | own))

    def _showing(self, token: str) -> Mapping[str, str]:
        return {"Authorization": f'MediaBrowser Token="{token}"'}

    def _of(self, person: str) -> tuple[str, Mapping[str, str]]:
        return "/Items", {"userId": person}
