"""What every request passes first: its path is read, its body has a limit, its number too.

All are plain ASGI wrappers. The limit reads the body before the application does, at most
64 KiB and one byte, so a body without a declared length is caught too.
"""

import re
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import unquote

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from movieloop.api.parameters import SLASH
from movieloop.api.problems import problem

BODY_LIMIT = 64 * 1024
IN_FLIGHT = 128  # requests a process answers at once
PROBES = {"/livez", "/readyz", "/metrics"}
_NO_SNIFF = (b"x-content-type-options", b"nosniff")
FILE_LIMIT = 32 * 1024 * 1024  # of an import
HOOK_LIMIT = 8 * 1024 * 1024  # of what a media server tells: Plex sends a picture along
BATCH_LIMIT = 2 * 1024 * 1024  # of what many people did, as apps written for Gorse send it
DRAINED = 64 * 1024 * 1024  # bytes of a body too large that are read before hanging up


_NUMBER = re.compile(r"[0-9]{1,18}")
_IMPORT = re.compile(r"/user/[^/]*/import")
_BATCH = re.compile(r"/gorse/api/(feedback|items|users)")


class WholeNames:
    """Keeps a slash within a name, sent as %2F, apart from the slashes that divide the path."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Decode the path anew, with `SLASH` for %2F."""
        raw: bytes = scope.get("raw_path") or b""
        if scope["type"] == "http" and b"%" in raw:
            parts = re.split("%2f", raw.decode("latin-1"), flags=re.IGNORECASE)
            # A SLASH the client made up becomes another character that no name may have.
            decoded = [unquote(part).replace(SLASH, "\ufffe") for part in parts]
            scope = {**scope, "path": SLASH.join(decoded)}
        await self._app(scope, receive, send)


class HeadAsGet:
    """Answers HEAD as it would answer GET, without the body: HTTP expects it of every server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Turn HEAD into GET and keep the body back."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, without_body)


class BodyLimit:
    """Answers 413 to a body over 64 KiB, before anything else reads it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to the limit, then hand it on."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        limit = _limit_of(scope["path"])
        length = Headers(scope=scope).get("content-length", "0")
        if _NUMBER.fullmatch(length) and int(length) > limit:
            await _drain(receive)
            await _too_large(limit)(scope, receive, send)
            return
        received: list[Message] = []
        size = 0
        while True:
            message = await receive()
            received.append(message)
            size += len(message.get("body", b""))
            if size > limit:
                if message.get("more_body", False):
                    await _drain(receive)
                await _too_large(limit)(scope, receive, send)
                return
            if message["type"] == "http.disconnect":
                return  # whoever hung up wants no answer
            if not message.get("more_body", False):
                break
        await self._app(scope, again(received, receive), send)


def _limit_of(path: str) -> int:
    if path.startswith("/hooks/"):
        return HOOK_LIMIT
    if _BATCH.fullmatch(path):
        return BATCH_LIMIT
    return FILE_LIMIT if _IMPORT.fullmatch(path) else BODY_LIMIT


class InFlight:
    """Answers 503 where too many requests are being answered: those taken are answered soon.

    Whoever waits in a queue for seconds asks again, and the queue grows; so there is none. Probes
    and numbers are answered whatever happens.
    """

    def __init__(self, app: ASGIApp, most: int = IN_FLIGHT) -> None:
        self._app = app
        self._most = most
        self._now = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count those that are being answered."""
        if scope["type"] != "http" or scope["path"] in PROBES:
            await self._app(scope, receive, send)
            return
        if self._now >= self._most:
            await _too_many()(scope, receive, send)
            return
        self._now += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._now -= 1


class NoSniff:
    """Tells browsers to take every answer for what it says it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the header."""

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], _NO_SNIFF]
            await send(message)

        await self._app(scope, receive, note)


def again(received: Iterable[Message], receive: Receive) -> Receive:
    """Hand on what was read already, then what is still to come.

    Args:
        received: The messages that were read.
        receive: Where they came from.

    Returns:
        What the application calls in its place.
    """
    waiting = iter(received)

    async def replay() -> Message:
        return next(waiting, None) or await receive()

    return replay


async def _drain(receive: Receive) -> None:
    """Throw the rest of a body away, so that the client, still sending, gets to read the answer."""
    left = DRAINED
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return


def _too_many() -> JSONResponse:
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Too many requests at once",
        "More is asked than can be answered in time. Ask again in a second.",
        headers={"Retry-After": "1"},
    )


def _too_large(limit: int) -> JSONResponse:
    return problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "Body too large",
        f"A body may have {limit} bytes at most. Send less.",
        headers={"Connection": "close"},
    )
