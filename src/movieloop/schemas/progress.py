"""The learning curve: films were ranked before they were rated."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from movieloop.schemas.base import Output
from movieloop.schemas.fields import Interval


class Comparison(Output):
    """Learning beside something that does not learn: how often it won."""

    against: Literal["popularity", "frozen"] = Field(
        description="Plain popularity, or the profile as it was after the first five ratings."
    )
    wins: int = Field(description="How often learning was ahead.")
    losses: int
    share: float | None = Field(description="Wins among both; ties count for nobody.")
    interval: Interval = Field(
        description="Where the true share lies: the chance of ever seeing it wrong, in either "
        "comparison and however often one looks, is 5 % at most."
    )
    verdict: Literal["ahead", "behind", "open"] = Field(
        description="Ahead or behind if the interval leaves out a half, else open."
    )


class Promise(Output):
    """Where a film you liked had been ranked before you liked it."""

    feedback_id: int
    movie_id: int
    title: str
    created_at: datetime
    ratings_before: int = Field(description="How much feedback had come before this.")
    source: str | None = Field(None, description="How the film was met, if it was said.")
    replayed: bool = Field(
        False, description="Whether the ranks were found by replaying an import today."
    )
    rank: int
    popularity_rank: int
    hit_rate: float | None = Field(
        description="Share of unprompted likes so far that stood in the top 10."
    )
    popularity_hit_rate: float | None = Field(description="The same for plain popularity.")
    frozen_rank: int | None = Field(
        None, description="Its rank for the profile as it was after the first five ratings."
    )


class ProgressOut(Output):
    """The learning curve, made of promises: every film was ranked before it was rated.

    People like what is on their screen. So the shares count only likes of films that nobody had
    shown: found by searching, or imported. What a list showed is judged by the blind comparison.
    """

    user_id: str
    likes: int = Field(description="Unprompted likes of films that had been ranked.")
    prompted_likes: int = Field(0, description="Other likes: of a list, or it was not said.")
    blind: list[Comparison] = Field(
        default_factory=list, description="Likes in blind lists: whose pick was it?"
    )
    unprompted: list[Comparison] = Field(
        default_factory=list, description="Unprompted likes: where did the film stand higher?"
    )
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
    promises: list[Promise] = Field(description="One each liked film, prompted or not.")


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
    blind: list[Comparison] = Field(description="Likes in everybody's blind lists.")
