"""The command that brings a history from elsewhere, and how its report reads."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import TextColumn

from movieloop.cli.options import AsJson, Database, loop_at
from movieloop.cli.output import print_json
from movieloop.cli.show import console, share_bar
from movieloop.importers import (
    Report,
    UnclearFilm,
    import_community,
    import_history,
    import_out,
)

_SHOWN = 10


def register(app: typer.Typer) -> None:
    """Add this command to the program.

    Args:
        app: The program.
    """
    app.command("import")(import_file)


def import_file(
    file: Annotated[Path, typer.Argument(help="A file, a folder or a zip.", metavar="FILE")],
    user: Annotated[
        str | None,
        typer.Option(help="It is the history of this user.", metavar="USER", show_default=False),
    ] = None,
    community: Annotated[
        bool, typer.Option("--community", help="It holds the ratings of many people.")
    ] = False,
    profile: Annotated[
        str | None,
        typer.Option(help="With --user: whose rows to take if it holds several people's."),
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            help="With --user: a film of the report whose first 'did you mean' is meant, "
            "'Alein (1979)'; or 'all'. May be repeated.",
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(help="With --community: what to call the set. Default: as its folder."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Store nothing, report only.")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Bring a history: Letterboxd, IMDb, Trakt, Netflix, TMDB, MovieLens, MovieTweetings.

    Importing a file again changes nothing; an import that was cut short goes on where it was.
    """
    if (user is None) == (not community):
        raise typer.BadParameter("Say whose it is: --user USER for one person, or --community.")
    if ((profile is not None or accept) and user is None) or (name is not None and not community):
        raise typer.BadParameter(
            "--profile and --accept go with --user, and --name with --community."
        )
    bar = share_bar(TextColumn("{task.fields[rows]:,} rows"), first=TextColumn("Importing"))
    with loop_at(database) as loop, bar:
        task = bar.add_task("", total=1.0, rows=0)

        def progress(rows: int, share: float) -> None:
            bar.update(task, completed=share, rows=rows)

        if user is not None:
            report = import_history(
                loop,
                file,
                user,
                profile=profile,
                accept=accept or (),
                dry_run=dry_run,
                progress=progress,
            )
        else:
            report = import_community(loop, file, name=name, dry_run=dry_run, progress=progress)
    print_json(import_out(report)) if as_json else show_report(report)
    if report.bad and report.bad == report.read:
        typer.echo("movieloop: not a single row could be read.", err=True)
        raise typer.Exit(1)


def show_report(report: Report) -> None:
    """Print what an import did, the numbers first, then what needs a look.

    Args:
        report: What the import reported.
    """
    say = console.print
    say(f"[bold]{escape(report.source)}[/]: {report.read:,} rows in {report.seconds:.1f} s")
    _count(report.imported, "would be imported" if report.dry_run else "imported")
    _count(report.wished, f"{'would join' if report.dry_run else 'joined'} the watchlist")
    _count(report.already_there, "had been imported before")
    for reason, rows in report.skipped.items():
        _count(rows, f"passed over: {escape(reason)}")
    _count(sum(film.rows for film in report.unmatched), "about films the catalogue does not have")
    _count(sum(film.rows for film in report.ambiguous), "about titles that may mean several films")
    _count(report.undated, "have a date that cannot be used; what they say counts")
    _count(report.bad, "cannot be read")
    _count(report.new_films, f"new films{' would' if report.dry_run else ''} join the catalogue")
    _films(report.unmatched, "Not imported (--accept takes the first suggestion)", "did you mean ")
    _films(report.ambiguous, "Not clear which film is meant", "")
    _films(report.uncertain, "Taken, but not certain", "as ")
    if report.bad:
        say("\nRows that cannot be read:")
        for row in report.bad_rows:
            say(f"  line {row.line}: {escape(row.reason)}", soft_wrap=True)
        _more(report.bad - len(report.bad_rows))
    for note in report.notes:
        say(f"\n{escape(note)}")
    if report.dry_run:
        say("\nThis was a dry run: nothing was stored.")


def _count(number: int, what: str) -> None:
    if number:
        console.print(f"{number:>9,}  {what}")


def _films(films: Sequence[UnclearFilm], headline: str, hint: str) -> None:
    if not films:
        return
    console.print(f"\n{headline}:")
    for film in films[:_SHOWN]:
        meant = escape(", ".join(film.candidates))
        console.print(
            f"  {escape(film.film)}" + (f" [dim]· {hint}{meant}[/]" if meant else ""),
            soft_wrap=True,
        )
    _more(len(films) - _SHOWN)


def _more(number: int) -> None:
    if number > 0:
        console.print(f"  ... and {number:,} more; --json lists all films")
