"""The options several commands share, and how a command opens the loop."""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from movieloop.addresses import without_password
from movieloop.errors import InvalidInput
from movieloop.recommender.loop import MovieLoop
from movieloop.settings import Settings, default_database, load_settings
from movieloop.store.backup import back_up
from movieloop.store.sqlite_file import tighten

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        "-d",
        help="The SQLite file, or the address of a PostgreSQL server. Default: "
        "MOVIELOOP_DATABASE, the settings file, or movieloop.db in your folder for user data.",
        show_default=False,
    ),
]
RetrainAfter = Annotated[
    int | None,
    typer.Option(help="A profile retrains after so many new ratings.", show_default="1"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, as the HTTP API answers.")]
UserId = Annotated[str, typer.Argument(help="Who: any name you choose.", metavar="USER")]
Film = Annotated[
    str,
    typer.Argument(help='A title, "Titanic" or "Titanic (1997)", a movie id, or an IMDb id.'),
]
Size = Annotated[int, typer.Option("-n", min=1, max=100, help="How many films.")]


def open_loop(settings: Settings) -> MovieLoop:
    """Open the loop the settings describe.

    Args:
        settings: The settings.

    Returns:
        The open loop.
    """
    usual = default_database()
    if settings.database == usual:
        tighten(usual.parent)  # a folder of ours; others' are theirs
    return MovieLoop.open(
        settings.database,
        retrain_after=settings.retrain_after,
        busy_timeout=settings.busy_timeout,
    )


def loop_at(database: str | None) -> MovieLoop:
    """Open the loop for a command that only says which database.

    Args:
        database: Its address, None for the usual one.

    Returns:
        The open loop.
    """
    return open_loop(load_settings(database=database))


@contextmanager
def reading(database: str | None) -> Iterator[MovieLoop]:
    """Open the loop for a command that only looks, also at a file one may not write to.

    Opening a database writes (that it is open, newer films, newer tables), so such a file, on a
    backup disk say, is copied first.

    Args:
        database: Its address, None for the usual one.

    Yields:
        The open loop.
    """
    settings = load_settings(database=database)
    with ExitStack() as stack:
        file = None if isinstance(settings.database, str) else settings.database.absolute()
        if file and file.is_file() and not _may_write(file):
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="movieloop-")))
            back_up(file, folder / file.name)
            settings = settings.model_copy(update={"database": folder / file.name})
        yield stack.enter_context(open_loop(settings))


def database_file(database: str | None) -> Path:
    """Tell the file of a command that only works with one.

    Args:
        database: Its address, None for the usual one.

    Returns:
        The file.

    Raises:
        InvalidInput: It is on a server.
    """
    found = load_settings(database=database).database
    if isinstance(found, str):
        raise InvalidInput(
            "database",
            f"{without_password(found)} is on a server. `movieloop database move` copies it into "
            "a file and back; for the server's own backups see pg_dump.",
        )
    return found


def _may_write(file: Path) -> bool:
    return all(os.access(place, os.W_OK) for place in (file, file.parent))


def film(name: str) -> str | int:
    """Read a film argument: many digits are an id; few may be a title, and an id if there is none.

    >>> film("133093"), film("1917"), film("Alien")
    (133093, '1917', 'Alien')

    Args:
        name: What the person typed.

    Returns:
        A movie id, or a title.
    """
    return int(name) if re.fullmatch(r"[0-9]{5,16}", name) else name
