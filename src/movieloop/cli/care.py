"""Commands that look after the data: doctor, export, forget."""

from typing import Annotated

import typer
from rich.progress import track

from movieloop.cli.options import Database, UserId, loop_at
from movieloop.cli.show import console
from movieloop.doctor import examine, examine_file, repair


def register(app: typer.Typer) -> None:
    """Add these commands to the program.

    Args:
        app: The program.
    """
    for command in (doctor, export, forget):
        app.command()(command)


def doctor(
    database: Database = None,
    fix: Annotated[bool, typer.Option("--fix", help="Write the profiles the log says.")] = False,
) -> None:
    """Check the database: the file, and every profile against its log.

    Exits with 1 if something is wrong and was not mended.
    """
    with loop_at(database) as loop:
        model = loop.model()
        users = loop.users()
        console.print(
            f"{loop.store.path}: {model.movies:,} films, points version "
            f"{model.embeddings_version} ({model.origin}), {len(users):,} users",
            markup=False,
        )
        faults = examine_file(loop)
        shown = track(users, "Refolding profiles", console=console, transient=True)
        broken = list(examine(loop, shown))
        for finding in [*faults, *broken]:
            console.print(finding.message, markup=False)
        if fix:
            for finding in broken:
                repair(loop, str(finding.user_id))
            broken = list(examine(loop, [str(finding.user_id) for finding in broken]))
        if broken:
            console.print("Mend the profiles with: movieloop doctor --fix")
        if faults or broken:
            raise typer.Exit(1)
    console.print("All is well: every profile equals the fold of its log.")


def export(user_id: UserId, database: Database = None) -> None:
    """Print everything we hold about USER, as JSON."""
    with loop_at(database) as loop:
        typer.echo(loop.export(user_id).model_dump_json(indent=2))


def forget(
    user_id: UserId,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    database: Database = None,
) -> None:
    """Delete everything about USER, for good."""
    with loop_at(database) as loop:
        given = len(loop.history(user_id).feedback)
        if not yes:
            typer.confirm(f"Delete {given} ratings and the profile of {user_id}?", abort=True)
        answer = loop.forget(user_id)
    console.print(f"Forgotten: {answer.deleted_feedback} lines of the log.", markup=False)
