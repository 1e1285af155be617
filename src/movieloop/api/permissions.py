"""Who may ask for what: a key has a scope, and may belong to one user.

Each request needs a scope: reading is asked by GET and by the POSTs that store nothing; what
concerns everybody needs an administrator; the rest writes. A key that belongs to a user may only be
that user, wherever a request names one: in its path, its query or its body.
"""

import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import parse_qsl

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from movieloop.api.middleware import again
from movieloop.api.page.render import wants_page
from movieloop.api.parameters import SLASH
from movieloop.api.problems import problem
from movieloop.store.api_keys import expired, find_key
from movieloop.store.key_tables import Scope as KeyScope
from movieloop.store.key_tables import StoredKey

KEY_COOKIE = "movieloop_key"
OPEN_PATHS = ("/livez", "/readyz", "/docs", "/redoc", "/openapi.json", "/docs-assets/", "/assets/")
NOTED_EVERY = 60.0  # seconds
_SIGNING = {
    "/page/sign-in": "POST",
    "/page/sign-out": "POST",
    "/page/plex": "GET",
    "/page/plex/back": "GET",
}
_PAGES = {"/you", "/operator", "/manifest.webmanifest", "/worker.js", "/qr.svg"}
_PLAYER = "/api/recommendations"
_POSTER = re.compile(r"/movies/[0-9]+/poster\.svg")
_READING = {
    "/preview",
    "/session/recommend",
    "/group/recommend",
    "/gorse/api/session/recommend",
}
_OPERATORS = {"/backup", "/connections", "/events", "/metrics"}
_OPERATORS_READ = {"/gorse/api/feedback", "/gorse/api/users"}  # of everybody
_EVERYBODYS = re.compile(r"/backup|/metrics|/movies|/models/.*|/connections/.*|/gorse/api/items?")
_USER = re.compile(
    r"/(?:gorse/api/)?(?:user|recommend|onboarding)/([^/]*)|/gorse/api/feedback/([^/]*)"
)
_NAMES = {"user_id", "UserId"}  # the latter in Gorse's spelling


def needed_scope(method: str, path: str) -> KeyScope:
    """Tell what a key must be allowed to.

    >>> needed_scope("GET", "/movies").value, needed_scope("POST", "/movies").value
    ('read', 'admin')
    >>> needed_scope("POST", "/preview").value, needed_scope("DELETE", "/user/ada").value
    ('read', 'write')

    Args:
        method: The HTTP method.
        path: The path.

    Returns:
        The least scope.
    """
    reads = method in ("GET", "HEAD", "OPTIONS")
    everybodys = path in _OPERATORS_READ if reads else _EVERYBODYS.fullmatch(path)
    if path in _OPERATORS or everybodys:
        return KeyScope.ADMIN
    return KeyScope.READ if reads or path in _READING else KeyScope.WRITE


def users_named(scope: Scope, body: bytes) -> list[str]:
    """List the users a request names.

    >>> users_named({"path": "/user/ada/profile", "query_string": b"user_id=bob"}, b"")
    ['ada', 'bob']

    Args:
        scope: The request.
        body: Its body; whatever is no JSON object names nobody.

    Returns:
        Their ids, also where one is named twice.
    """
    found = _USER.match(scope["path"])
    named = [(found[1] or found[2] or "").replace(SLASH, "/")] if found else []
    query = scope.get("query_string", b"").decode("latin-1")
    named += [value for key, value in parse_qsl(query, True) if key == "user_id"]

    def note(pairs: Sequence[tuple[str, object]]) -> None:
        named.extend(str(value) for key, value in pairs if key in _NAMES)
        groups = [value for key, value in pairs if key == "users" and isinstance(value, list)]
        named.extend(str(user) for group in groups for user in group)

    with suppress(ValueError, RecursionError):
        json.loads(body, object_pairs_hook=note)
    return named


class ApiKey:
    """Answers 401 to a request without a known key, 403 to one whose key may not do it.

    Probes, documentation and the empty page stay open; the page is not empty where the browser has
    signed in. A header counts before the cookie.
    """

    def __init__(
        self,
        app: ASGIApp,
        known: Callable[[], Iterable[StoredKey]],
        used: Callable[[str], object] = lambda key_hash: None,
    ) -> None:
        self._app = app
        self._known = known
        self._used = used
        self._noted: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find the key and compare what it may with what is asked."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = _keys_sent(Headers(scope=scope))
        key = find_key(self._known(), sent) if sent else None
        opens = key is not None and not expired(key)
        if opens:
            scope.setdefault("state", {})["key"] = key
        if _is_open(scope):
            await self._app(scope, receive, send)
            return
        if key is None or not opens:
            await _no_key(key)(scope, receive, send)
            return
        needed = needed_scope(scope["method"], scope["path"])
        if not key.scope.covers(needed):
            await _may_not(key, needed)(scope, receive, send)
            return
        self._note(key)
        await self._app(scope, receive, send)

    def _note(self, key: StoredKey) -> None:
        now = time.monotonic()
        if now - self._noted.get(key.key_hash, -NOTED_EVERY) >= NOTED_EVERY:
            self._noted[key.key_hash] = now
            self._used(key.key_hash)


class OwnUser:
    """Answers 403 where a key that belongs to one user asks for another; inside `BodyLimit`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read who is named, then hand the request on."""
        key = scope.get("state", {}).get("key")
        if key is None or key.user_id is None:
            await self._app(scope, receive, send)
            return
        received: list[Message] = []
        if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            while not received or received[-1].get("more_body", False):
                received.append(await receive())
        body = b"".join(message.get("body", b"") for message in received)
        if any(named != key.user_id for named in users_named(scope, body)):
            await _not_you(key)(scope, receive, send)
            return
        await self._app(scope, again(received, receive), send)


def _keys_sent(headers: Headers) -> list[str]:
    """List the keys that came along: of a program in headers, else the browser's cookie."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    sent = [headers.get("x-api-key", ""), token if scheme.lower() == "bearer" else ""]
    if not any(sent):
        sent = [cookie_parser(headers.get("cookie", "")).get(KEY_COOKIE, "")]
    return [key for key in sent if key]


def _is_open(scope: Scope) -> bool:
    """Tell whether a path shows nothing of anybody: probes, documentation, the empty page."""
    if scope["path"] in _SIGNING:
        return bool(scope["method"] == _SIGNING[scope["path"]])
    if scope["path"].startswith("/hooks/"):  # the secret in the path is the key
        return bool(scope["method"] == "POST")
    if scope["path"] == _PLAYER:  # Jellyfin says whose token it is
        return bool(scope["method"] == "GET")
    if scope["path"] in _PAGES or scope["path"].startswith("/film/"):
        return bool(scope["method"] == "GET")
    if scope["path"] == "/":
        return scope["method"] == "GET" and wants_page(Request(scope))
    return bool(scope["path"].startswith(OPEN_PATHS) or _POSTER.fullmatch(scope["path"]))


def _no_key(key: StoredKey | None) -> JSONResponse:
    detail = (
        "Send an API key as the header X-API-Key or as 'Authorization: Bearer KEY'. `movieloop "
        "keys add NAME` makes one."
        if key is None
        else f"The API key {key.name!r} has expired. `movieloop keys add NAME` makes another."
    )
    return problem(
        HTTPStatus.UNAUTHORIZED,
        "API key needed",
        detail,
        headers={"WWW-Authenticate": "Bearer"},
    )


def _may_not(key: StoredKey, needed: KeyScope) -> JSONResponse:
    return problem(
        HTTPStatus.FORBIDDEN,
        "Not allowed",
        f"The API key {key.name!r} may {key.scope}; this needs one that may {needed}.",
    )


def _not_you(key: StoredKey) -> JSONResponse:
    return problem(
        HTTPStatus.FORBIDDEN,
        "Not allowed",
        f"The API key {key.name!r} belongs to {key.user_id!r} and may not be anybody else.",
    )
