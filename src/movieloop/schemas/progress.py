"""The learning curve: films were ranked before they were rated."""

from datetime import datetime

from pydantic import Field

from movieloop.schemas.base import Output
from movieloop.schemas.fields import Interval


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


class Share(Output):
    """How many promises were kept among some likes."""

    likes: int
    hit_rate: float | None = Field(description="Share of likes that stood in the top 10.")
    popularity_hit_rate: float | None


class AfterRatings(Share):
    """The share among likes given after so many ratings."""

    ratings_before: str = Field(examples=["5-9"])


class OfVersion(Share):
    """The share among likes ranked by one version of the points."""

    embeddings_version: int


class EverybodyOut(Share):
    """The learning curve of everybody together."""

    users: int = Field(description="How many users liked something that was ranked.")
    interval: Interval | None
    popularity_interval: Interval | None
    after: list[AfterRatings]
    versions: list[OfVersion]
