"""Commands that look after the data: doctor, export, forget."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from movieloop.cli.options import AsJson, Database, UserId, loop_at, reading
from movieloop.cli.output import print_json
from movieloop.cli.show import console
from movieloop.errors import StoreUnusable
from movieloop.recommender.doctor import Finding, accept, examine, examine_file, repair
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.health import DoctorOut, FindingOut


def register(app: typer.Typer) -> None:
    """Add these commands to the program.

    Args:
        app: The program.
    """
    for command in (doctor, export, forget):
        app.command()(command)


def doctor(
    database: Database = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write the profiles the log says; accept what is missing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check the database: the file, and every profile against its log.

    Exits with 1 if something is wrong and was not mended.
    """
    with loop_at(database) if fix else reading(database) as loop:
        answer = _examined(loop, fix=fix)
    print_json(answer) if as_json else _show(answer)
    if not answer.well:
        raise typer.Exit(1)


def _examined(loop: MovieLoop, *, fix: bool) -> DoctorOut:
    """Look at everything, and mend what the log can mend."""
    users = loop.users.list()
    if fix:
        accept(loop)
    faults = examine_file(loop)
    found: list[Finding] = []
    broken: list[Finding] = []
    model = None
    try:
        model = loop.models.live()
        aside = Console(stderr=True)
        shown = track(
            users,
            "Refolding profiles",
            console=aside,
            transient=True,
            disable=not aside.is_terminal,
        )
        found = broken = list(examine(loop, shown))
        if fix:
            for finding in found:
                repair(loop, str(finding.user_id))
            broken = list(examine(loop, [str(finding.user_id) for finding in found]))
    except StoreUnusable as error:  # without films and points there is nothing to refold by
        faults.append(Finding(None, str(error)))
    return DoctorOut(
        database=loop.store.name,
        movies=model.movies if model else 0,
        embeddings_version=model.embeddings_version if model else 0,
        origin=model.origin if model else "unreadable",
        users=len(users),
        findings=[
            FindingOut(user_id=finding.user_id, message=finding.message)
            for finding in [*faults, *found]
        ],
        mended=len(found) - len(broken),
        well=not (faults or broken),
    )


def _show(answer: DoctorOut) -> None:
    console.print(
        f"{answer.database}: {answer.movies:,} films, points version "
        f"{answer.embeddings_version} ({answer.origin}), {answer.users:,} users",
        markup=False,
    )
    for finding in answer.findings:
        console.print(finding.message, markup=False)
    profiles = sum(finding.user_id is not None for finding in answer.findings)
    if profiles > answer.mended:
        console.print("Mend the profiles with: movieloop doctor --fix")
    if answer.well:
        console.print("All is well: every profile equals the fold of its log.")


def export(
    user_id: UserId,
    database: Database = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, as always.")] = False,
) -> None:
    """Print everything we hold about USER, as JSON."""
    with reading(database) as loop:
        print_json(loop.users.export(user_id))


def forget(
    user_id: UserId,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Delete everything about USER, for good."""
    with loop_at(database) as loop:
        given = len(loop.users.history(user_id).feedback)
        if not yes:
            typer.confirm(
                f"Delete {given} ratings and the profile of {user_id}?", abort=True, err=as_json
            )
        answer = loop.forget(user_id)
    if as_json:
        print_json(answer)
    else:
        console.print(f"Forgotten: {answer.deleted_feedback} lines of the log.", markup=False)
        if not answer.wiped:
            console.print("Another program reads an older moment; the rest is wiped soon after.")
