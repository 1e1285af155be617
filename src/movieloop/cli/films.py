"""Commands that let films join the catalogue: one by hand, newer ones from Wikidata."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import TextColumn

from movieloop.cli import show
from movieloop.cli.options import AsJson, Database, loop_at
from movieloop.cli.output import print_json
from movieloop.errors import InvalidInput
from movieloop.importers.wikidata import UpdateReport, update_films
from movieloop.importers.wikidata.client import QueryService
from movieloop.importers.wikidata.query import ENDPOINT, Window, films_query
from movieloop.importers.wikidata.update import PAGE
from movieloop.recommender.new_movies import told
from movieloop.schemas.movies import FilmUpdate

_SHOWN = 20
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


@films.command()
def update(
    since: Annotated[
        str | None,
        typer.Option(
            help="From this year or month on: 2025, 2025-06.", show_default="January of last year"
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="To this year or month.", show_default="this month")
    ] = None,
    known_by: Annotated[
        int, typer.Option(min=0, max=500, help="Films that so many Wikipedias know, or more.")
    ] = 5,
    saved: Annotated[
        Path | None,
        typer.Option(
            "--from", help="Take a saved answer (JSON) instead of asking.", metavar="FILE"
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Store nothing, report only.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Ask for months again that were asked for today.")
    ] = False,
    print_query: Annotated[
        bool,
        typer.Option("--print-query", help="Print what is asked about the first month, and stop."),
    ] = False,
    endpoint: Annotated[str, typer.Option(help="Another query service.")] = ENDPOINT,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Fetch newer films and missing numbers from Wikidata (CC0), over your network.

    Films only join or become fuller; nothing is removed. What was fetched is kept if it is cut
    short, and the next update goes on from there.
    """
    first = _month(since, "since") or date(datetime.now(UTC).year - 1, 1, 1)
    last = _month(until, "until", end=True)
    if print_query:
        query = films_query(Window(first.year, first.month), known_by=known_by, limit=PAGE)
        typer.echo(query)
        return
    with loop_at(database) as loop, _progress(hidden=as_json) as say:
        report = update_films(
            loop,
            since=first,
            until=last,
            known_by=known_by,
            file=saved,
            service=QueryService(endpoint),
            dry_run=dry_run,
            again=again,
            say=say,
        )
    if as_json:
        print_json(FilmUpdate.model_validate(report, from_attributes=True))
    else:
        _show(report)


@contextmanager
def _progress(*, hidden: bool) -> Iterator[Callable[[str, float], None]]:
    """Show on stderr what is being done and how far it is."""
    with show.share_bar(first=TextColumn("{task.description}"), hidden=hidden) as bar:
        task = bar.add_task("asking", total=1.0)
        yield lambda what, share: bar.update(task, description=what, completed=share)


def _month(text: str | None, option: str, *, end: bool = False) -> date | None:
    """Read "2025" or "2025-06"; a year means its first month, or its last one."""
    if text is None:
        return None
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?", text.strip())
    month = int((match and match[2]) or (12 if end else 1))
    if match is None or not 1 <= month <= 12 or not int(match[1]):  # noqa: PLR2004 - months
        raise InvalidInput(option, f"{text!r} is no year or month, such as 2025 or 2025-06.")
    return date(int(match[1]), month, 1)


def _show(report: UpdateReport) -> None:
    would = "would " if report.dry_run else ""
    lines = [
        f"{report.read:,} films told of: {len(report.added):,} {would}join, "
        f"{len(report.completed):,} {would}become fuller."
    ]
    if report.placed:
        lines.append(f"{report.placed:,} of the new ones can be recommended at once.")
    for name, labels in (("New", report.added), ("Fuller", report.completed)):
        if labels:
            more = f" and {len(labels) - _SHOWN:,} more" if len(labels) > _SHOWN else ""
            lines.append(f"{name}: {', '.join(labels[:_SHOWN])}{more}")
    for why, count in report.left_out.items():
        lines.append(f"{count:,} left out: {why}.")
    if report.skipped:
        lines.append(
            f"Asked for within a day and not asked again: {', '.join(report.skipped)} "
            "(--again asks)."
        )
    show.console.print("\n".join(lines), markup=False)
