"""What comes out: one model per noun, the same in Python, JSON and on the command line.

>>> Move(movie_id=7, title="Alien", rank_before=4, rank_after=1).model_dump_json()
'{"movie_id":7,"title":"Alien","rank_before":4,"rank_after":1}'
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Distance = Annotated[float, Field(ge=0, description="Manhattan distance, lower = better.")]


class Output(BaseModel):
    """What movieloop answers."""

    model_config = ConfigDict(frozen=True)


class MovieOut(Output):
    """A movie of the catalogue."""

    movie_id: int
    title: str
    year: int | None
    genres: list[str]
    imdb_id: str | None
    popularity: int = Field(description="How well known it is, higher = better known.")
    coordinates: dict[str, float] | None = Field(
        None, description="Where it stands, by name, in a space whose coordinates have names."
    )


class MoviePage(Output):
    """One page of the catalogue."""

    total_movies: int = Field(description="How many movies match, on all pages.")
    movies: list[MovieOut]
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page.")


class Reason(Output):
    """One of your ratings and what it does to one recommendation."""

    feedback_id: int
    movie_id: int
    title: str
    rating: int | None
    effect: float = Field(
        description="How much nearer the movie stands because of this rating: the distance "
        "without it minus the distance with it. Negative: it keeps the movie away."
    )


class Recommendation(Output):
    """One recommended movie."""

    movie_id: int
    title: str
    year: int | None
    genres: list[str]
    distance: Distance
    already_rated: bool = Field(description="True only when nothing unseen is left.")
    because: list[Reason] = Field(
        default_factory=list, description="With `explain=true`: the ratings that count most."
    )


class Recommendations(Output):
    """The nearest movies to a profile, nearest first."""

    user_id: str | None = Field(description="Who it is for, null for an anonymous session.")
    recommended_movie: str | None = Field(
        description="The name of the nearest movie, as `movie_name` takes it. Null only if the "
        "filters leave no movie at all."
    )
    similarity_score: float | None = Field(
        description="The distance to it, lower = better.", examples=[4.0]
    )
    user_profile: list[float]
    recommendations: list[Recommendation]
    embeddings_version: int


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


class PreviewOut(Output):
    """What the feedback would change."""

    movie: MovieOut
    rating: int | None
    retrained: bool
    profile_before: list[float]
    profile_after: list[float]
    change: Change


class ProfileOut(Output):
    """A user's point and what it was learned from."""

    user_id: str
    profile: list[float]
    unprocessed_feedback: int = Field(description="How much feedback waits for learning.")
    retrain_threshold: int = Field(description="The profile retrains after so much feedback.")
    memories: dict[str, list[float]] = Field(description="The same point, memory by memory.")
    coordinates: dict[str, float] | None = Field(
        None, description="The same point by name, in a space whose coordinates have names."
    )
    likes: int
    dislikes: int
    seen: int
    feedback_count: int = Field(description="All live feedback, repeated opinions included.")
    embeddings_version: int


class FeedbackItem(Output):
    """One line of a user's log."""

    feedback_id: int
    movie_id: int
    title: str
    year: int | None
    rating: int | None
    created_at: datetime
    counts: bool = Field(description="False if a later opinion on the movie replaced it.")
    rank_before: int | None
    popularity_rank_before: int | None


class HistoryOut(Output):
    """What a user has said and not taken back, oldest first."""

    user_id: str
    feedback: list[FeedbackItem]


class UndoneItem(FeedbackItem):
    """A line that was taken back: it counts for nothing, but it is kept."""

    undone_at: datetime


class BesideItem(Output):
    """What else is stored of a line."""

    feedback_id: int
    embeddings_version: int | None = Field(description="The points that ranked the film then.")
    idempotency_key: str | None = Field(description="The caller's own name for the request.")


class ExportOut(HistoryOut):
    """Everything we hold about a user."""

    undone: list[UndoneItem] = Field(description="What was taken back, oldest first.")
    beside: list[BesideItem] = Field(description="The rest of every line, undone or not.")
    profile: list[float]
    embeddings_version: int
    exported_at: datetime


class Promise(Output):
    """Where a film you liked had been ranked before you liked it."""

    feedback_id: int
    movie_id: int
    title: str
    created_at: datetime
    ratings_before: int = Field(description="How much feedback had come before this.")
    rank: int
    popularity_rank: int
    hit_rate: float = Field(description="Share of likes so far that stood in the top 10.")
    popularity_hit_rate: float = Field(description="The same for plain popularity.")
    frozen_rank: int | None = Field(
        None, description="Its rank for the profile as it was after the first five ratings."
    )


Interval = tuple[float, float]


class ProgressOut(Output):
    """The learning curve, made of promises: every film was ranked before it was rated."""

    user_id: str
    likes: int
    hit_rate: float | None = Field(description="Share of likes that stood in the top 10.")
    popularity_hit_rate: float | None
    interval: Interval | None = Field(
        None, description="Where the true share lies with 95 % confidence (Wilson)."
    )
    popularity_interval: Interval | None = None
    frozen_likes: int = Field(0, description="Likes after the fifth rating.")
    frozen_hit_rate: float | None = Field(
        None, description="Of those, the share in the top 10 of the frozen profile."
    )
    learned_hit_rate: float | None = Field(
        None, description="Of those, the share in the top 10 of the profile that learned on."
    )
    promises: list[Promise]


class Contribution(Output):
    """How much one group of coordinates adds to a distance."""

    name: str
    distance: Distance


class Counterfactual(Output):
    """One of your ratings, and what the recommendation would be without it."""

    feedback_id: int
    movie_id: int
    title: str
    rating: int | None
    distance_without: Distance
    rank_without: int
    effect: float


class Explanation(Output):
    """Why a movie stands where it stands, exactly."""

    user_id: str
    movie: MovieOut
    distance: Distance
    rank: int
    contributions: list[Contribution] = Field(description="They sum to the distance.")
    ratings: list[Counterfactual] = Field(description="Strongest first, replayed without each.")


class OnboardingOut(Output):
    """Films worth asking a newcomer about: well known, and dividing tastes."""

    user_id: str
    movies: list[MovieOut]


class SimilarOut(Output):
    """The nearest movies to a movie."""

    movie: MovieOut
    similar: list[Recommendation]


class Forgotten(Output):
    """What "forget me" deleted."""

    status: Literal["forgotten"] = "forgotten"
    user_id: str
    deleted_feedback: int


class Health(Output):
    """Whether the service is well."""

    status: Literal["healthy"] = "healthy"
    message: str
    version: str
    total_movies: int


class Alive(Output):
    """A probe's answer."""

    status: Literal["ok"] = "ok"


class FieldProblem(Output):
    """One wrong field."""

    field: str
    message: str


class Problem(Output):
    """What went wrong, as RFC 9457 (application/problem+json) says it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
    suggestions: list[str] | None = None
