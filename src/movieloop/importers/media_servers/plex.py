"""Plex.

| asked | what for |
|---|---|
| `/`, `/library/sections` | whether the token is right, and which libraries hold films |
| `/library/sections/{key}/all?type=1` | the films, so many at once, and what the owner thinks |
| `/accounts`, `/status/sessions/history/all` | who has watched what |
| `/playlists`, `/playlists/{id}/items` | a playlist for everybody, in the owner's account |

https://developer.plex.tv/pms
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from movieloop.errors import ServiceError
from movieloop.importers.formats import FilmFacts
from movieloop.importers.formats.rating_scales import from_ten
from movieloop.importers.hooks.event import (
    HookEvent,
    PassedOver,
    Payload,
    part,
    seconds,
    stars_of,
    text,
    whole,
)
from movieloop.importers.hooks.plex import facts_of
from movieloop.importers.media_servers.asking import NotThere, ask, checked_address
from movieloop.importers.media_servers.server import PAGE, OwnedFilm
from movieloop.taste import SEEN

OWNER = "1"  # of the server, by its own count
_MOVIES = 1  # the number of what a library holds


class Plex:
    """A Plex Media Server."""

    kind = "plex"

    def __init__(self, address: str, token: str) -> None:
        """Know a server.

        Args:
            address: Where it is.
            token: An X-Plex-Token of its owner.

        Raises:
            InvalidInput: The address is none.
        """
        self._address = checked_address(address)
        self._headers = {"X-Plex-Token": token}

    def check(self) -> str:
        """Make sure that the address and the token are right.

        Returns:
            The server's name.

        Raises:
            ServiceError: They are not.
        """
        self._sections()
        return text(self._container("/"), "friendlyName") or "Plex"

    def machine(self) -> str:
        """Tell which server it is.

        Returns:
            The name plex.tv has for it.

        Raises:
            ServiceError: It does not answer.
        """
        return text(self._container("/"), "machineIdentifier")

    def films(self) -> Iterator[OwnedFilm]:
        """List all films.

        Yields:
            Films; what has neither a title nor a number is left out.

        Raises:
            ServiceError: It does not answer.
        """
        for item, film in self._movies():
            yield OwnedFilm(text(item, "ratingKey"), film, seconds(item, "addedAt"))

    def watched(self) -> Iterator[HookEvent]:
        """List what everybody has watched, and what the owner thinks of it.

        Yields:
            An event a rating or a time somebody watched a film.

        Raises:
            ServiceError: It does not answer.
        """
        names = {
            text(one, "id"): text(one, "name")
            for one in _listed(self._container("/accounts"), "Account")
        }
        films: dict[str, FilmFacts] = {}
        for item, film in self._movies():
            films[text(item, "ratingKey")] = film
            stars = stars_of(item, "userRating")
            if stars is not None:
                at = seconds(item, "lastRatedAt") or seconds(item, "lastViewedAt")
                owner = names.get(OWNER) or OWNER
                yield HookEvent(OWNER, owner, film, from_ten(stars), at, "past")
        for line in self._pages("/status/sessions/history/all", sort="viewedAt:asc"):
            seen = films.get(text(line, "ratingKey"))
            person = text(line, "accountID")
            if seen is not None and person:
                called = names.get(person) or person
                yield HookEvent(person, called, seen, SEEN, seconds(line, "viewedAt"), "past")

    def accounts(self) -> None:
        """Tell nothing: `/accounts` lists whoever has ever watched, plex.tv decides who may."""

    def save_playlist(
        self, _person: str, name: str, items: Sequence[str], known: str | None
    ) -> str:
        """Write a playlist; it is the owner's, for Plex keeps no other's by the owner's token.

        Args:
            _person: Whom it is for.
            name: What it is called.
            items: The server's own names for its films, in order.
            known: The playlist to replace, if there is one; one that is gone is made anew.

        Returns:
            The server's own name for it.

        Raises:
            ServiceError: It does not answer.
        """
        library = f"server://{self.machine()}/com.plexapp.plugins.library/library/metadata/"
        uri = library + ",".join(items)
        if known is not None:
            path = f"/playlists/{quote(known, safe='')}/items"
            with suppress(NotThere):
                self._send("DELETE", path)
                self._send("PUT", path, uri=uri)
                return known
        told = self._send("POST", "/playlists", type="video", smart=0, title=name, uri=uri)
        listed = _listed(part(told, "MediaContainer") if isinstance(told, dict) else {}, "Metadata")
        made = text(listed[0], "ratingKey") if listed else ""
        if not made:
            raise ServiceError(f"{self._address} does not say which playlist it has made.")
        return made

    def drop_playlist(self, playlist: str) -> None:
        """Delete a playlist; one that is gone is gone.

        Args:
            playlist: The server's own name for it.

        Raises:
            ServiceError: It does not answer.
        """
        with suppress(NotThere):
            self._send("DELETE", f"/playlists/{quote(playlist, safe='')}")

    def _send(self, method: str, path: str, **query: object) -> Any:  # noqa: ANN401 - JSON
        return ask(self._address, path, headers=self._headers, query=query, method=method)

    def _movies(self) -> Iterator[tuple[Payload, FilmFacts]]:
        for section in self._sections():
            for item in self._pages(
                f"/library/sections/{section}/all", type=_MOVIES, includeGuids=1
            ):
                try:
                    yield item, facts_of(item, key=text(item, "ratingKey"))
                except PassedOver:
                    continue

    def _sections(self) -> list[str]:
        """List the libraries that hold films."""
        listed = _listed(self._container("/library/sections"), "Directory")
        return [text(one, "key") for one in listed if text(one, "type") == "movie"]

    def _pages(self, path: str, **query: object) -> Iterator[Payload]:
        """List what a container holds, a page after the other."""
        begin = 0
        while True:
            asked = {"X-Plex-Container-Start": begin, "X-Plex-Container-Size": PAGE}
            told = self._container(path, **query, **asked)
            items = _listed(told, "Metadata")
            yield from (item for item in items if text(item, "ratingKey"))
            begin += len(items)
            total = whole(told, "totalSize")
            if not items or (begin >= total if total else len(items) < PAGE):
                return

    def _container(self, path: str, **query: object) -> Payload:
        told = ask(self._address, path, headers=self._headers, query=query)
        inside = part(told, "MediaContainer") if isinstance(told, dict) else {}
        if not inside:
            raise ServiceError(f"{self._address} does not answer as Plex does.")
        return inside


def _listed(container: Payload, name: str) -> list[Mapping[str, Any]]:
    """Read a list; what is missing is empty."""
    listed = container.get(name)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
