"""What the page shows: genres and their hues, taste in words, the map, a look back in time.

>>> Direction(name="Western", kind="genre", value=1.2, slow=1.2, fast=None, sure=0.9).value
1.2
"""

from typing import Literal

from pydantic import Field

from movieloop.schemas.outputs import (
    FeedbackItem,
    Interval,
    Output,
    Recommendation,
    Recommendations,
)

Kind = Literal["genre", "era", "mainstream"]


class GenreCount(Output):
    """A genre and how many films have it."""

    name: str
    movies: int = Field(description="How many movies have it.")


class GenreOut(GenreCount):
    """A genre, and the hue it has on posters, bars and the map."""

    hue: int = Field(description="Its hue everywhere: degrees in OKLCH, 0 to 359.")


class GenresOut(Output):
    """All genres of the catalogue, the most frequent first."""

    poster_version: int = Field(description="Send it as `v` with a poster's address.")
    genres: list[GenreOut]


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


class Chart(Output):
    """Every movie as a dot; the same for as long as these embeddings are live."""

    embeddings_version: int
    size: int = Field(description="Places are whole numbers from 0 to this.")
    movie_ids: list[int]
    x: list[int]
    y: list[int]
    genre: list[int] = Field(description="The leading genre, an index into `genres`, -1 none.")
    genres: list[GenreCount]
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


class SessionOut(Recommendations):
    """What somebody without an account gets."""

    picture: Picture | None = Field(
        None, exclude_if=lambda told: told is None, description="Their taste, if it was asked for."
    )


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


class DemoOpinion(Output):
    """One opinion of somebody who does not exist."""

    movie_id: int
    title: str
    rating: int


class DemoOut(Output):
    """A synthetic taste, to watch the learning."""

    label: Literal["synthetic"] = "synthetic"
    description: str
    opinions: list[DemoOpinion]


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


class UnclearOut(Output):
    """A film of an imported file that is not clear."""

    film: str
    rows: int
    candidates: list[str]


class ImportOut(Output):
    """What an import did, or would do."""

    source: str = Field(description="The format of the file.")
    dry_run: bool
    read: int
    imported: int
    already_there: int
    skipped: dict[str, int] = Field(description="Rows that were passed over, by reason.")
    unmatched: list[UnclearOut]
    ambiguous: list[UnclearOut]
    bad: int
    bad_rows: list[str] = Field(description="The first rows that could not be read, and why.")
    new_films: int = Field(description="How many films joined the catalogue.")
    seconds: float = Field(description="How long it took.")
