"""Routes that take opinions, show what one would change, and take them back."""

from typing import Annotated

from fastapi import APIRouter, Body, Header, Path, Query, Response

from movieloop.api.fast_paths import PlainFeedback, store_feedback
from movieloop.api.parameters import Counters, FilterQuery, Loop, User
from movieloop.api.problems import described
from movieloop.schemas.feedback import FeedbackIn, FeedbackOut, PreviewIn, PreviewOut
from movieloop.schemas.fields import MAX_ID, UserId

router = APIRouter(tags=["feedback"])
FeedbackNumber = Annotated[int, Path(ge=1, le=MAX_ID, description="The number to take back.")]
_TRY = Body(
    openapi_examples={
        summary: {
            "summary": summary,
            "value": {"user_id": "ada", "movie_name": movie_name, "rating": rating},
        }
        for summary, movie_name, rating in (
            ("Like a film", "The Matrix", 1),
            ("Dislike one", "Titanic (1997)", 0),
            ("Tick one off as seen", "The Notebook", None),
        )
    }
)


async def add_feedback(
    feedback: Annotated[FeedbackIn, _TRY],
    loop: Loop,
    counters: Counters,
    filters: FilterQuery,
    n: Annotated[
        int | None, Query(ge=1, le=100, description="Also tell how the top n changed.")
    ] = None,
    idempotency_key: Annotated[
        str | None,
        Header(
            max_length=128,
            pattern=r"^[!-~]+$",
            description="Your own name for this request: sent twice, it counts once.",
        ),
    ] = None,
) -> Response:
    """Like, dislike or tick off a movie; the profile learns in the same moment.

    When the answer arrives the feedback is on disk. `retrained` tells whether the profile has
    moved, `unprocessed_feedback_count` how much feedback still waits for its batch. The filters
    are those of `GET /recommend/{user_id}`: they choose what the top n of `?n=` shows.
    """
    return await store_feedback(
        loop, counters, feedback, n=n, filters=filters, idempotency_key=idempotency_key
    )


router.add_api_route(
    "/feedback",
    add_feedback,
    methods=["POST"],
    response_model=FeedbackOut,
    operation_id="add_feedback",
    responses=described(400, 401, 404, 409, 413, 415, 422, 503),
    route_class_override=PlainFeedback,
)


@router.delete(
    "/user/{user_id:user}/feedback/{feedback_id}",
    operation_id="undo_feedback",
    responses=described(401, 404, 422, 503),
)
def undo_feedback(user_id: User, feedback_id: FeedbackNumber, loop: Loop) -> FeedbackOut:
    """Take a user's feedback back: the profile is as if it had never been given."""
    return loop.undo(feedback_id, user_id=user_id)


@router.delete(
    "/feedback/{feedback_id}",
    operation_id="undo_feedback_of",
    deprecated=True,
    responses=described(401, 404, 422, 503),
)
def undo_feedback_of(
    feedback_id: FeedbackNumber,
    user_id: Annotated[UserId, Query(description="Whose feedback it is.")],
    loop: Loop,
) -> FeedbackOut:
    """The older path of `DELETE /user/{user_id}/feedback/{feedback_id}`."""
    return loop.undo(feedback_id, user_id=user_id)


@router.post(
    "/preview", operation_id="preview", responses=described(400, 401, 404, 413, 415, 422, 503)
)
def preview(opinion: Annotated[PreviewIn, _TRY], loop: Loop, filters: FilterQuery) -> PreviewOut:
    """What would this feedback change? The same answer as feedback gives; nothing is stored."""
    return loop.preview(
        opinion.user_id, opinion.movie, opinion.rating, n=opinion.n, filters=filters
    )
