"""A row inside the player: what somebody of a Jellyfin should see next, of what it has.

Whoever asks shows the token the player has from Jellyfin; Jellyfin says whose it is. So nobody
needs a key of movieloop, and nobody sees another one's row.
"""

import hashlib
import re
import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from cachetools import TTLCache

from movieloop.importers.hooks.event import account_id, text
from movieloop.importers.media_servers.asking import TokenRefused, ask
from movieloop.recommender.filters import Filters
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.player import (
    PlayerIds,
    PlayerIdsRow,
    PlayerItem,
    PlayerRecommendation,
    PlayerRow,
    PlayerServer,
    PlayerUser,
)
from movieloop.schemas.recommend import Reason, Recommendation
from movieloop.store import LibraryItem

_TOKEN = re.compile(r'\bToken="?([!#-~]{8,200}?)"?(?:,|$)', re.IGNORECASE)
_BELIEVED = 60.0  # seconds an answer of Jellyfin about a token holds
_KEPT = 1_000  # tokens
_PATIENCE = 5.0  # seconds for Jellyfin to say whose a token is: a player waits for its row
_SAYS = {1: "liked", 0: "disliked", None: "watched"}


class Account(NamedTuple):
    """Whose token it is.

    Attributes:
        connection: Of which Jellyfin.
        person: The server's own name for the account.
        called: What it is called there.
    """

    connection: str
    person: str
    called: str


class PlayerTokens:
    """Knows for a minute whose token is whose; the tokens themselves are not kept."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know nobody yet.

        Args:
            clock: Seconds of a clock that nobody sets.
        """
        self._known: TTLCache[str, Account] = TTLCache(_KEPT, _BELIEVED, timer=clock)
        self._lock = threading.Lock()

    def account(self, connection: str, address: str, token: str) -> Account | None:
        """Ask a Jellyfin whose token it is.

        Args:
            connection: The name of the connection.
            address: Where it is.
            token: What the player shows.

        Returns:
            The account; None if Jellyfin does not know the token.

        Raises:
            ServiceError: Jellyfin does not answer.
        """
        key = hashlib.sha256(f"{connection} {token}".encode()).hexdigest()
        with self._lock:
            known = self._known.get(key)
        if known is not None:
            return known
        own = {"Authorization": f'MediaBrowser Token="{token}"'}
        try:
            told = ask(address, "/Users/Me", headers=own, timeout=_PATIENCE)
        except TokenRefused:
            return None
        person = text(told, "Id") if isinstance(told, Mapping) else ""
        if not person:
            return None
        account = Account(connection, account_id(person), text(told, "Name") or person)
        with self._lock:
            self._known[key] = account
        return account


def token_of(header: str) -> str | None:
    """Read the token of a player's Authorization header.

    >>> token_of('MediaBrowser Client="Streamyfin", Token="0f1e2d3c4b5a"')
    '0f1e2d3c4b5a'
    >>> token_of('Bearer 0f1e2d3c4b5a') is None
    True

    Args:
        header: The header.

    Returns:
        The token; None if there is none.
    """
    scheme, _, rest = header.partition(" ")
    found = _TOKEN.search(rest) if scheme.lower() in ("mediabrowser", "emby") else None
    return found[1] if found else None


def row_for(loop: MovieLoop, account: Account, params: Mapping[str, str | int | bool]) -> PlayerRow:
    """Recommend somebody films that their Jellyfin has.

    Args:
        loop: The open loop.
        account: Whom.
        params: What the player asked for: `limit`, `type`, `includeBasedOn`, `includeReasons`.

    Returns:
        The row; empty with a reason as long as nobody has said who the account is here.
    """
    with loop.store.read() as session:
        library = session.library(account.connection).values()
        user_id = session.user_of_person(account.connection, account.person)
    films: list[Recommendation] = []
    error = None
    items = {item.movie_id: item for item in library if item.movie_id is not None}
    if user_id is None:
        loop.store.write(lambda session: session.note_person(*account))
        error = f"Nobody has said yet who {account.called!r} is here: movieloop connect person"
    elif params["type"] != "Series":
        only = Filters(only=frozenset(items))
        answer = loop.recommend(user_id, n=int(params["limit"]), filters=only, explain=True)
        films = [film for film in answer.recommendations if not film.already_rated]
    return PlayerRow(
        server=PlayerServer(name=account.connection),
        user=PlayerUser(id=account.person, name=account.called),
        params=dict(params),
        data=[_entry(film, items, params) for film in films],
        error=error,
    )


def ids_only(row: PlayerRow) -> PlayerIdsRow:
    """Leave out everything but the server's own names for the films.

    Args:
        row: The row.

    Returns:
        The names.
    """
    movies = [entry.item.id for entry in row.data]
    return PlayerIdsRow(
        data=PlayerIds(movies=movies, series=[], total=len(movies)), error=row.error
    )


def _entry(
    film: Recommendation,
    items: Mapping[int, LibraryItem],
    params: Mapping[str, str | int | bool],
) -> PlayerRecommendation:
    owned = [one for one in film.because if one.movie_id in items]
    based = [PlayerItem(id=items[o.movie_id].item, name=o.title, year=None) for o in owned]
    return PlayerRecommendation(
        item=PlayerItem(id=items[film.movie_id].item, name=film.title, year=film.year),
        similarity=1 / (1 + film.distance),
        basedOn=based if params["includeBasedOn"] else [],
        reason=_why(film.because) if params["includeReasons"] else "",
    )


def _why(because: list[Reason]) -> str:
    if not because:
        return ""
    first = because[0]
    return f"Because you {_SAYS[first.rating]} {first.title}"
