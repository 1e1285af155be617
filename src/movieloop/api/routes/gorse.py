"""Gorse's routes, for apps that were written for it: another address, the same client.

    client = gorse.Gorse("http://films.home:8000/gorse", "ml_...")

What an item is, which types of feedback say something and what differs: docs/clients.md.
"""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Body, Header, Path, Query

from movieloop.api.parameters import Loop, User
from movieloop.api.problems import described
from movieloop.errors import InvalidInput
from movieloop.importers.gorse import (
    add_items,
    item_named,
    item_of,
    rating_of,
    take,
    take_back,
    type_of,
)
from movieloop.recommender.filters import Filters
from movieloop.recommender.loop import MovieLoop
from movieloop.recommender.stored import moment
from movieloop.schemas.fields import MAX_ID
from movieloop.schemas.gorse import (
    MOST_ROWS,
    GorseFeedback,
    GorseFeedbackIn,
    GorseFeedbackPage,
    GorseItem,
    GorseItemIn,
    GorseItemPage,
    GorseOpinionIn,
    GorseUser,
    GorseUserIn,
    GorseUserPage,
    ItemId,
    RowAffected,
    Score,
)
from movieloop.schemas.recommend import Recommendation

router = APIRouter(prefix="/gorse/api", tags=["gorse"])
Item = Annotated[ItemId, Path()]
Size = Annotated[int, Query(ge=1, le=1000, description="How many.")]
Offset = Annotated[int, Query(ge=0, le=1000, description="How many to skip.")]
Cursor = Annotated[str, Query(max_length=150, description="The cursor of the page before.")]
Version = Annotated[str, Header(max_length=10, description="2: with scores.")]
Kind = Annotated[str, Path(max_length=40, description="The type of feedback.")]
_SCORES = "2"  # the version of the API in which recommendations have scores
_CHANGES = described(400, 401, 404, 413, 415, 422, 503)
_READS = described(401, 404, 422, 503)


@router.post("/feedback", operation_id="gorse_insert_feedback", responses=_CHANGES)
def gorse_insert_feedback(
    feedback: Annotated[list[GorseFeedbackIn], Body(max_length=MOST_ROWS)], loop: Loop
) -> RowAffected:
    """Store what people did: all of it, or nothing if something is wrong with one row.

    The same feedback again changes nothing; the profiles have learned when they are next asked for.
    """
    return RowAffected(row_affected=take(loop, feedback))


@router.put("/feedback", operation_id="gorse_put_feedback", responses=_CHANGES)
def gorse_put_feedback(
    feedback: Annotated[list[GorseFeedbackIn], Body(max_length=MOST_ROWS)], loop: Loop
) -> RowAffected:
    """As `POST`: the later opinion on a film counts, whichever way it was sent."""
    return RowAffected(row_affected=take(loop, feedback))


@router.get("/feedback", operation_id="gorse_get_feedback", responses=_READS)
def gorse_get_feedback(loop: Loop, n: Size = 10, cursor: Cursor = "") -> GorseFeedbackPage:
    """Everybody's feedback in the order it was stored; what was taken back is left out."""
    with loop.store.read() as session:
        rows = session.events(_number(cursor), n)
        gone = {row.feedback_id for row in rows if session.is_undone(row.feedback_id)}
    told = [
        _feedback(row.user_id, row.movie_id, row.rating, moment(row.created_at).isoformat())
        for row in rows
        if row.retracts is None and row.feedback_id not in gone
    ]
    end = str(rows[-1].feedback_id) if len(rows) == n else ""
    return GorseFeedbackPage(cursor=end, feedback=told)


@router.delete(
    "/feedback/{user_id:user}/{item_id:user}",
    operation_id="gorse_delete_feedback",
    responses=_READS,
)
def gorse_delete_feedback(user_id: User, item_id: Item, loop: Loop) -> RowAffected:
    """Take back everything somebody said of a film; the profile is as if it had never been."""
    return RowAffected(row_affected=take_back(loop, user_id, item_id))


@router.get("/user/{user_id:user}/feedback", operation_id="gorse_user_feedback", responses=_READS)
def gorse_user_feedback(user_id: User, loop: Loop) -> list[GorseFeedback]:
    """What somebody did, oldest first."""
    return _history(loop, user_id)


@router.get(
    "/user/{user_id:user}/feedback/{feedback_type}",
    operation_id="gorse_user_feedback_of_type",
    responses=_READS,
)
def gorse_user_feedback_of_type(
    user_id: User, feedback_type: Kind, loop: Loop
) -> list[GorseFeedback]:
    """What somebody liked, disliked or has seen, oldest first, under the word that was asked."""
    wanted = type_of(rating_of(feedback_type))
    return [
        said.model_copy(update={"feedback_type": feedback_type})
        for said in _history(loop, user_id)
        if said.feedback_type == wanted
    ]


@router.get(
    "/recommend/{user_id:user}",
    operation_id="gorse_recommend",
    response_model=list[Score | str],
    responses=_READS,
)
def gorse_recommend(
    user_id: User, loop: Loop, n: Size = 10, offset: Offset = 0, x_api_version: Version = ""
) -> Sequence[Score | str]:
    """The nearest unseen films, nearest first: their ids, or with `X-API-Version: 2` their scores.

    `write-back-type` is passed over: being shown a film is not having seen it.
    """
    return _recommended(loop, user_id, None, n=n, offset=offset, version=x_api_version)


@router.get(
    "/recommend/{user_id:user}/{category:user}",
    operation_id="gorse_recommend_in",
    response_model=list[Score | str],
    responses=_READS,
)
def gorse_recommend_in(
    user_id: User,
    category: Annotated[str, Path(max_length=50, description="A genre, or nothing.")],
    loop: Loop,
    n: Size = 10,
    offset: Offset = 0,
    x_api_version: Version = "",
) -> Sequence[Score | str]:
    """The nearest unseen films of a genre, as `GET /gorse/api/recommend/{user_id}`."""
    return _recommended(loop, user_id, category, n=n, offset=offset, version=x_api_version)


@router.post("/session/recommend", operation_id="gorse_session_recommend", responses=_CHANGES)
def gorse_session_recommend(
    feedback: Annotated[list[GorseOpinionIn], Body(max_length=100)], loop: Loop, n: Size = 10
) -> list[Score]:
    """Recommend to a visitor without an account; nothing is stored."""
    catalog = loop.live.space().catalog
    said = [
        (item_named(catalog, one.item_id).movie_id, rating_of(one.feedback_type))
        for one in feedback
    ]
    return _scores(loop.recommend_session(said, n=n).recommendations)


@router.get("/item/{item_id:user}/neighbors", operation_id="gorse_neighbors", responses=_READS)
def gorse_neighbors(item_id: Item, loop: Loop, n: Size = 10, offset: Offset = 0) -> list[Score]:
    """The nearest films to a film."""
    movie = item_named(loop.live.space().catalog, item_id)
    return _scores(loop.movies.similar(movie.movie_id, n=offset + n).similar[offset:])


@router.get("/item/{item_id:user}", operation_id="gorse_item", responses=_READS)
def gorse_item(item_id: Item, loop: Loop) -> GorseItem:
    """A film."""
    return item_of(loop.movies.get(item_named(loop.live.space().catalog, item_id).movie_id))


@router.get("/items", operation_id="gorse_items", responses=_READS)
def gorse_items(
    loop: Loop,
    n: Size = 10,
    cursor: Cursor = "",
    q: Annotated[str, Query(max_length=100, description="A part of a title.")] = "",
) -> GorseItemPage:
    """The films, best known first, or those of a title."""
    page = loop.movies.search(q, limit=n, offset=_number(cursor))
    return GorseItemPage(cursor=page.next_cursor or "", items=list(map(item_of, page.movies)))


@router.post("/item", operation_id="gorse_insert_item", responses=_CHANGES)
def gorse_insert_item(item: GorseItemIn, loop: Loop) -> RowAffected:
    """Add a film, if it is not there."""
    return RowAffected(row_affected=add_items(loop, [item]))


@router.post("/items", operation_id="gorse_insert_items", responses=_CHANGES)
def gorse_insert_items(
    items: Annotated[list[GorseItemIn], Body(max_length=1000)], loop: Loop
) -> RowAffected:
    """Add the films that are not there."""
    return RowAffected(row_affected=add_items(loop, items))


@router.get("/user/{user_id:user}", operation_id="gorse_user", responses=_READS)
def gorse_user(user_id: User) -> GorseUser:
    """Somebody; whoever has said nothing yet is a newcomer, and known all the same."""
    return GorseUser(user_id=user_id)


@router.get("/users", operation_id="gorse_users", responses=_READS)
def gorse_users(loop: Loop, n: Size = 10, cursor: Cursor = "") -> GorseUserPage:
    """Everybody who has said something, by name."""
    names = [name for name in loop.users.list() if name > cursor][: n + 1]
    more = names[n - 1] if len(names) > n else ""
    return GorseUserPage(cursor=more, users=[GorseUser(user_id=name) for name in names[:n]])


@router.post("/user", operation_id="gorse_insert_user", responses=_CHANGES)
def gorse_insert_user(user: GorseUserIn) -> RowAffected:
    """Take note of somebody: nothing needs to be stored before they say something."""
    del user
    return RowAffected(row_affected=1)


@router.post("/users", operation_id="gorse_insert_users", responses=_CHANGES)
def gorse_insert_users(
    users: Annotated[list[GorseUserIn], Body(max_length=MOST_ROWS)],
) -> RowAffected:
    """Take note of several: nothing needs to be stored before they say something."""
    return RowAffected(row_affected=len(users))


@router.delete("/user/{user_id:user}", operation_id="gorse_delete_user", responses=_READS)
def gorse_delete_user(user_id: User, loop: Loop) -> RowAffected:
    """Delete everything about somebody, also from the disk."""
    return RowAffected(row_affected=loop.forget(user_id).deleted_feedback)


def _recommended(
    loop: MovieLoop, user_id: str, category: str | None, *, n: int, offset: int, version: str
) -> Sequence[Score | str]:
    films = loop.recommend(user_id, n=offset + n, filters=Filters(category or None))
    scores = _scores([one for one in films.recommendations if not one.already_rated][offset:])
    return scores if version == _SCORES else [one.id for one in scores]


def _history(loop: MovieLoop, user_id: str) -> list[GorseFeedback]:
    return [
        _feedback(user_id, said.movie_id, said.rating, said.created_at.isoformat())
        for said in loop.users.history(user_id).feedback
        if said.counts
    ]


def _feedback(user_id: str, movie_id: int, rating: int | None, at: str) -> GorseFeedback:
    return GorseFeedback.model_validate(
        {
            "feedback_type": type_of(rating),
            "user_id": user_id,
            "item_id": str(movie_id),
            "timestamp": at,
        }
    )


def _scores(films: list[Recommendation]) -> list[Score]:
    return [Score(id=str(film.movie_id), score=1 / (1 + film.distance)) for film in films]


def _number(cursor: str) -> int:
    if not cursor:
        return 0
    if cursor.isascii() and cursor.isdigit() and int(cursor) <= MAX_ID:
        return int(cursor)
    raise InvalidInput("cursor", "Send the cursor of the page before.")
