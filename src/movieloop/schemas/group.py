"""Films for several people at once, with everybody's account of each."""

from typing import Annotated, Literal

from pydantic import Field

from movieloop.schemas.base import Input, Output
from movieloop.schemas.fields import Distance, MovieId, UserId
from movieloop.schemas.recommend import Reason

MOST_PEOPLE = 10
FAIRNESS = 0.5
SeenBy = Literal["any", "all"]


class GroupIn(Input):
    """Who wants to watch something together."""

    users: list[UserId] = Field(
        min_length=1, max_length=MOST_PEOPLE, description="The people, nobody twice."
    )
    n: Annotated[int, Field(strict=True, ge=1, le=50)] = 5
    veto: list[MovieId] = Field(
        default_factory=list, max_length=500, description="Movie ids somebody does not want."
    )
    seen_by: SeenBy = Field(
        "any",
        description="Leave out what anybody has rated or seen, or only what all of them have.",
    )
    fairness: Annotated[float, Field(ge=0, le=1)] = Field(
        FAIRNESS,
        description="How much the own distance counts when somebody has their turn: 0 one list by "
        "the mean distance, 1 everybody picks their own nearest.",
    )


class GroupMember(Output):
    """What one film is to one of the people."""

    user_id: str
    rank: int = Field(
        description="Its place among what this person may be recommended, 1 = their nearest."
    )
    distance: Distance
    already_rated: bool
    because: list[Reason] = Field(description="The ratings of theirs that bring it near.")


class GroupFilm(Output):
    """One film for all of them."""

    movie_id: int
    title: str
    year: int | None
    genres: list[str]
    picked_for: str = Field(description="Whose turn it was.")
    mean_distance: float
    members: list[GroupMember]


class GroupOut(Output):
    """Films for several people, the one to watch together first."""

    users: list[str]
    newcomers: list[str] = Field(description="Those of them of whom nothing is known yet.")
    recommendations: list[GroupFilm]
    embeddings_version: int
