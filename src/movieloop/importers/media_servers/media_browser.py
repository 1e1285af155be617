"""Jellyfin and Emby, which come from one program and still speak alike.

| asked | what for |
|---|---|
| `/System/Info` | whether the token is right |
| `/Items?Recursive=true&IncludeItemTypes=Movie` | the films, `Limit` at once |
| `/Users`, then the same with a user's id | what each has watched and loves |
| `DELETE /Items/{id}` | a playlist that is not wanted any more |

How a caller says who it is, where a person's films are and how a playlist is written differ:
`jellyfin.py`, `emby.py`.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any
from urllib.parse import quote

from movieloop.errors import ServiceError
from movieloop.importers.formats import FilmFacts
from movieloop.importers.formats.rating_scales import from_ten
from movieloop.importers.hooks.emby import facts_of
from movieloop.importers.hooks.event import (
    HookEvent,
    PassedOver,
    account_id,
    moment,
    part,
    stars_of,
    text,
    truth,
    whole,
)
from movieloop.importers.media_servers.asking import NotThere, ask, checked_address
from movieloop.importers.media_servers.server import PAGE, OwnedFilm
from movieloop.taste import LIKE, SEEN, Rating

_FIELDS = "ProviderIds,DateCreated,ProductionYear,OriginalTitle"


class MediaBrowser(ABC):
    """A Jellyfin or an Emby."""

    kind: str

    def __init__(self, address: str, token: str) -> None:
        """Know a server.

        Args:
            address: Where it is.
            token: An API key of it.

        Raises:
            InvalidInput: The address is none.
        """
        self._address = checked_address(address)
        self._headers = self._showing(token)

    @abstractmethod
    def _make_playlist(self, person: str, name: str, items: Sequence[str]) -> Any:  # noqa: ANN401 - JSON
        """Make a playlist; what is told of it holds its number."""

    @abstractmethod
    def _replace_playlist(self, known: str, person: str, name: str, items: Sequence[str]) -> None:
        """Write another list in place of one."""

    @abstractmethod
    def _showing(self, token: str) -> Mapping[str, str]:
        """Make the headers that show a token."""

    @abstractmethod
    def _of(self, person: str) -> tuple[str, Mapping[str, str]]:
        """Tell the path and the query of a person's films."""

    def check(self) -> str:
        """Make sure that the address and the token are right.

        Returns:
            The server's name.

        Raises:
            ServiceError: They are not.
        """
        told = self._ask("/System/Info")
        if not isinstance(told, dict) or not text(told, "Version"):
            raise ServiceError(f"{self._address} is no {self.kind.title()}.")
        return text(told, "ServerName") or self.kind.title()

    def films(self) -> Iterator[OwnedFilm]:
        """List all films.

        Yields:
            Films; what has neither a title nor a number is left out.

        Raises:
            ServiceError: It does not answer.
        """
        for item in self._items("/Items", Fields=_FIELDS, EnableUserData="false"):
            film = _facts(item)
            if film is not None:
                yield OwnedFilm(text(item, "Id"), film, moment(item, "DateCreated"))

    def watched(self) -> Iterator[HookEvent]:
        """List what everybody has watched or loves.

        Yields:
            An event a person and film.

        Raises:
            ServiceError: It does not answer.
        """
        for person in self._people:
            number, called = text(person, "Id"), text(person, "Name")
            if not number:
                continue
            told: set[str] = set()
            for which in ("IsFavorite", "IsPlayed"):
                path, asked = self._of(number)
                for item in self._items(path, Filters=which, Fields=_FIELDS, **asked):
                    film = _facts(item)
                    if film is None or text(item, "Id") in told:
                        continue
                    told.add(text(item, "Id"))
                    state = part(item, "UserData")
                    at = moment(state, "LastPlayedDate")
                    rating = _opinion(state)
                    yield HookEvent(account_id(number), called or number, film, rating, at, "past")

    def accounts(self) -> frozenset[str] | None:
        """List who may use it.

        Returns:
            The numbers of the accounts that are not switched off; None if it tells of none.

        Raises:
            ServiceError: It does not answer.
        """
        may = (one for one in self._people if part(one, "Policy").get("IsDisabled") is not True)
        return frozenset(account_id(text(one, "Id")) for one in may) if self._people else None

    def save_playlist(self, person: str, name: str, items: Sequence[str], known: str | None) -> str:
        """Write a playlist of one person; at a Jellyfin nobody else sees it.

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
        if known is not None:
            with suppress(NotThere):
                self._replace_playlist(known, person, name, items)
                return known
        told = self._make_playlist(person, name, items)
        made = text(told, "Id") if isinstance(told, dict) else ""
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
            self._send("DELETE", f"/Items/{quote(playlist, safe='')}")

    @cached_property
    def _people(self) -> list[Mapping[str, Any]]:
        """Its accounts, asked for once."""
        told = self._ask("/Users")
        return [one for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []

    def _send(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        **query: object,
    ) -> Any:  # noqa: ANN401 - JSON
        headers = self._headers
        return ask(self._address, path, headers=headers, query=query, method=method, body=body)

    def _ask(self, path: str, **query: object) -> Any:  # noqa: ANN401 - JSON
        return ask(self._address, path, headers=self._headers, query=query)

    def _items(self, path: str, **query: object) -> Iterator[Mapping[str, Any]]:
        """List items, a page after the other."""
        begin = 0
        while True:
            told = self._ask(
                path,
                Recursive="true",
                IncludeItemTypes="Movie",
                EnableImages="false",
                SortBy="DateCreated,SortName",
                StartIndex=begin,
                Limit=PAGE,
                **query,
            )
            items = told.get("Items") if isinstance(told, dict) else None
            if not isinstance(items, list):
                raise ServiceError(f"{self._address} does not answer as {self.kind.title()} does.")
            yield from (item for item in items if isinstance(item, dict) and text(item, "Id"))
            begin += len(items)
            total = whole(told, "TotalRecordCount")
            if not items or (begin >= total if total else len(items) < PAGE):
                return


def _facts(item: Mapping[str, Any]) -> FilmFacts | None:
    if text(item, "Type") not in ("", "Movie"):
        return None
    try:
        return facts_of(item)
    except PassedOver:
        return None


def _opinion(state: Mapping[str, Any]) -> Rating:
    """Read what is set; false and 0 are unset, no dislikes."""
    if truth(state, "IsFavorite") or truth(state, "Likes"):
        return LIKE
    stars = stars_of(state, "Rating")
    return SEEN if stars is None else from_ten(stars)
