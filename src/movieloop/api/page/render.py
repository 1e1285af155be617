"""The page: rendered here for the first paint and for browsers without JavaScript.

`app.js` takes over where it runs. Where it does not, plain forms rate films, and the user's id
travels in a cookie.
"""

import re
import secrets
from collections.abc import Sequence
from html import escape
from http import HTTPStatus
from urllib.parse import parse_qs, quote, unquote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from movieloop.api.page.assets import Assets
from movieloop.api.posters import POSTER_VERSION
from movieloop.errors import InvalidInput
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.fields import checked_user_id
from movieloop.schemas.movies import MovieOut
from movieloop.schemas.recommend import Recommendation

COOKIE = "movieloop_user"
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
_RATINGS = {"1": 1, "0": 0, "seen": None}
_SHOWN = 12
_MOVIE_ID = re.compile(r"[0-9]{1,16}")


def wants_page(request: Request) -> bool:
    """Tell a browser from a program: browsers ask for HTML, and first.

    Args:
        request: The request.

    Returns:
        Whether HTML is what it would rather have.
    """
    wanted = [kind.partition(";")[0].strip() for kind in _accepted(request).split(",")]
    if "text/html" not in wanted:
        return False
    return "application/json" not in wanted[: wanted.index("text/html")]


def _accepted(request: Request) -> str:
    return str(request.headers.get("accept", ""))


def page_router(assets: Assets) -> APIRouter:
    """Make the routes for browsers without JavaScript.

    Args:
        assets: The page's files.

    Returns:
        A router, kept out of the API's documentation.
    """
    router = APIRouter(include_in_schema=False)

    @router.post("/page/rate")
    async def rate(request: Request) -> Response:
        sent = parse_qs((await request.body()).decode("utf-8", "replace"))
        movie, rating = sent.get("movie_id", [""])[0], sent.get("rating", [""])[0]
        if not _MOVIE_ID.fullmatch(movie) or rating not in _RATINGS:
            raise InvalidInput("rating", "Choose a film and one of like, dislike and seen.")
        user = user_of(request) or f"guest-{secrets.token_hex(4)}"
        loop: MovieLoop = request.app.state.loop
        await run_in_threadpool(loop.add_feedback, user, int(movie), _RATINGS[rating])
        answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        answer.set_cookie(COOKIE, quote(user), max_age=31_536_000, samesite="lax")
        return answer

    return router


def user_of(request: Request) -> str | None:
    """Read whose browser this is.

    Args:
        request: The request.

    Returns:
        The user id of the cookie; None if there is none, or one nobody can have.
    """
    try:
        return checked_user_id(unquote(request.cookies.get(COOKIE, "")))
    except InvalidInput:
        return None


def page(request: Request, assets: Assets) -> HTMLResponse:
    """Render the page.

    Args:
        request: The request.
        assets: The page's files.

    Returns:
        The page; without films if a key is needed to see them.
    """
    locked = bool(getattr(request.app.state, "require_key", False))
    user = user_of(request)
    films, newcomer = ("", True) if locked else _films(request.app.state.loop, user)
    html = _PAGE.format(
        style=assets.address("style.css"),
        script=assets.address("app.js"),
        icon=assets.address("icon.svg"),
        locked="true" if locked else "false",
        headline="Tap a few films you love." if newcomer else "Your next films",
        films=films,
    )
    headers = {
        "Content-Security-Policy": _POLICY,
        "Cache-Control": "no-store",
        "Vary": "Accept, Cookie",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(html, headers=headers)


def _films(loop: MovieLoop, user: str | None) -> tuple[str, bool]:
    """Render what a newcomer is asked about, or what somebody known is recommended."""
    known = user is not None and loop.users.profile(user).feedback_count > 0
    shown: Sequence[MovieOut | Recommendation]
    if user is not None and known:
        shown = loop.recommend(user, n=_SHOWN).recommendations
    else:
        shown = loop.onboarding(user or "newcomer", n=_SHOWN).movies
    return "".join(map(_card, shown)), not known


def _card(movie: MovieOut | Recommendation) -> str:
    name = escape(f"{movie.title} ({movie.year})" if movie.year else movie.title)
    buttons = "".join(
        f'<button name="rating" value="{value}">{label}</button>'
        for value, label in (("1", "Like"), ("seen", "Seen"), ("0", "Dislike"))
    )
    return (
        f'<li class="card"><img class="poster" width="200" height="300" alt="{name}" '
        f'src="/movies/{movie.movie_id}/poster.svg?v={POSTER_VERSION}">'
        f'<form method="post" action="/page/rate" class="rate">'
        f'<input type="hidden" name="movie_id" value="{movie.movie_id}">{buttons}</form></li>'
    )


_PAGE = """<!doctype html>
<html lang="en" data-locked="{locked}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>movieloop</title>
<meta name="description" content="Films you will love, from a list that learns from every tap.">
<link rel="icon" href="{icon}" type="image/svg+xml">
<link rel="stylesheet" href="{style}">
<script type="module" src="{script}"></script>
</head>
<body>
<div id="app">
<header class="top"><a class="brand" href="/">movie<i>loop</i></a></header>
<main class="plain">
<h1>{headline}</h1>
<ul class="grid">{films}</ul>
</main>
</div>
<noscript><p class="noscript">This page works without JavaScript; with it you see your taste move.
</p></noscript>
</body>
</html>
"""
