"""A synthetic taste to watch the learning with."""

from typing import Literal

from movieloop.schemas.base import Output


class DemoOpinion(Output):
    """One opinion of somebody who does not exist."""

    movie_id: int
    title: str
    rating: int


class DemoOut(Output):
    """A synthetic taste, to watch the learning."""

    label: Literal["synthetic"] = "synthetic"
    description: str
    opinions: list[DemoOpinion]
