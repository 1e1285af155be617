"""Signing in to the page: with a key, or with an account of a connected media server.

The browser keeps the key in a cookie. No script can read it (`HttpOnly`) and no other page's forms
carry it (`SameSite`), so one key for each person of a house (`movieloop keys add NAME --user USER`)
makes the page theirs alone. Whoever signs in with an account gets such a key without seeing it.
"""

import time
from collections import deque
from collections.abc import Callable
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from movieloop.api.page.assets import Assets
from movieloop.api.page.render import YEAR, form_of, locked_page
from movieloop.api.permissions import KEY_COOKIE
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.media_servers import accounts, plex_accounts
from movieloop.recommender.loop import MovieLoop
from movieloop.store.api_keys import expired, find_key, stored_keys
from movieloop.store.connection import now_ms

_BEGUN, _BEGUN_FOR = "movieloop_plex", 900  # the cookie of a sign-in at Plex; seconds
_ATTEMPTS, _WINDOW = 10, 60.0  # in so many seconds, then everybody waits


class Attempts:
    """Counts attempts, so that nobody tries all passwords, or floods plex.tv, through this door."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know of none.

        Args:
            clock: Seconds of a clock that nobody sets.
        """
        self._clock = clock
        self._at: deque[float] = deque(maxlen=_ATTEMPTS)

    def too_many(self) -> bool:
        """Tell whether no more are passed on now.

        Returns:
            Whether there were ten within a minute.
        """
        full = len(self._at) == _ATTEMPTS
        return full and self._clock() - self._at[0] < _WINDOW

    def note(self) -> None:
        """Count one."""
        self._at.append(self._clock())


def sign_in_router(assets: Assets) -> APIRouter:
    """Make the routes of the forms; programs send their key as a header.

    Args:
        assets: The page's files.

    Returns:
        A router, kept out of the API's documentation.
    """
    router = APIRouter(include_in_schema=False)
    guesses, journeys = Attempts(), Attempts()  # wrong passwords, and ways to plex.tv

    @router.post("/page/sign-in")
    async def sign_in(request: Request) -> Response:
        form = await form_of(request)
        return await run_in_threadpool(_signed_in, request, assets, form, guesses)

    @router.get("/page/plex")
    def to_plex(request: Request, connection: str = "") -> Response:
        if journeys.too_many():
            return locked_page(request, assets, refused="account_wait")
        journeys.note()
        back = str(request.url.replace(path="/page/plex/back", query=""))
        try:
            state, address = plex_accounts.begin(request.app.state.loop, connection, back)
        except (InvalidInput, ServiceError):
            return locked_page(request, assets, refused="account_down")
        answer = RedirectResponse(address, HTTPStatus.SEE_OTHER)
        begun = {"max_age": _BEGUN_FOR, "path": "/page/plex", "httponly": True, "samesite": "lax"}
        answer.set_cookie(_BEGUN, state, **begun)  # type: ignore[arg-type]
        return answer

    @router.get("/page/plex/back")
    def from_plex(request: Request) -> Response:
        try:
            key = plex_accounts.finish(request.app.state.loop, request.cookies.get(_BEGUN, ""))
        except (InvalidInput, ServiceError):
            return locked_page(request, assets, refused="account_down")
        if key is None:
            return locked_page(request, assets, refused="plex_refused")
        answer = _opened(request, assets, key, refused="plex_refused")
        answer.delete_cookie(_BEGUN, path="/page/plex")
        return answer

    @router.post("/page/sign-out")
    def sign_out(request: Request) -> Response:
        key = request.scope.get("state", {}).get("key")
        if key is not None and key.name.startswith(accounts.SIGNED_IN):  # nobody else has it
            request.app.state.loop.store.write(lambda session: session.revoke_key(key.name))
        answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        answer.delete_cookie(KEY_COOKIE, httponly=True, samesite="lax")
        return answer

    return router


def _signed_in(
    request: Request, assets: Assets, form: dict[str, str], guesses: Attempts
) -> Response:
    loop: MovieLoop = request.app.state.loop
    given: str | None = form.get("key", "").strip()
    if form.get("connection"):
        if guesses.too_many():
            return locked_page(request, assets, refused="account_wait")
        try:
            given = accounts.sign_in(
                loop, form["connection"], form.get("name", ""), form.get("password", "")
            )
        except (InvalidInput, ServiceError):
            return locked_page(request, assets, refused="account_down")
        if given is None:
            guesses.note()
            return locked_page(request, assets, refused="account_refused")
    return _opened(request, assets, given or "", refused="key_refused")


def _opened(request: Request, assets: Assets, given: str, *, refused: str) -> Response:
    """Open the page with a key, and keep it in the browser."""
    key = find_key(stored_keys(request.app.state.loop.store), [given])
    if key is None or expired(key):
        return locked_page(request, assets, refused=refused)
    answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    left = YEAR if key.expires_at is None else (key.expires_at - now_ms()) // 1000
    answer.set_cookie(
        KEY_COOKIE,
        given,
        max_age=min(left, YEAR),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer
