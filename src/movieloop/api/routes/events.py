"""The route by which other programs follow the log."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from movieloop.api.parameters import Loop
from movieloop.api.problems import described
from movieloop.recommender.stored import moment
from movieloop.schemas.events import EventOut
from movieloop.schemas.fields import MAX_ID

MEDIA = "application/x-ndjson"
ERASURES = "Movieloop-Erasures"
MOST = 10_000  # rows of an answer
router = APIRouter(tags=["service"])


@router.get(
    "/events",
    operation_id="events",
    response_class=Response,
    responses={
        200: {
            "description": "One JSON object a line: `feedback_id`, `user_id`, `movie_id`, "
            "`rating`, `retracts` (which row it takes back), `created_at`, `source`.",
            "content": {MEDIA: {"schema": {"type": "string"}}},
            "headers": {
                ERASURES: {
                    "description": "How often somebody was forgotten: when it grows, delete those "
                    "whom `GET /user/{user_id}/export` does not know any more.",
                    "schema": {"type": "integer"},
                }
            },
        },
        **described(401, 403, 422, 503),
    },
)
def events(
    loop: Loop,
    after: Annotated[
        int, Query(ge=0, le=MAX_ID, description="The last `feedback_id` you have.")
    ] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many rows at most.")] = 1000,
) -> Response:
    """Everybody's opinions in the order they were stored, to be followed by a cursor.

    Ask with `after` = the `feedback_id` of the last line you have stored. Nothing is ever missed:
    a row that is stored later has a larger number. No line means: nothing new.
    """
    with loop.store.read() as session:
        rows, erasures = session.events(after, limit), session.erasures()
    lines = [
        EventOut(**row._asdict() | {"created_at": moment(row.created_at)}).model_dump_json()
        for row in rows
    ]
    return Response(
        "".join(f"{line}\n" for line in lines), media_type=MEDIA, headers={ERASURES: str(erasures)}
    )
