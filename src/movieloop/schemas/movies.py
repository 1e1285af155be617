"""Films and genres."""

from pydantic import Field

from movieloop.schemas.base import Output


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
    coordinates: dict[str, float] | None = Field(
        None, description="Where it stands, by name, in a space whose coordinates have names."
    )


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
