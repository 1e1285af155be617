"""Commands about where the database is: move it to a server, or back into a file."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import TextColumn

from movieloop.cli.show import console, share_bar
from movieloop.errors import StoreUnusable
from movieloop.recommender.doctor import examine
from movieloop.recommender.loop import MovieLoop
from movieloop.settings import Settings, load_settings
from movieloop.store import Store, open_store
from movieloop.store.moving import move as copy_all

database = typer.Typer(help="Where the database is: move.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands to the program.

    Args:
        app: The program.
    """
    app.add_typer(database, name="database")


@database.callback()
def about() -> None:
    """Where the database is: a file, or a PostgreSQL server."""


@database.command()
def move(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A file, or postgresql://...")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A new one, or one half copied.")],
) -> None:
    """Copy everything from one database into another, and compare the two.

    Stop movieloop first: what is said meanwhile is not copied. A copy that was cut short goes on
    where it was. FROM stays as it is.
    """
    bar = share_bar(TextColumn("{task.fields[what]}"), first=TextColumn("Copying"))
    with _opened(source, new=False) as one, _opened(target, new=True) as other, bar:
        task = bar.add_task("", total=1.0, what="")

        def say(table: str, share: float) -> None:
            bar.update(task, completed=share, what=table.replace("_", " "))

        copied = copy_all(one, other, say)
        with one.read() as session, other.read() as there:
            if session.last_feedback_id() != there.last_feedback_id():
                raise StoreUnusable(
                    f"Something was said in {one.name} meanwhile. Stop movieloop, try again."
                )
    with MovieLoop.open(_settings(target).database) as loop:
        users = loop.users.list()
        with Console(stderr=True).status("folding every profile anew"):
            findings = list(examine(loop, users))
        name = loop.store.name
    if findings:
        raise StoreUnusable(f"{name}: {findings[0].message} ({len(findings)} such).")
    console.print(
        f"Copied {copied['feedback']:,} opinions and {copied['movies']:,} films to {name}; every "
        f"profile of {len(users):,} users equals the fold of its log.",
        markup=False,
        soft_wrap=True,
    )
    console.print(f"Serve it: MOVIELOOP_DATABASE={name} movieloop serve", markup=False)


def _settings(address: str) -> Settings:
    return load_settings(database=address)


def _opened(address: str, *, new: bool) -> AbstractContextManager[Store]:
    found = _settings(address).database
    if not new and isinstance(found, Path) and not found.exists():
        raise StoreUnusable(f"There is no database {found}.")
    return open_store(found)
