"""Routes of the watchlist: what somebody wants to see, which is no opinion."""

from fastapi import APIRouter

from movieloop.api.parameters import Loop, MovieNumber, User
from movieloop.api.problems import described
from movieloop.schemas.watchlist import WatchlistOut, WishIn, WishOut

router = APIRouter(prefix="/user", tags=["user"])


@router.get(
    "/{user_id:user}/watchlist", operation_id="watchlist", responses=described(401, 422, 503)
)
def watchlist(user_id: User, loop: Loop) -> WatchlistOut:
    """What a user wants to see, the newest wish first. `rated` marks what they have seen since."""
    return loop.watchlist.of(user_id)


@router.post(
    "/{user_id:user}/watchlist",
    operation_id="add_to_watchlist",
    responses=described(400, 401, 404, 413, 415, 422, 503),
)
def add_to_watchlist(user_id: User, wish: WishIn, loop: Loop) -> WishOut:
    """Put a film on the watchlist. Nothing is learned from it; doing it twice changes nothing."""
    return loop.watchlist.add(user_id, wish.movie)


@router.delete(
    "/{user_id:user}/watchlist/{movie_id}",
    operation_id="remove_from_watchlist",
    responses=described(401, 404, 422, 503),
)
def remove_from_watchlist(user_id: User, movie_id: MovieNumber, loop: Loop) -> WishOut:
    """Take a film off the watchlist."""
    return loop.watchlist.remove(user_id, movie_id)
