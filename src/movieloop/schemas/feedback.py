"""Opinions: how they are given, what they change, how they are kept.

Input is strict - `true`, `1.0` and `"1"` are no ratings, unknown fields are refused - so that
a slip is answered with an explanation instead of a wrong lesson learned:

>>> FeedbackIn(user_id="ada", movie_name="Alien", rating=1).rating
1
>>> FeedbackIn(user_id="ada", movie_name="Alien", rating=True)
Traceback (most recent call last):
    ...
pydantic_core._pydantic_core.ValidationError: 1 validation error for FeedbackIn
...
"""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from movieloop.schemas.base import Input, Output
from movieloop.schemas.fields import MAX_ID, MovieId, MovieName, RatingValue, Source, UserId
from movieloop.schemas.movies import MovieOut
from movieloop.schemas.recommend import Recommendation


def _one_name(schema: dict[str, Any]) -> None:
    """Say in the JSON schema what `MovieIn` checks: exactly one of the two names.

    Not as `oneOf`: generators of clients make two classes of it that hold nothing else.
    """
    schema["if"] = _given("movie_name")
    schema["then"] = {"properties": {"movie_id": {"type": "null"}}}
    schema["else"] = _given("movie_id")


def _given(name: str) -> dict[str, Any]:
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}}}


class MovieIn(Input):
    """A movie, named by `movie_name` or by `movie_id`."""

    model_config = ConfigDict(json_schema_extra=_one_name)

    movie_name: MovieName | None = None
    movie_id: MovieId | None = None

    @model_validator(mode="after")
    def _names_one_movie(self) -> Self:
        if (self.movie_name is None) == (self.movie_id is None):
            raise ValueError("name the movie by movie_name or by movie_id, one of the two")
        return self

    @property
    def movie(self) -> str | int:
        """The name or the id, whichever was given."""
        return self.movie_name if self.movie_name is not None else self.movie_id or 0


class OpinionIn(MovieIn):
    """An opinion on a movie, which is named by `movie_name` or by `movie_id`."""

    rating: RatingValue


class FeedbackIn(OpinionIn):
    """Feedback: who thinks what of which movie."""

    user_id: UserId
    source: Source | None = Field(
        None,
        description="How the movie was met. `search` and `import` mean that nobody had shown it: "
        "the learning curve counts those.",
    )
    blind: Annotated[int, Field(strict=True, ge=0, le=MAX_ID)] | None = Field(
        None, description="The `as_of` of the blind list it was rated in, if it was."
    )


class PreviewIn(OpinionIn):
    """What would this feedback change? Nothing is stored."""

    user_id: UserId
    n: Annotated[int, Field(strict=True, ge=1, le=100)] = 10


class Move(Output):
    """How one movie moved in the top list."""

    movie_id: int
    title: str
    rank_before: int | None = Field(description="Its rank before, null if it was not listed.")
    rank_after: int | None = Field(description="Its rank now, null if it left the list.")


class TasteMove(Output):
    """How far one direction of a taste moved; see `GET /user/{user_id}/taste`."""

    name: str
    before: float
    after: float


class Change(Output):
    """What feedback changed: the new top list, which movies moved, and the taste in words."""

    recommendations: list[Recommendation]
    moves: list[Move]
    taste: list[TasteMove] = Field(default_factory=list, description="Directions that moved.")


class FeedbackOut(Output):
    """What happened to your feedback."""

    status: Literal["success"] = "success"
    message: str
    feedback_id: int
    movie: MovieOut = Field(description="The movie that was meant.")
    rating: int | None
    retrained: bool = Field(description="Whether the profile has learned now.")
    unprocessed_feedback_count: int = Field(description="How much feedback waits for learning.")
    rank_before: int | None = Field(
        description="Where the movie stood for this user the moment before, 1 = next."
    )
    change: Change | None = Field(None, description="With `?n=`: the new top list.")


class PlaceAfter(Output):
    """A place on the map."""

    x: int
    y: int


class PreviewOut(Output):
    """What the feedback would change."""

    movie: MovieOut
    rating: int | None
    retrained: bool
    profile_before: list[float]
    profile_after: list[float]
    place: PlaceAfter | None = Field(
        None, description="Where the profile would stand on the map; null while it is laid out."
    )
    change: Change


class FeedbackItem(Output):
    """One line of a user's log."""

    feedback_id: int
    movie_id: int
    title: str
    year: int | None
    imdb_id: str | None = None
    rating: int | None
    created_at: datetime
    counts: bool = Field(description="False if a later opinion on the movie replaced it.")
    rank_before: int | None
    popularity_rank_before: int | None
    source: str | None = Field(None, description="How the movie was met, if it was said.")


class UndoneItem(FeedbackItem):
    """A line that was taken back: it counts for nothing, but it is kept."""

    undone_at: datetime


class BesideItem(Output):
    """What else is stored of a line."""

    feedback_id: int
    embeddings_version: int | None = Field(description="The points that ranked the film then.")
    idempotency_key: str | None = Field(
        description="SHA-256 of the caller's own name for the request, or of an import's row."
    )
    rival: str | None = Field(None, description="In a blind comparison: against whom.")
    drafted_by: str | None = Field(None, description="In a blind comparison: whose pick it was.")
