"""Commands that copy the database and put a copy back: backup, restore."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from movieloop.cli.options import Database, database_file
from movieloop.cli.show import console
from movieloop.errors import InvalidInput
from movieloop.store.backup import back_up, named_by_time, outdated
from movieloop.store.backup import restore as put_back

FOLDER = "backups"
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Replace what is there.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the program.

    Args:
        app: The program.
    """
    for command in (backup, restore):
        app.command()(command)


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="The copy, or a folder for copies named by the time. Default: the folder backups "
            "beside the database.",
            show_default=False,
        ),
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option(min=1, help="Afterwards delete all but the newest so many in the folder."),
    ] = None,
    yes: Yes = False,
    database: Database = None,
) -> None:
    """Copy the database into one file, also while movieloop serves."""
    path = database_file(database)
    folder = path.parent / FOLDER if file is None else file
    into_folder = file is None or file.is_dir()
    if keep is not None and not into_folder:
        raise InvalidInput("keep", "Only copies in a folder are counted; name a folder.")
    target = named_by_time(folder, path) if into_folder else folder
    with Console(stderr=True).status(f"copying {path.name}"):
        back_up(path, target, replace=yes)
    size = target.stat().st_size / 1e6
    console.print(f"Copied and checked: {target} ({size:.1f} MB)", markup=False, soft_wrap=True)
    for old in outdated(folder, path, keep) if keep is not None else ():
        old.unlink()
        console.print(f"Deleted: {old}", markup=False, soft_wrap=True)


def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `movieloop backup` wrote.")],
    yes: Yes = False,
    database: Database = None,
) -> None:
    """Put a copy in the place of the database; stop movieloop first."""
    path = database_file(database)
    with Console(stderr=True).status(f"restoring {path.name}"):
        before = put_back(file, path, replace=yes)
    console.print(f"Restored: {path}", markup=False, soft_wrap=True)
    if before is not None:
        console.print(f"What was there is now {before}", markup=False, soft_wrap=True)
