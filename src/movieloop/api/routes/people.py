"""Routes of people like oneself: only who agreed to be found is, and only they see others."""

from fastapi import APIRouter

from movieloop.api.parameters import ListSize, Loop, User
from movieloop.api.problems import described
from movieloop.schemas.people import FindableIn, SimilarPeople

router = APIRouter(prefix="/user", tags=["user"])


@router.get(
    "/{user_id:user}/similar", operation_id="similar_people", responses=described(401, 422, 503)
)
def similar_people(user_id: User, loop: Loop, n: ListSize = 10) -> SimilarPeople:
    """The people whose taste is nearest, of those who agreed to be found; so must the user.

    They are told by the name they chose, never by their id, and by films both like.
    """
    return loop.people.similar(user_id, n=n)


@router.put(
    "/{user_id:user}/findable",
    operation_id="be_found",
    responses=described(400, 401, 413, 415, 422, 503),
)
def be_found(user_id: User, agreed: FindableIn, loop: Loop) -> SimilarPeople:
    """Agree to be found by people of a like taste, under a name; again to change the name."""
    return loop.people.be_found(user_id, agreed.name)


@router.delete("/{user_id:user}/findable", operation_id="hide", responses=described(401, 422, 503))
def hide(user_id: User, loop: Loop) -> SimilarPeople:
    """Be found no more; the name is deleted, and the others are not shown any more either."""
    return loop.people.hide(user_id)
