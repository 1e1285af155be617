"""Routes about one user: the profile, what it was learned from, and the way out."""

from typing import Any

from fastapi import APIRouter, Response

from movieloop.api.parameters import Loop, MovieNumber, User
from movieloop.api.problems import described
from movieloop.schemas.arithmetic import ArithmeticOut
from movieloop.schemas.explain import Explanation
from movieloop.schemas.progress import ProgressOut
from movieloop.schemas.users import ExportOut, Forgotten, HistoryOut, ProfileOut

router = APIRouter(prefix="/user", tags=["user"])
FAILS = described(401, 422, 503)
_LATER: dict[int | str, dict[str, Any]] = {
    202: {"model": Forgotten, "description": "Deleted; the last traces on the disk are wiped soon."}
}


@router.get("/{user_id:user}/profile", operation_id="profile", responses=FAILS)
def profile(user_id: User, loop: Loop) -> ProfileOut:
    """Where a user stands, memory by memory, and how much feedback waits for learning."""
    return loop.users.profile(user_id)


@router.get("/{user_id:user}/feedback", operation_id="history", responses=FAILS)
def history(user_id: User, loop: Loop) -> HistoryOut:
    """What a user has said and not taken back, oldest first."""
    return loop.users.history(user_id)


@router.get("/{user_id:user}/progress", operation_id="progress", responses=FAILS)
def progress(user_id: User, loop: Loop) -> ProgressOut:
    """The learning curve: where each liked film had been ranked before it was liked."""
    return loop.users.progress(user_id)


@router.get("/{user_id:user}/export", operation_id="export", responses=FAILS)
def export(user_id: User, loop: Loop) -> ExportOut:
    """Everything we hold about a user."""
    return loop.users.export(user_id)


@router.get(
    "/{user_id:user}/why/{movie_id}",
    operation_id="why",
    responses=described(401, 404, 422, 503),
)
def why(user_id: User, movie_id: MovieNumber, loop: Loop) -> Explanation:
    """Why a movie stands where it stands: an exact account.

    `contributions` sum to the distance. `ratings` tells for each of the user's ratings where
    the movie would stand without it, found by replaying the history.
    """
    return loop.explain(user_id, movie_id)


@router.get(
    "/{user_id:user}/arithmetic/{movie_id}",
    operation_id="arithmetic",
    responses=described(401, 404, 422, 503),
)
def arithmetic(user_id: User, movie_id: MovieNumber, loop: Loop) -> ArithmeticOut:
    """The numbers behind a movie's distance and the last step of learning, unrounded."""
    return loop.arithmetic(user_id, movie_id)


@router.delete("/{user_id:user}", operation_id="forget", responses={**_LATER, **FAILS})
def forget(user_id: User, loop: Loop, response: Response) -> Forgotten:
    """Forget a user: feedback and profile are deleted, also from the disk."""
    answer = loop.forget(user_id)
    if not answer.wiped:
        response.status_code = 202
    return answer
