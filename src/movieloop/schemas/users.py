"""A profile, a history, and all of it to take along."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from movieloop.schemas.base import Output
from movieloop.schemas.feedback import BesideItem, FeedbackItem, UndoneItem
from movieloop.schemas.watchlist import WishItem


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


class HistoryOut(Output):
    """What a user has said and not taken back, oldest first."""

    user_id: str
    feedback: list[FeedbackItem]


class ExportOut(HistoryOut):
    """Everything we hold about a user."""

    found_as: str | None = Field(
        None, description="Under which name people of a like taste may find them, if they agreed."
    )
    watchlist: list[WishItem] = Field(description="What they want to see, the newest wish first.")
    undone: list[UndoneItem] = Field(description="What was taken back, oldest first.")
    beside: list[BesideItem] = Field(description="The rest of every line, undone or not.")
    profile: list[float]
    embeddings_version: int
    exported_at: datetime


class Forgotten(Output):
    """What "forget me" deleted."""

    status: Literal["forgotten"] = "forgotten"
    user_id: str
    deleted_feedback: int
    wiped: bool = Field(
        description="Whether nothing of it is left on the disk. false: somebody was reading an "
        "older moment; movieloop wipes it as soon as they are done, also after a restart."
    )
