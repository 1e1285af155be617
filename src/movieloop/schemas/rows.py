"""Rows of films beside the list, each with a reason one can read."""

from typing import Literal

from pydantic import Field

from movieloop.schemas.base import Output
from movieloop.schemas.recommend import Recommendation


class Loved(Output):
    """The liked film a row is about."""

    movie_id: int
    title: str
    year: int | None


class Row(Output):
    """Some films and what they have in common."""

    kind: Literal["because", "less_known", "recent", "new_here", "country"] = Field(
        description="`new_here`: a connected media server has got them lately."
    )
    because: Loved | None = Field(None, description="The liked film whose neighbours these are.")
    year_from: int | None = Field(None, description="In `recent`: from that year on.")
    country: str | None = Field(None, description="In `country`: its code.")
    name: str | None = Field(None, description="In `country`: its name in English.")
    recommendations: list[Recommendation]


class RowsOut(Output):
    """Rows for one user."""

    user_id: str
    embeddings_version: int
    rows: list[Row]
