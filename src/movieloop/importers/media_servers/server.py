"""What every media server can tell, whichever it is.

>>> server_of("jellyfin", "http://nas.home:8096", "0f1e").kind
'jellyfin'
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from movieloop.errors import InvalidInput
from movieloop.importers.formats import FilmFacts
from movieloop.importers.hooks.event import HookEvent
from movieloop.importers.media_servers.asking import checked_token

PAGE = 500  # films asked for at once


@dataclass(frozen=True, slots=True)
class OwnedFilm:
    """A film that a server has.

    Attributes:
        item: The server's own name for it.
        film: What it is.
        added_at: Since when, milliseconds since 1970; None if the server does not say.
    """

    item: str
    film: FilmFacts
    added_at: int | None


class MediaServer(Protocol):
    """One server that can be asked; everything raises `ServiceError` if it does not answer."""

    kind: str

    def check(self) -> str:
        """Make sure that the address and the token are right.

        Returns:
            The server's name.
        """
        ...

    def films(self) -> Iterator[OwnedFilm]:
        """List all its films.

        Returns:
            The films, a page asked for when it is needed.
        """
        ...

    def watched(self) -> Iterator[HookEvent]:
        """List what everybody has watched, and what they think of it if they have said so.

        Returns:
            Events, a page asked for when it is needed.
        """
        ...

    def accounts(self) -> frozenset[str] | None:
        """List who may use it.

        Returns:
            The server's own names for them; None if it does not tell.
        """
        ...

    def save_playlist(
        self, person: str, name: str, items: Sequence[str], known: str | None, /
    ) -> str:
        """Write a playlist.

        Args:
            person: Whose.
            name: What it is called.
            items: The server's own names for its films, in order.
            known: The playlist to replace, if there is one; one that is gone is made anew.

        Returns:
            The server's own name for it.
        """
        ...

    def drop_playlist(self, playlist: str) -> None:
        """Delete a playlist; one that is gone is gone.

        Args:
            playlist: The server's own name for it.
        """
        ...


def server_of(kind: str, address: str, token: str) -> MediaServer:
    """Make what asks a server.

    Args:
        kind: plex, jellyfin, emby or trakt.
        address: Where it is.
        token: What it wants to be told.

    Returns:
        The server, nothing asked yet.

    Raises:
        InvalidInput: There is no such kind, the address is none, or the token cannot be one.
    """
    from movieloop.importers.media_servers.emby import Emby  # noqa: PLC0415 - they know PAGE
    from movieloop.importers.media_servers.jellyfin import Jellyfin  # noqa: PLC0415
    from movieloop.importers.media_servers.plex import Plex  # noqa: PLC0415
    from movieloop.importers.media_servers.trakt import Trakt  # noqa: PLC0415

    token = checked_token(token, "Copy the token as the server shows it.")
    kinds: dict[str, Callable[[str, str], MediaServer]] = {
        "plex": Plex,
        "jellyfin": Jellyfin,
        "emby": Emby,
        "trakt": Trakt,
    }
    if kind not in kinds:
        raise InvalidInput("kind", f"Choose of: {', '.join(kinds)}.")
    return kinds[kind](address, token)
