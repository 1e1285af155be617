"""Taste in words, the map of all films, and a look back in time.

>>> Direction(name="Western", kind="genre", value=1.2, slow=1.2, fast=None, sure=0.9).value
1.2
"""

from typing import Literal

from pydantic import Field

from movieloop.schemas.base import Output
from movieloop.schemas.feedback import FeedbackItem
from movieloop.schemas.movies import GenreCount, GenreOut
from movieloop.schemas.recommend import Recommendation

Kind = Literal["genre", "era", "mainstream"]


class Direction(Output):
    """One direction of the space that people understand, and how far a profile went along it."""

    name: str
    kind: Kind
    value: float = Field(
        description="In standard deviations of the films: 0 = where newcomers stand."
    )
    slow: float | None = Field(description="The part of the memories that average everything.")
    fast: float | None = Field(description="The part of the memories that live in the present.")
    sure: float = Field(description="How well it tells its films from others, 0 to 1.")


class TasteOut(Output):
    """A user's taste in words."""

    user_id: str
    embeddings_version: int
    directions: list[Direction]


class RegionOut(Output):
    """A part of the map that has a name."""

    level: int = Field(description="0 = seen from afar, 2 = close by.")
    x: int
    y: int
    names: list[str] = Field(description="One word or two: genres, eras, codes of countries.")
    kinds: list[Literal["genre", "era", "country"]] = Field(description="What each word is.")


class Chart(Output):
    """Every movie as a dot; the same for as long as these embeddings are live."""

    embeddings_version: int
    size: int = Field(description="Places are whole numbers from 0 to this.")
    movie_ids: list[int]
    x: list[int]
    y: list[int]
    genre: list[int] = Field(description="The leading genre, an index into `genres`, -1 none.")
    genres: list[GenreCount]
    regions: list[RegionOut] = Field(description="What is frequent where, at three zooms.")
    neighbours: int
    neighbours_kept: float = Field(
        description="The share of a film's true nearest films that are nearest on the map too."
    )


class MapOut(Chart):
    """The map of all films, with the hue of every genre."""

    genres: list[GenreOut]  # type: ignore[assignment]


class Step(Output):
    """Where a profile stood after one rating."""

    feedback_id: int
    x: int
    y: int


class Picture(Output):
    """A taste as the page shows it: in words, and as a place on the map."""

    directions: list[Direction]
    place: Step | None = Field(description="Null while the map is laid out; its feedback_id is 0.")


class PlaceOut(Output):
    """Where a profile stands on the map, and the way it came."""

    user_id: str
    embeddings_version: int
    x: int
    y: int
    start: Step = Field(description="Where newcomers stand; its feedback_id is 0.")
    trail: list[Step] = Field(description="The last 500 steps, oldest first.")


class TimelineOut(Output):
    """A user as they were after their first ratings."""

    user_id: str
    at: int = Field(description="After so many live ratings, 0 = a newcomer.")
    ratings: int = Field(description="How many live ratings there are now.")
    embeddings_version: int
    feedback: list[FeedbackItem]
    directions: list[Direction]
    place: Step | None = Field(description="Null while the map is laid out.")
    recommendations: list[Recommendation]
