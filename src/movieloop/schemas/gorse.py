"""Gorse's shapes, in its own spelling: `FeedbackType`, `UserId`, `ItemId`.

https://gorse.io/docs/api/restful-api.html

>>> Score(id="78748", score=0.5).model_dump(by_alias=True)
{'Id': '78748', 'Score': 0.5}
"""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_pascal

from movieloop.schemas.base import Output
from movieloop.schemas.fields import UserId

MOST_ROWS = 10_000
ItemId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=300,
        description='A movie number, an IMDb number, "tmdb:348" or "Alien (1979)".',
        examples=["tt0078748"],
    ),
]
FeedbackType = Annotated[
    str,
    Field(
        max_length=40,
        description="like, star, love, favorite, heart, thumbs_up: a like; dislike, thumbs_down: a "
        "dislike; read, seen, watch, watched: seen.",
        examples=["like"],
    ),
]


def _moment(value: object) -> object:
    """Read a time as Gorse does: a date will do, and nothing means now."""
    if value in ("", None):
        return None
    if not isinstance(value, str):
        raise ValueError("It must be a time as 2026-02-24T12:00:00Z, or a date")
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("It must be a time as 2026-02-24T12:00:00Z, or a date") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


Moment = Annotated[
    datetime | None,
    BeforeValidator(_moment),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "null"}]}),
]


class _Spelt(Output):
    """What is spelt as Gorse does; fields it has and we do not need are passed over."""

    model_config = ConfigDict(
        alias_generator=to_pascal, validate_by_name=True, validate_by_alias=True, extra="ignore"
    )


class GorseFeedbackIn(_Spelt):
    """What somebody did with a film."""

    feedback_type: FeedbackType
    user_id: UserId
    item_id: ItemId
    timestamp: Moment = Field(None, description="When; now if it is left out.")


class GorseOpinionIn(_Spelt):
    """What a visitor without an account did with a film."""

    feedback_type: FeedbackType
    item_id: ItemId


class GorseFeedback(_Spelt):
    """One line of the log."""

    feedback_type: str
    user_id: str
    item_id: str
    value: float = 0
    timestamp: datetime
    comment: str = ""


class GorseFeedbackPage(_Spelt):
    """A page of the log."""

    cursor: str = Field(description="Send it for the next page; empty at the end.")
    feedback: list[GorseFeedback]


class Score(_Spelt):
    """A film and how well it fits."""

    id: str
    score: float = Field(description="1 / (1 + Manhattan distance): 0 to 1, higher = better.")


class RowAffected(_Spelt):
    """What a change changed."""

    row_affected: int = Field(description="How many rows; 0 for what was there already.")


class GorseItemIn(_Spelt):
    """A film to add."""

    item_id: ItemId
    categories: list[str] | None = Field(None, max_length=10, description="Its genres.")
    labels: Any = Field(None, description="`title` and `year` are read, if it is an object.")
    comment: str = Field("", max_length=300, description='Else its title here: "Alien (1979)".')


class GorseItem(_Spelt):
    """A film."""

    item_id: str
    is_hidden: bool = False
    categories: list[str]
    timestamp: str = Field(description="The first day of its year; empty if that is unknown.")
    labels: dict[str, Any]
    comment: str


class GorseItemPage(_Spelt):
    """A page of the films."""

    cursor: str = Field(description="Send it for the next page; empty at the end.")
    items: list[GorseItem]


class GorseUserIn(_Spelt):
    """Somebody who is to be known."""

    user_id: UserId


class GorseUser(_Spelt):
    """Somebody."""

    user_id: str
    labels: dict[str, Any] = Field(default_factory=dict)
    comment: str = ""


class GorseUserPage(_Spelt):
    """A page of the users."""

    cursor: str = Field(description="Send it for the next page; empty at the end.")
    users: list[GorseUser]
