"""Films and genres."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from movieloop.schemas.base import Input, Output

Text = Annotated[str, Field(min_length=1, max_length=300)]
Word = Annotated[str, Field(min_length=1, max_length=100)]


class NewMovie(Input):
    """A film to add to the catalogue: the more is told, the better its place."""

    title: Text = Field(examples=["The Quiet Orbit"])
    year: int = Field(ge=1870, le=2100, description="The year of release.", examples=[2026])
    genres: list[Word] = Field(
        default_factory=list, max_length=10, description="As `GET /genres` names them."
    )
    directors: list[Word] = Field(default_factory=list, max_length=10)
    cast: list[Word] = Field(default_factory=list, max_length=30)
    countries: list[Word] = Field(
        default_factory=list, max_length=10, description='Codes or names: "KR", "Korea".'
    )
    languages: list[Word] = Field(
        default_factory=list, max_length=10, description='Codes or names: "ko", "Korean".'
    )
    other_titles: list[Text] = Field(default_factory=list, max_length=20)
    runtime: int | None = Field(None, ge=1, le=1500, description="Minutes.")
    about: str = Field("", max_length=2000, description="What it is about, a sentence or two.")
    imdb_id: str | None = Field(None, max_length=200, description="An IMDb id or address.")
    tmdb_id: int | None = Field(None, ge=1, le=2**53 - 1)
    wikidata_id: str | None = Field(None, max_length=200, description="A Wikidata item.")


class MovieOut(Output):
    """A movie of the catalogue."""

    movie_id: int
    title: str
    year: int | None
    genres: list[str]
    imdb_id: str | None
    popularity: int = Field(description="How well known it is, higher = better known.")
    tmdb_id: int | None = None
    wikidata_id: str | None = None
    other_titles: list[str] = Field(
        default_factory=list, description="The original title, titles in other countries."
    )
    directors: list[str] = Field(default_factory=list)
    countries: list[str] = Field(
        default_factory=list,
        description="Where it was made: ISO 3166 codes, the leading one first.",
    )
    languages: list[str] = Field(default_factory=list, description="What is spoken: ISO 639 codes.")
    runtime: int | None = Field(None, description="Minutes.")
    cast: list[str] = Field(default_factory=list, description="Who plays, the leading ones first.")
    about: str = Field("", description="What it is about, if whoever added it told.")
    owned_since: datetime | None = Field(
        None, description="Since when a connected media server has it; null if none has."
    )
    coordinates: dict[str, float] | None = Field(
        None, description="Where it stands, by name, in a space whose coordinates have names."
    )


class MovieAdded(Output):
    """A film that has joined the catalogue."""

    status: Literal["added"] = "added"
    message: str
    movie: MovieOut
    placed: bool = Field(
        description="Whether enough is known of it to be recommended now; otherwise it can be "
        "found and rated, and waits for the next training."
    )


class RequestOut(Output):
    """What became of a request for a film the household lacks."""

    outcome: Literal["requested", "already requested", "already there"]
    movie: MovieOut


class FilmUpdate(Output):
    """What an update of the films did, or would do."""

    read: int = Field(description="How many films were told of.")
    added: list[str] = Field(description="Films that joined.")
    completed: list[str] = Field(description="Films that got what they lacked.")
    left_out: dict[str, int] = Field(description="Why others could not join.")
    placed: int = Field(description="How many of the new ones have a point.")
    dry_run: bool = Field(description="Whether nothing was stored.")
    skipped: list[str] = Field(description="Months asked for within a day.")


class MoviePage(Output):
    """One page of the catalogue."""

    total_movies: int = Field(description="How many movies match, on all pages.")
    movies: list[MovieOut]
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page.")


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
