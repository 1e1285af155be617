"""The numbers behind one film's place, so that anybody can do the sum again."""

from pydantic import Field

from movieloop.schemas.base import Output


class RatesOut(Output):
    """How fast each coordinate learns, and the walls of the space; shape (d,) each."""

    floor: list[float] = Field(description="The rate never falls below this.")
    ceiling: list[float] = Field(description="The rate never rises above this.")
    push: list[float] = Field(description="A dislike's share of the rate.")
    seen: list[float] = Field(description="The share of the rate of a film seen without opinion.")
    patience: list[float] = Field(description="As how many likes the start counts.")
    low: list[float] = Field(description="The walls of the space, the lower ones.")
    high: list[float] = Field(description="The upper ones.")


class Lesson(Output):
    """One rating and what it did to the profile."""

    feedback_id: int
    movie_id: int
    title: str
    rating: int | None
    likes_before: int = Field(description="How many likes the profile had learned before.")
    before: list[float] = Field(description="The profile before, shape (d,).")
    point: list[float] = Field(description="Where the rated movie stands.")
    after: list[float] = Field(description="The profile after.")


class ArithmeticOut(Output):
    """Everything it takes to compute a distance and the last step of learning."""

    user_id: str
    movie_id: int
    embeddings_version: int
    profile: list[float]
    point: list[float] = Field(description="Where the movie stands, shape (d,).")
    distance: float = Field(description="The sum of |profile - point|.")
    rates: RatesOut
    lesson: Lesson | None = Field(description="The last rating that was learned, if any.")
