"""Commands that let films join the catalogue."""

from typing import Annotated

import typer

from movieloop.cli import show
from movieloop.cli.options import AsJson, Database, loop_at
from movieloop.cli.output import print_json
from movieloop.recommender.new_movies import told

films = typer.Typer(help="Add films to the catalogue.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to the program.

    Args:
        app: The program.
    """
    app.add_typer(films, name="films")


@films.command()
def add(
    title: Annotated[str, typer.Argument(help="What it is called.")],
    year: Annotated[int, typer.Option(help="The year of release.", show_default=False)],
    genre: Annotated[
        list[str] | None, typer.Option(help="The most telling one first; may be repeated.")
    ] = None,
    director: Annotated[list[str] | None, typer.Option(help="May be repeated.")] = None,
    cast: Annotated[list[str] | None, typer.Option(help="Who plays; may be repeated.")] = None,
    country: Annotated[
        list[str] | None, typer.Option(help="Where it was made: Korea, KR; may be repeated.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="What is spoken: Korean, ko; may be repeated.")
    ] = None,
    also: Annotated[
        list[str] | None, typer.Option(help="What else it is called; may be repeated.")
    ] = None,
    about: Annotated[str, typer.Option(help="What it is about, a sentence or two.")] = "",
    runtime: Annotated[int | None, typer.Option(help="Minutes.")] = None,
    imdb: Annotated[str | None, typer.Option(help="Its IMDb id or address.")] = None,
    tmdb: Annotated[int | None, typer.Option(help="Its number at TMDB.")] = None,
    wikidata: Annotated[str | None, typer.Option(help="Its item at Wikidata.")] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Add a film the catalogue lacks. What you tell of it places it; its first likes move it."""
    new = told(
        title=title,
        year=year,
        genres=genre or [],
        directors=director or [],
        cast=cast or [],
        countries=country or [],
        languages=language or [],
        other_titles=also or [],
        about=about,
        runtime=runtime,
        imdb_id=imdb,
        tmdb_id=tmdb,
        wikidata_id=wikidata,
    )
    with loop_at(database) as loop:
        answer = loop.movies.create(new)
    print_json(answer) if as_json else show.console.print(answer.message, markup=False)
