"""Rows for a player: what Streamyfin reads from a Streamystats, field by field.

https://github.com/fredrikburmester/streamystats/blob/main/docs/API.md
"""

from typing import Literal

from pydantic import Field

from movieloop.schemas.base import Output


class PlayerItem(Output):
    """A film, by the server's own name for it."""

    id: str
    name: str
    type: Literal["Movie"] = "Movie"
    year: int | None


class PlayerRecommendation(Output):
    """A film and why."""

    item: PlayerItem
    similarity: float = Field(description="1 / (1 + its distance): 1 is where the person stands.")
    basedOn: list[PlayerItem] = Field(  # noqa: N815 - the player's word
        default_factory=list, description="The films of the library that bring it near."
    )
    reason: str = ""


class PlayerServer(Output):
    """Which server the row is of."""

    id: int = 1
    name: str


class PlayerUser(Output):
    """Whom the row is for, as the server names them."""

    id: str
    name: str


class PlayerRow(Output):
    """A row with everything."""

    server: PlayerServer
    user: PlayerUser
    params: dict[str, str | int | bool]
    data: list[PlayerRecommendation]
    error: str | None = Field(None, description="Why there is nothing to show.")


class PlayerIds(Output):
    """The server's own names for films and series; series are never recommended."""

    movies: list[str]
    series: list[str]
    total: int


class PlayerIdsRow(Output):
    """A row of names only."""

    data: PlayerIds
    error: str | None = Field(None, description="Why there is nothing to show.")
