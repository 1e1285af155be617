"""The page: rendered here for the first paint and for browsers without JavaScript.

`app.js` takes over where it runs, and takes what is painted and told here as it is: nothing has to
be asked for before the first tap. Where it does not run, plain forms rate films, and the user's id
travels in a cookie.
"""

import json
import re
import secrets
from collections.abc import Sequence
from html import escape
from http import HTTPStatus
from io import BytesIO
from typing import Annotated, Any
from urllib.parse import parse_qs, quote, unquote

import segno
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from movieloop.api.page import markup
from movieloop.api.page.assets import Assets
from movieloop.api.page.words import words_for
from movieloop.api.posters import POSTER_VERSION, hue_of
from movieloop.errors import InvalidInput, MovieNotFound
from movieloop.importers.media_servers.accounts import doors
from movieloop.importers.media_servers.requests import takes_requests
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.fields import MAX_ID, checked_user_id
from movieloop.schemas.movies import MovieOut
from movieloop.schemas.recommend import Recommendation
from movieloop.store.key_tables import StoredKey

COOKIE = "movieloop_user"
YEAR = 31_536_000  # seconds: how long a cookie is kept
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
_RATINGS = {"1": 1, "0": 0, "seen": None}
_SHOWN, _LISTED, _NEAR = 12, 24, 12
_MOVIE_ID = re.compile(r"[0-9]{1,16}")
_QR_FOREVER = "private, max-age=86400"


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
    """Make the routes of the page besides `/`.

    Args:
        assets: The page's files.

    Returns:
        A router, kept out of the API's documentation.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/film/{movie_id}")
    def film(movie_id: str, request: Request) -> Response:
        known = int(movie_id) if _MOVIE_ID.fullmatch(movie_id) and int(movie_id) <= MAX_ID else 0
        return film_page(request, assets, known)

    @router.get("/you")
    @router.get("/operator")
    def elsewhere(request: Request) -> Response:
        return page(request, assets)

    @router.get("/manifest.webmanifest")
    async def manifest() -> Response:
        return Response(assets.manifest, media_type="application/manifest+json")

    @router.get("/worker.js")
    async def worker() -> Response:
        headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
        return Response(assets.worker, media_type="text/javascript", headers=headers)

    @router.get("/qr.svg")
    def qr(text: Annotated[str, Query(min_length=1, max_length=800)]) -> Response:
        drawn = BytesIO()
        segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=3, light="#fff")
        headers = {"Cache-Control": _QR_FOREVER}
        return Response(drawn.getvalue(), media_type="image/svg+xml", headers=headers)

    @router.post("/page/rate")
    async def rate(request: Request) -> Response:
        sent = await form_of(request)
        movie, rating = sent.get("movie_id", ""), sent.get("rating", "")
        if not _MOVIE_ID.fullmatch(movie) or rating not in _RATINGS:
            raise InvalidInput("rating", "Choose a film and one of like, dislike and seen.")
        user = user_of(request) or f"guest-{secrets.token_hex(4)}"
        loop: MovieLoop = request.app.state.loop
        await run_in_threadpool(
            loop.add_feedback, user, int(movie), _RATINGS[rating], source="list"
        )
        answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        answer.set_cookie(COOKIE, quote(user), max_age=YEAR, samesite="lax")
        return answer

    return router


async def form_of(request: Request) -> dict[str, str]:
    """Read what a form sent.

    Args:
        request: The request.

    Returns:
        The first value of every field that has one.
    """
    sent = parse_qs((await request.body()).decode("utf-8", "replace"))
    return {name: values[0] for name, values in sent.items()}


def user_of(request: Request) -> str | None:
    """Read whose browser this is.

    Args:
        request: The request.

    Returns:
        The user the browser has signed in as, if its key belongs to one; else the user id of the
        cookie; None if there is none, or one nobody can have.
    """
    owner = _owner(request)
    if owner is not None:
        return owner
    try:
        return checked_user_id(unquote(request.cookies.get(COOKIE, "")))
    except InvalidInput:
        return None


def _key(request: Request) -> StoredKey | None:
    key: StoredKey | None = request.scope.get("state", {}).get("key")
    return key


def _owner(request: Request) -> str | None:
    """Name the only user a browser may be, if its key belongs to one."""
    key = _key(request)
    return None if key is None else key.user_id


def page(request: Request, assets: Assets) -> HTMLResponse:
    """Render the page.

    Args:
        request: The request.
        assets: The page's files.

    Returns:
        The page; without films if a key is needed to see them.
    """
    words = words_for(request.headers.get("accept-language", ""))
    if _is_locked(request):
        return locked_page(request, assets)
    loop: MovieLoop = request.app.state.loop
    user = user_of(request)
    films: Sequence[MovieOut | Recommendation]
    starting = user is None or not loop.users.has_spoken(user)
    if user is None or starting:
        films = loop.onboarding(user or "newcomer", n=_SHOWN).movies
        cards = [markup.card(film, words, about=False) for film in films]
        main = markup.list_page(words["start"], words["start_text"], cards, kind="start")
    else:
        films = loop.recommend(user, n=_LISTED).recommendations
        cards = [markup.card(film, words) for film in films[:_SHOWN]]
        main = markup.list_page(words["list"], "", cards, kind="films")
    first = _first(request, loop, user)
    first |= {"starting": starting, "picks" if starting else "films": list(map(_told, films))}
    return _answer(request, assets, main=main, first=first)


def film_page(request: Request, assets: Assets, movie_id: int) -> HTMLResponse:
    """Render a film's own page.

    Args:
        request: The request.
        assets: The page's files.
        movie_id: The film; 0 for what is no number.

    Returns:
        The page, 404 if there is no such film.
    """
    words = words_for(request.headers.get("accept-language", ""))
    if _is_locked(request):
        return locked_page(request, assets)
    loop: MovieLoop = request.app.state.loop
    first = _first(request, loop, user_of(request))
    try:
        told = loop.movies.similar(movie_id, n=_NEAR)
    except MovieNotFound:
        main = f'<main class="film-page"><h1>{words["nothing"]}</h1></main>'
        return _answer(request, assets, main=main, first=first, status=HTTPStatus.NOT_FOUND)
    cards = [markup.card(film, words) for film in told.similar]
    main = markup.film_page(told.movie, cards, words)
    movie = told.movie
    title = f"{movie.title} ({movie.year})" if movie.year else movie.title
    return _answer(request, assets, main=main, first=first, title=f"{title} – movieloop")


def _begin(language: str, first: dict[str, Any] | None) -> list[str]:
    """Name the scripts to begin with: a newcomer's films need few, a list needs all."""
    begin = ["app.js", f"words/{language}.js"]
    return begin if first and first.get("starting") else [*begin, "sections.js"]


def locked_page(request: Request, assets: Assets, *, refused: str | None = None) -> HTMLResponse:
    """Render a page that shows nothing but the forms to sign in.

    Args:
        request: The request.
        assets: The page's files.
        refused: Which words say why what was given opens nothing.

    Returns:
        The page; 401 if something was refused.
    """
    words = words_for(request.headers.get("accept-language", ""))
    main = markup.sign_in(words, doors(request.app.state.loop.store), refused=refused)
    status = HTTPStatus.UNAUTHORIZED if refused else HTTPStatus.OK
    return _answer(request, assets, main=main, first=None, status=status)


def _is_locked(request: Request) -> bool:
    needed = bool(getattr(request.app.state, "require_key", False))
    return needed and _key(request) is None


def _first(request: Request, loop: MovieLoop, user: str | None) -> dict[str, Any]:
    """Tell what the scripts need before they can show anything."""
    key = _key(request)
    return {
        "user": user,
        "owner": _owner(request),
        "signed_in": None if key is None else key.name,
        "requests": takes_requests(loop.store),
        "poster_version": POSTER_VERSION,
        "genres": [
            {"name": genre.name, "movies": genre.movies, "hue": hue_of(genre.name)}
            for genre in loop.map.genres()
        ],
    }


def _told(movie: MovieOut | Recommendation) -> dict[str, Any]:
    told = {
        "movie_id": movie.movie_id,
        "title": movie.title,
        "year": movie.year,
        "genres": list(movie.genres),
    }
    return told | ({"distance": movie.distance} if isinstance(movie, Recommendation) else {})


def _answer(
    request: Request,
    assets: Assets,
    *,
    main: str,
    first: dict[str, Any] | None,
    status: int = HTTPStatus.OK,
    title: str = "movieloop",
) -> HTMLResponse:
    words = words_for(request.headers.get("accept-language", ""))
    html = markup.FRAME.format(
        **{name: words[name] for name in ("language", "about", "find", "no_script")},
        title=escape(title),
        locked="true" if _is_locked(request) else "false",
        style=assets.address("style.css"),
        script=assets.address("app.js"),
        icon=assets.address("icon.svg"),
        modules="\n".join(
            f'<link rel="modulepreload" href="{assets.address(name)}">'
            for name in assets.modules(*_begin(words["language"], first))
        ),
        main=main,
        # "</script>" in a title must not end the data.
        first=json.dumps(first, ensure_ascii=False).replace("<", "\\u003c"),
    )
    headers = {
        "Content-Security-Policy": _POLICY,
        "Cache-Control": "no-store",
        "Vary": "Accept, Accept-Language, Cookie",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(html, status, headers)
