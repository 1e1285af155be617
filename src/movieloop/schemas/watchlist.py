"""What people want to see."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from movieloop.schemas.base import Output
from movieloop.schemas.feedback import MovieIn
from movieloop.schemas.movies import MovieOut


class WishIn(MovieIn):
    """A film to put on the watchlist, named by `movie_name` or by `movie_id`."""


class WishItem(Output):
    """One film on a watchlist."""

    movie_id: int
    title: str
    year: int | None
    imdb_id: str | None
    added_at: datetime
    rated: bool = Field(description="Whether the user has rated it since: it need not wait.")


class WatchlistOut(Output):
    """What a user wants to see, the newest wish first."""

    user_id: str
    watchlist: list[WishItem]


class WishOut(Output):
    """What became of a wish."""

    status: Literal["added", "already there", "removed", "not there"]
    message: str
    movie: MovieOut
