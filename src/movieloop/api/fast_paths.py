"""The short ways for the two requests asked most: "what next?" and "I like this".

Reading parameters, filling models and checking answers costs several times what finding the
nearest films does. A hot route first tries to answer the plain form of its request: the kept
recommendations are sent as they are (`response_cache.py`), others are worked out at once, an
opinion goes straight to the writer. Whatever is not plain, and whatever is wrong, goes the ordinary
way, which is what `/docs` shows.
"""

from asyncio import wrap_future
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import ValidationError

from movieloop.api.metrics import Metrics
from movieloop.api.parameters import LARGEST
from movieloop.errors import MovieLoopError
from movieloop.recommender.filters import NO_FILTERS, Filters
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.feedback import FeedbackIn

DEFAULT_SIZE = 10
LONGEST = 3  # digits of a number that is looked at; larger ones are refused by the ordinary way

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def json_answer(body: bytes) -> Response:
    """Answer with JSON that is written already.

    >>> json_answer(b"{}").headers["content-type"]
    'application/json'

    Args:
        body: The JSON in UTF-8.

    Returns:
        The response.
    """
    return Response(body, media_type="application/json")


async def store_feedback(
    loop: MovieLoop,
    metrics: Metrics,
    feedback: FeedbackIn,
    *,
    n: int | None = None,
    filters: Filters = NO_FILTERS,
    idempotency_key: str | None = None,
) -> Response:
    """Hand an opinion to the writer and answer when it is on disk, whichever way it came.

    Args:
        loop: Stores it and learns.
        metrics: Counts it.
        feedback: The opinion.
        n: Also tell how the top n changed.
        filters: What the person wants to see in it.
        idempotency_key: The caller's own name for the request.

    Returns:
        What changed, as JSON.
    """
    answer = await wrap_future(
        loop.opinions.submit(
            feedback.user_id,
            feedback.movie,
            feedback.rating,
            n=n,
            filters=filters,
            idempotency_key=idempotency_key,
            source=feedback.source,
            blind=feedback.blind,
        )
    )
    metrics.count_feedback(answer.rating)
    return json_answer(answer.model_dump_json().encode())


class PlainRecommendations(APIRoute):
    """A route `GET /recommend/{user_id}` that sends the kept answer, or works a plain one out.

    That takes less than handing it to another thread would, as long as the films are not too many.
    """

    def get_route_handler(self) -> Handler:
        """Put the short way before the ordinary one."""
        ordinary = super().get_route_handler()

        async def handle(request: Request) -> Response:
            size = _size(request.scope["query_string"])
            if size is not None and request.app.state.loop.store.at_hand:
                state, user = request.app.state, request.path_params["user_id"]
                kept = state.answers.get(user, size)
                if kept is None and 1 <= size <= LARGEST:
                    with suppress(MovieLoopError):  # the ordinary way says what is wrong
                        kept = state.answers.recommend(state.loop, user, size, wait=False)
                if kept is not None:
                    return json_answer(kept)
            return await ordinary(request)

        return handle


class PlainFeedback(APIRoute):
    """A route `POST /feedback` that hands a plain opinion straight to the writer."""

    def get_route_handler(self) -> Handler:
        """Put the short way before the ordinary one."""
        ordinary = super().get_route_handler()

        async def handle(request: Request) -> Response:
            headers = request.headers
            if (
                request.scope["query_string"]
                or "idempotency-key" in headers
                or headers.get("content-type") != "application/json"
            ):
                return await ordinary(request)
            try:
                feedback = FeedbackIn.model_validate_json(await request.body())
            except ValidationError:
                return await ordinary(request)  # says what is wrong; the body is kept
            state = request.app.state
            return await store_feedback(state.loop, state.metrics, feedback)

        return handle


def _size(query: bytes) -> int | None:
    """Read how many movies are asked for; None if anything else is asked too."""
    if not query:
        return DEFAULT_SIZE
    number = query[2:] if query.startswith(b"n=") else b""
    return int(number) if number.isdigit() and len(number) <= LONGEST else None
