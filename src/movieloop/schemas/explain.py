"""Why a film is recommended."""

from pydantic import Field

from movieloop.schemas.base import Output
from movieloop.schemas.fields import Distance
from movieloop.schemas.movies import MovieOut


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
