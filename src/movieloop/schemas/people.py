"""People of a like taste, of those who agreed to be found."""

from pydantic import Field

from movieloop.schemas.base import Input, Output
from movieloop.schemas.fields import Distance, UserId


class FindableIn(Input):
    """Under which name somebody may be found."""

    name: UserId = Field(description="What the others see; no id, and it need not be unique.")


class Similar(Output):
    """Somebody of a like taste."""

    name: str = Field(description="What they call themselves here.")
    distance: Distance
    both_like: list[str] = Field(description="Films both like, the least known first; three.")
    likes_in_common: int


class SimilarPeople(Output):
    """The people nearest to somebody, nearest first."""

    user_id: str
    found_as: str | None = Field(
        description="The user's own name for the others; null: they are not found, and find nobody."
    )
    people: list[Similar]
    note: str = Field(description="Why nobody is listed; empty if somebody is.")
