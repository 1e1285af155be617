"""Routes about the service itself."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

import movieloop
from movieloop.api.page.render import page, wants_page
from movieloop.api.parameters import Counters, Loop
from movieloop.api.problems import described
from movieloop.schemas.health import Alive, Health
from movieloop.schemas.models import ModelOut

router = APIRouter(tags=["service"])


_PAGE: dict[int | str, Any] = {
    200: {"description": "JSON; a browser that asks for HTML gets the page.",
          "content": {"text/html": {}}}
}  # fmt: skip


@router.get(
    "/", response_model=Health, operation_id="health", responses=_PAGE | described(401, 503)
)
def health(request: Request, loop: Loop) -> Health | Response:
    """Whether the service is well, and where to go from here."""
    if wants_page(request):
        return page(request, request.app.state.assets)
    return Health(
        message="movieloop is running. GET /recommend/{user_id} recommends, POST /feedback "
        "teaches, /docs lets you try everything.",
        version=movieloop.__version__,
        total_movies=len(loop.live.space().catalog.movies),
    )


@router.get("/model", operation_id="model", responses=described(401, 503))
def model(loop: Loop) -> ModelOut:
    """The live embeddings: which version, where from, how large."""
    return loop.models.live()


@router.get("/livez", operation_id="livez")
def livez() -> Alive:
    """Whether the process lives; it asks nobody else."""
    return Alive()


@router.get("/readyz", operation_id="readyz", responses=described(503))
def readyz(loop: Loop) -> Alive:
    """Whether it can recommend and learn: the database answers, in its place, and has films."""
    loop.store.refuse_moved()
    loop.live.space()
    return Alive()


@router.get(
    "/metrics",
    operation_id="metrics",
    response_class=PlainTextResponse,
    responses=described(401, 503),
)
def metrics(loop: Loop, counters: Counters) -> PlainTextResponse:
    """Numbers for Prometheus: requests and times by route, feedback, users."""
    users, feedback = loop.users.counts()
    return PlainTextResponse(
        counters.text(users=users, feedback=feedback),
        media_type="text/plain; version=0.0.4; charset=utf-8",
    )
