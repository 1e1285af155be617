"""Emby.

| asked | what for |
|---|---|
| `POST /Playlists`, `/Playlists/{id}/Items` | a playlist of one person, and what is in it |

and what it has in common with Jellyfin: `media_browser.py`.
https://dev.emby.media/reference/RestAPI.html
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from urllib.parse import quote

from movieloop.importers.hooks.event import text
from movieloop.importers.media_servers.asking import NotThere
from movieloop.importers.media_servers.media_browser import MediaBrowser


class Emby(MediaBrowser):
    """An Emby."""

    kind = "emby"

    def save_playlist(self, person: str, name: str, items: Sequence[str], known: str | None) -> str:
        """Write a playlist of one person.

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
        ids = ",".join(items)
        if known is not None:
            with suppress(NotThere):
                self._replace(f"/Playlists/{quote(known, safe='')}/Items", person, ids)
                return known
        return self._made(
            self._send("POST", "/Playlists", Name=name, Ids=ids, UserId=person, MediaType="Video")
        )

    def _replace(self, path: str, person: str, ids: str) -> None:
        told = self._ask(path, UserId=person)
        items = told.get("Items") if isinstance(told, dict) else None
        listed = items if isinstance(items, list) else []
        entries = [text(item, "PlaylistItemId") for item in listed if isinstance(item, dict)]
        if any(entries):
            self._send("DELETE", path, EntryIds=",".join(filter(None, entries)))
        self._send("POST", path, Ids=ids, UserId=person)

    def _showing(self, token: str) -> Mapping[str, str]:
        return {"X-Emby-Token": token}

    def _of(self, person: str) -> tuple[str, Mapping[str, str]]:
        return f"/Users/{quote(person, safe='')}/Items", {}
