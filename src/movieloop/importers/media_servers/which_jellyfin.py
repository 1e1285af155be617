"""Which of several Jellyfins a player means: by our name for it, or by what it says of itself."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from cachetools import TLRUCache

from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.event import account_id, text
from movieloop.importers.media_servers.asking import ask
from movieloop.recommender.loop import MovieLoop

_HOLDS = 3600.0  # seconds what a Jellyfin says of itself holds
_SILENCE_HOLDS = 60.0  # seconds until one that did not answer is asked again
_KEPT = 100  # addresses
_PATIENCE = 5.0  # seconds for it to answer: a player waits for its row


class Known(NamedTuple):
    """A Jellyfin that is connected with an address.

    Attributes:
        connection: What the connection is called.
        address: Where it is.
    """

    connection: str
    address: str


class _Itself(NamedTuple):
    """What a Jellyfin says of itself; empty if it did not answer."""

    number: str
    name: str


_SILENT = _Itself("", "")


class WhichJellyfin:
    """Tells connected Jellyfins apart, and remembers for an hour what each says of itself."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know none yet.

        Args:
            clock: Seconds of a clock that nobody sets.
        """
        self._told: TLRUCache[str, _Itself] = TLRUCache(_KEPT, _until, timer=clock)
        self._lock = threading.Lock()

    def meant(self, loop: MovieLoop, name: str | None, number: str | None) -> Known:
        """Find the one a player means. Where only one is connected, it is that one.

        Args:
            loop: The open loop.
            name: What the connection or the Jellyfin is called, in any case.
            number: The Jellyfin's own number for itself, with or without dashes.

        Returns:
            The connection.

        Raises:
            InvalidInput: None is connected, or it is not clear which one.
            ServiceError: It may be one that does not answer.
        """
        with loop.store.read() as session:
            known = [
                Known(one.name, one.address)
                for one in session.connections()
                if one.kind == "jellyfin" and one.address is not None
            ]
        if not known:
            raise InvalidInput(
                "serverName",
                "No Jellyfin is connected with an address: "
                "movieloop connect server NAME http://...",
            )
        called = (name or "").lower()
        named = known if len(known) == 1 else [one for one in known if one.connection == called]
        if not named and (name or number):
            named = self._of_themselves(known, called, account_id(number or ""))
        if len(named) != 1:
            raise InvalidInput(
                "serverName",
                "Say which Jellyfin: its connection's name, or jellyfinServerId.",
                choices=[one.connection for one in known],
            )
        return named[0]

    def _of_themselves(self, known: list[Known], called: str, number: str) -> list[Known]:
        told = {one: self._itself(one.address) for one in known}
        for wanted, place in ((number, 0), (called, 1)):
            found = [one for one, itself in told.items() if wanted and itself[place] == wanted]
            if found:
                return found
        silent = next((one for one, itself in told.items() if not itself.number), None)
        if silent is not None:
            raise ServiceError(f"{silent.connection!r} does not say whether it is meant.")
        return []

    def _itself(self, address: str) -> _Itself:
        with self._lock:
            itself = self._told.get(address)
        if itself is None:
            itself = _asked(address)
            with self._lock:
                self._told[address] = itself
        return itself


def _asked(address: str) -> _Itself:
    try:
        told = ask(address, "/System/Info/Public", headers={}, timeout=_PATIENCE)
    except ServiceError:
        return _SILENT
    if not isinstance(told, Mapping):
        return _SILENT
    return _Itself(account_id(text(told, "Id")), text(told, "ServerName").lower())


def _until(_address: str, itself: _Itself, now: float) -> float:
    """Tell until when what a Jellyfin has said holds."""
    return now + (_HOLDS if itself.number else _SILENCE_HOLDS)
