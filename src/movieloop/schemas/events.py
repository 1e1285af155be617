"""The log, row by row, for programs that follow it."""

from datetime import datetime

from pydantic import Field

from movieloop.schemas.base import Output


class EventOut(Output):
    """One row of the log."""

    feedback_id: int = Field(description="Ask for what comes after the last one you have.")
    user_id: str
    movie_id: int
    rating: int | None = Field(description="1 like, 0 dislike, null seen or taken back.")
    retracts: int | None = Field(description="Which row it takes back, null for an opinion.")
    created_at: datetime
    source: str | None
