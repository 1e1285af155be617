"""Puts the application together: routes, problems, guards, documentation."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.openapi.utils import get_openapi
from starlette.concurrency import run_in_threadpool

import movieloop
from movieloop.api.docs import install_docs
from movieloop.api.hosts import KnownHost, OwnHosts, SameOrigin, TrustedProxy
from movieloop.api.import_runs import RunningImports
from movieloop.api.metrics import CountRequests, Metrics
from movieloop.api.middleware import BodyLimit, HeadAsGet, InFlight, NoSniff, WholeNames
from movieloop.api.page.assets import Assets, assets_router
from movieloop.api.page.render import page_router
from movieloop.api.page.sign_in import sign_in_router
from movieloop.api.permissions import ApiKey, OwnUser
from movieloop.api.problems import install_problem_handlers
from movieloop.api.request_log import NumberRequests
from movieloop.api.response_cache import ResponseCache
from movieloop.api.routes import (
    backup,
    events,
    feedback,
    gorse,
    health,
    hooks,
    imports,
    models,
    movies,
    people,
    player,
    recommend,
    users,
    watchlist,
)  # fmt: skip
from movieloop.api.routes import map as places
from movieloop.importers.hooks import learn_waiting
from movieloop.importers.media_servers.player import PlayerTokens
from movieloop.importers.media_servers.which_jellyfin import WhichJellyfin
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.problems import Problem
from movieloop.store.api_keys import note_use, stored_keys

PACKED_FROM = (
    8_000  # bytes: what is asked most is smaller, and packing would cost more than it saves
)
ABOUT = """
Your taste is a point in a space of movies; feedback moves the point; the nearest movies are
your next films.

1. `GET /recommend/ada` recommends; nobody has to sign up.
2. `POST /feedback` with `{"user_id": "ada", "movie_name": "The Matrix", "rating": 1}` teaches:
   1 like, 0 dislike, null seen.
3. `GET /recommend/ada` is better now, and `GET /user/ada/profile` shows why.

Every failing path answers `application/problem+json` with what happened and what to do next.
"""


def create_app(
    open_loop: Callable[[], MovieLoop],
    *,
    title: str = "movieloop",
    about: str = ABOUT,
    require_key: bool = False,
    allowed_hosts: Iterable[str] = (),
    trusted_proxies: Iterable[str] = (),
) -> FastAPI:
    """Make the HTTP application.

    >>> from fastapi.testclient import TestClient
    >>> with TestClient(create_app(lambda: MovieLoop.open(":memory:"))) as client:
    ...     like = {"user_id": "ada", "movie_name": "Alien (1979)", "rating": 1}
    ...     client.post("/feedback", json=like).json()["retrained"]
    True

    Args:
        open_loop: Opens the loop when the server starts; it is closed when the server stops.
        title: The name shown in the documentation.
        about: The introduction shown there, in Markdown.
        require_key: Whether every request needs an API key known to the database.
        allowed_hosts: By which names it may be asked besides those of this machine.
        trusted_proxies: Addresses or networks of proxies whose forwarded headers count.

    Returns:
        The application, nothing opened yet.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_loop() as loop:
            app.state.loop = loop
            app.state.answers = ResponseCache(loop.store.watch())
            app.state.imports = RunningImports(loop.store)
            loop.live.warm_up()
            # What is there now stays: the collector need not look through it again and again.
            gc.collect()
            gc.freeze()
            # What media servers told before the last stop.
            learning = asyncio.create_task(run_in_threadpool(learn_waiting, loop))
            yield
            await asyncio.gather(learning, return_exceptions=True)
            await app.state.imports.close()

    app = FastAPI(
        title=title,
        version=movieloop.__version__,
        description=about,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.metrics = Metrics()
    app.state.player_tokens = PlayerTokens()
    app.state.which_jellyfin = WhichJellyfin()
    app.state.require_key = require_key
    app.state.assets = Assets()
    # The order matters: routes are tried one after the other, so the hot ones come first.
    for noun in (
        recommend,
        feedback,
        users,
        watchlist,
        people,
        places,
        imports,
        movies,
        models,
        backup,
        events,
        hooks,
        player,
        gorse,
        health,
    ):
        app.include_router(noun.router)
    app.include_router(page_router(app.state.assets))
    app.include_router(sign_in_router(app.state.assets))
    app.include_router(assets_router(app.state.assets))
    install_docs(app)
    install_problem_handlers(app)
    own = OwnHosts(allowed_hosts)
    # Wrapped inside out: who asks is settled, the path is read, HEAD becomes GET, the request is
    # counted, refused where there are too many, its host is checked, then its key, its origin and
    # its body; what is large is packed.
    app.add_middleware(GZipMiddleware, minimum_size=PACKED_FROM, compresslevel=6)
    if require_key:
        app.add_middleware(OwnUser)
    app.add_middleware(BodyLimit)
    app.add_middleware(SameOrigin, own=own)
    if require_key:
        app.add_middleware(
            ApiKey,
            known=lambda: stored_keys(app.state.loop.store),
            used=lambda key_hash: note_use(app.state.loop.store, key_hash),
        )
    app.add_middleware(KnownHost, own=own)
    app.add_middleware(InFlight)
    app.add_middleware(CountRequests, metrics=app.state.metrics)
    app.add_middleware(HeadAsGet)
    app.add_middleware(NoSniff)
    app.add_middleware(NumberRequests)
    app.add_middleware(WholeNames)
    app.add_middleware(TrustedProxy, trusted=tuple(trusted_proxies))
    _describe(app, require_key=require_key)
    return app


def _describe(app: FastAPI, *, require_key: bool) -> None:
    """Make the OpenAPI document complete: the shape of problems, and the key if one is asked."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
            )
            schemas = schema.setdefault("components", {}).setdefault("schemas", {})
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(problem.pop("$defs", {}))
            schemas["Problem"] = problem
            if require_key:
                schema["components"]["securitySchemes"] = {
                    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}
                }
                schema["security"] = [{"key": []}]
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
