"""Recommendations and why, films like another, films to begin with."""

from pydantic import Field

from movieloop.schemas.base import Output
from movieloop.schemas.fields import Distance
from movieloop.schemas.movies import MovieOut


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
    owned: bool = Field(False, description="Whether a connected media server has it.")
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


class BlindFilm(Output):
    """A film of a blind list: what it is, not how near it stands."""

    movie_id: int
    title: str
    year: int | None
    genres: list[str]


class BlindOut(Output):
    """A list of two recommenders mixed, which film is whose untold."""

    user_id: str
    as_of: int = Field(description="Send it as `blind` with the rating of a film of this list.")
    movies: list[BlindFilm]


class OnboardingOut(Output):
    """Films worth asking a newcomer about: well known, and dividing tastes."""

    user_id: str
    movies: list[MovieOut]


class SimilarOut(Output):
    """The nearest movies to a movie."""

    movie: MovieOut
    similar: list[Recommendation]
