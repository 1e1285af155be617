"""Signing in to the page: whoever runs the server gives a key, the browser keeps it in a cookie.

No script can read that cookie (`HttpOnly`) and no other page's forms carry it (`SameSite`), so one
key for each person of a house (`movieloop keys add NAME --user USER`) makes the page theirs alone.
"""

from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from movieloop.api.page.assets import Assets
from movieloop.api.page.render import YEAR, form_of, locked_page
from movieloop.api.permissions import KEY_COOKIE
from movieloop.store.api_keys import expired, find_key, stored_keys
from movieloop.store.connection import now_ms


def sign_in_router(assets: Assets) -> APIRouter:
    """Make the two routes; they are forms' targets, programs send their key as a header.

    Args:
        assets: The page's files.

    Returns:
        A router, kept out of the API's documentation.
    """
    router = APIRouter(include_in_schema=False)

    @router.post("/page/sign-in")
    async def sign_in(request: Request) -> Response:
        given = (await form_of(request)).get("key", "").strip()
        key = find_key(stored_keys(request.app.state.loop.store), [given])
        if key is None or expired(key):
            return locked_page(request, assets, refused=True)
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

    @router.post("/page/sign-out")
    async def sign_out() -> Response:
        answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        answer.delete_cookie(KEY_COOKIE, httponly=True, samesite="lax")
        return answer

    return router
