"""Recommendations for opinions that are sent along and not kept."""

from typing import Annotated

from pydantic import Field

from movieloop.schemas.base import Input
from movieloop.schemas.feedback import OpinionIn
from movieloop.schemas.map import Picture
from movieloop.schemas.recommend import Recommendations


class SessionIn(Input):
    """Opinions of somebody who wants no account."""

    opinions: list[OpinionIn] = Field(max_length=500)
    picture: bool = Field(False, strict=True, description="Whether to tell the taste too.")
    n: Annotated[int, Field(strict=True, ge=1, le=100)] = 10


class SessionOut(Recommendations):
    """What somebody without an account gets."""

    picture: Picture | None = Field(
        None, exclude_if=lambda told: told is None, description="Their taste, if it was asked for."
    )
