"""What every request passes first: its path is read, a key is asked for, its body has a limit.

All are plain ASGI wrappers. The limit reads the body before the application does, at most
64 KiB and one byte, so a body without a declared length is caught too.
"""

import hmac
import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from movieloop.api.page.render import wants_page
from movieloop.api.parameters import SLASH
from movieloop.api.problems import problem
from movieloop.store.api_keys import key_hash

BODY_LIMIT = 64 * 1024
FILE_LIMIT = 32 * 1024 * 1024  # of an import
OPEN_PATHS = ("/livez", "/readyz", "/docs", "/redoc", "/openapi.json", "/docs-assets/", "/assets/")


_PAGES = {"/you", "/operator", "/manifest.webmanifest", "/worker.js", "/qr.svg"}
_POSTER = re.compile(r"/movies/[0-9]+/poster\.svg")
_NUMBER = re.compile(r"[0-9]{1,18}")
_IMPORT = re.compile(r"/user/[^/]*/import")


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
        limit = FILE_LIMIT if _IMPORT.fullmatch(scope["path"]) else BODY_LIMIT
        length = Headers(scope=scope).get("content-length", "0")
        if _NUMBER.fullmatch(length) and int(length) > limit:
            await _too_large(limit)(scope, receive, send)
            return
        received: list[Message] = []
        size = 0
        while True:
            message = await receive()
            received.append(message)
            size += len(message.get("body", b""))
            if size > limit:
                await _too_large(limit)(scope, receive, send)
                return
            if message["type"] != "http.request" or not message.get("more_body", False):
                break
        waiting = iter(received)

        async def replay() -> Message:
            return next(waiting, None) or await receive()

        await self._app(scope, replay, send)


class ApiKey:
    """Answers 401 to a request without a known key; probes and documentation stay open."""

    def __init__(self, app: ASGIApp, known_hashes: Callable[[], set[str]]) -> None:
        self._app = app
        self._known_hashes = known_hashes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Compare the hash of the key sent with the stored ones, in constant time."""
        if scope["type"] == "http" and not _is_open(scope):
            headers = Headers(scope=scope)
            scheme, _, token = headers.get("authorization", "").partition(" ")
            given = key_hash(
                headers.get("x-api-key") or (token if scheme.lower() == "bearer" else "")
            )
            if not any(hmac.compare_digest(given, known) for known in self._known_hashes()):
                await _no_key()(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _is_open(scope: Scope) -> bool:
    """Tell whether a path shows nothing of anybody: probes, documentation, the empty page."""
    if scope["path"] in _PAGES or scope["path"].startswith("/film/"):
        return bool(scope["method"] == "GET")
    if scope["path"] == "/":
        return scope["method"] == "GET" and wants_page(Request(scope))
    return bool(scope["path"].startswith(OPEN_PATHS) or _POSTER.fullmatch(scope["path"]))


def _too_large(limit: int) -> JSONResponse:
    return problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "Body too large",
        f"A body may have {limit} bytes at most. Send less.",
        headers={"Connection": "close"},
    )


def _no_key() -> JSONResponse:
    return problem(
        HTTPStatus.UNAUTHORIZED,
        "API key needed",
        "Send the key that 'movieloop serve' showed, as the header X-API-Key or as "
        "'Authorization: Bearer KEY'.",
        headers={"WWW-Authenticate": "Bearer"},
    )
