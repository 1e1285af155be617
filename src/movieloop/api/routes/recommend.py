"""Routes that answer "what shall I watch?"."""

from typing import Annotated

from fastapi import APIRouter, Body, Query, Response

from movieloop.api.fast_paths import PlainRecommendations, json_answer
from movieloop.api.parameters import Answers, FilterQuery, ListSize, Loop, User
from movieloop.api.problems import described
from movieloop.recommender.filters import NO_FILTERS
from movieloop.schemas.group import GroupIn, GroupOut
from movieloop.schemas.recommend import BlindOut, OnboardingOut, Recommendations
from movieloop.schemas.rows import RowsOut
from movieloop.schemas.session import SessionIn, SessionOut

router = APIRouter(tags=["recommend"])
_TRY = Body(
    openapi_examples={
        "Two opinions": {
            "summary": "Two opinions",
            "value": {
                "opinions": [
                    {"movie_name": "The Matrix", "rating": 1},
                    {"movie_name": "Titanic (1997)", "rating": 0},
                ],
                "n": 5,
            },
        }
    }
)

_TOGETHER = Body(
    openapi_examples={
        "Tonight": {"summary": "Tonight", "value": {"users": ["ada", "bob"], "n": 3}},
    }
)


def recommend(
    user_id: User,
    loop: Loop,
    answers: Answers,
    filters: FilterQuery,
    n: ListSize = 10,
    explain: Annotated[
        bool, Query(description="Name the ratings behind each recommendation.")
    ] = False,
    watchlist: Annotated[bool, Query(description="Only films on the user's watchlist.")] = False,
) -> Response:
    """The nearest unseen movies to a user's profile, nearest first.

    Somebody nobody has heard of is a newcomer: the answer is what newcomers get, and nothing
    is stored. When nothing unseen is left, rated movies come back, marked `already_rated`.
    """
    if filters == NO_FILTERS and not explain and not watchlist:
        plain = answers.recommend(loop, user_id, n)
        if plain is not None:
            return json_answer(plain)
    answer = loop.recommend(
        user_id, n=n, filters=filters, explain=explain, from_watchlist=watchlist
    )
    return json_answer(answer.model_dump_json().encode())


router.add_api_route(
    "/recommend/{user_id:user}",
    recommend,
    response_model=Recommendations,
    operation_id="recommend",
    responses=described(401, 422, 503),
    route_class_override=PlainRecommendations,
)


@router.get("/user/{user_id:user}/rows", operation_id="rows", responses=described(401, 422, 503))
def rows(user_id: User, loop: Loop, filters: FilterQuery, n: ListSize = 10) -> RowsOut:
    """Rows beside the list: near each of a user's tastes, less known, recent, from a country."""
    return loop.rows(user_id, n=n, filters=filters)


@router.get("/user/{user_id:user}/blind", operation_id="blind", responses=described(401, 422, 503))
def blind(user_id: User, loop: Loop) -> BlindOut:
    """A list for a blind comparison: the nearest films and a rival's, mixed, untold which is whose.

    Send `as_of` as `blind` with the rating of one of these films; `GET /user/{user_id}/progress`
    tells who is ahead. Something rated since makes it another list.
    """
    return loop.blind(user_id)


@router.get(
    "/onboarding/{user_id:user}", operation_id="onboarding", responses=described(401, 422, 503)
)
def onboarding(user_id: User, loop: Loop, n: ListSize = 12) -> OnboardingOut:
    """Films worth asking a person about: well known, not rated yet, and dividing tastes."""
    return loop.onboarding(user_id, n=n)


@router.post(
    "/session/recommend",
    operation_id="recommend_session",
    responses=described(400, 401, 404, 413, 415, 422, 503),
)
def recommend_session(
    session: Annotated[SessionIn, _TRY], loop: Loop, filters: FilterQuery
) -> SessionOut:
    """Recommend without an account: opinions in, films out, nothing stored."""
    given = [(opinion.movie, opinion.rating) for opinion in session.opinions]
    answer = loop.recommend_session(given, n=session.n, filters=filters)
    picture = loop.map.picture(given) if session.picture else None
    return SessionOut(**dict(answer), picture=picture)


@router.post(
    "/group/recommend",
    operation_id="recommend_group",
    responses=described(400, 401, 413, 415, 422, 503),
)
def recommend_group(
    group: Annotated[GroupIn, _TOGETHER], loop: Loop, filters: FilterQuery
) -> GroupOut:
    """Films for several people: each picks in turn, and each film has everybody's account.

    Nothing is stored. The first film is the one to watch together.
    """
    return loop.recommend_group(
        group.users,
        n=group.n,
        veto=group.veto,
        seen_by=group.seen_by,
        fairness=group.fairness,
        filters=filters,
    )
