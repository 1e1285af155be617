"""Trakt, which tells nothing by itself: the history of somebody is asked for.

| asked | what for |
|---|---|
| `/users/{name}` | whether there is such a user and the profile is public |
| `/users/{name}/ratings/movies` | what they think |
| `/users/{name}/history/movies` | what they have watched |

Asked whole each time, as Trakt lets people add what they watched long ago; what is known changes
nothing. https://trakt.docs.apiary.io
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.formats.dates import moment_of
from movieloop.importers.formats.json_files import film_of
from movieloop.importers.formats.rating_scales import from_ten
from movieloop.importers.hooks.event import HookEvent, stars_of, text
from movieloop.importers.media_servers.asking import NotThere, TokenRefused, ask, checked_address
from movieloop.importers.media_servers.server import OwnedFilm
from movieloop.importers.media_servers.trakt_access import Access
from movieloop.taste import SEEN

HOME = "https://api.trakt.tv"
_PAGE = 250  # entries: Trakt gives no more at once
_PAGES = 1_000


class Trakt:
    """One user of Trakt."""

    kind = "trakt"

    def __init__(self, address: str, token: str) -> None:
        """Know a user.

        Args:
            address: `https://api.trakt.tv/users/NAME`.
            token: The client id of an app registered at Trakt, or an `Access` as it is kept.

        Raises:
            InvalidInput: The address is none.
        """
        self._address = checked_address(address)
        self._access = Access.read(token)
        self._headers = {"trakt-api-version": "2", "trakt-api-key": token}
        if self._access is not None:
            self._headers["trakt-api-key"] = self._access.client_id
            self._headers["Authorization"] = f"Bearer {self._access.token}"
        self.person = self._address.rpartition("/")[2].lower()

    def check(self) -> str:
        """Make sure that there is such a user whose history may be read.

        Returns:
            What they call themselves.

        Raises:
            ServiceError: There is none, it is private and not opened, or the client id is wrong.
        """
        try:
            told = ask(self._address, "", headers=self._headers)
        except NotThere:
            raise ServiceError(f"Trakt knows nobody called {self.person!r}.") from None
        except TokenRefused:
            raise ServiceError(
                f"Trakt does not know this client id, or {self.person!r} is private: connect it "
                "with --private."
            ) from None
        if not isinstance(told, dict) or not text(told, "username"):
            raise ServiceError(f"{self._address} does not answer as Trakt does.")
        if told.get("private") and self._access is None:
            raise ServiceError(f"{self.person!r} is private: connect it with --private.")
        return text(told, "username")

    def films(self) -> Iterator[OwnedFilm]:
        """List no films: Trakt has none.

        Yields:
            Nothing.
        """
        yield from ()

    def watched(self) -> Iterator[HookEvent]:
        """List what the user has rated and watched.

        Yields:
            An event a rating or a time a film was watched.

        Raises:
            ServiceError: Trakt does not answer.
        """
        for entry in self._pages("/ratings/movies"):
            stars = stars_of(entry, "rating")
            if stars is not None:
                yield from self._event(entry, from_ten(stars), "rated_at")
        for entry in self._pages("/history/movies"):
            yield from self._event(entry, SEEN, "watched_at")

    def accounts(self) -> None:
        """Tell nothing: nobody signs in with an account of Trakt."""

    def save_playlist(self, person: str, name: str, items: Sequence[str], known: str | None) -> str:
        """Refuse: no lists are written at Trakt.

        Args:
            person: Whose.
            name: What it is called.
            items: The films.
            known: The playlist to replace.

        Returns:
            Nothing, ever.

        Raises:
            InvalidInput: Always.
        """
        raise InvalidInput("name", "Trakt gets no playlists from here.")

    def drop_playlist(self, playlist: str) -> None:
        """Delete nothing: there is none.

        Args:
            playlist: Any.
        """

    def _event(
        self, entry: Mapping[str, Any], rating: int | None, when: str
    ) -> Iterator[HookEvent]:
        try:
            film = film_of(entry.get("movie"), "trakt")
        except ValueError:
            return
        at = moment_of(text(entry, when))
        yield HookEvent(self.person, self.person, film, rating, at, "past")

    def _pages(self, path: str) -> Iterator[Mapping[str, Any]]:
        """List entries, page after page, to the first that is empty."""
        for page in range(1, _PAGES + 1):
            query = {"page": page, "limit": _PAGE}
            told = ask(self._address, path, headers=self._headers, query=query)
            if not isinstance(told, list):
                raise ServiceError(f"{self._address} does not answer as Trakt does.")
            if not told:
                return
            yield from (entry for entry in told if isinstance(entry, dict))
