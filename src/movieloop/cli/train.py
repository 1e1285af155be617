"""Commands of the slow loop: train, models, promote, rollback."""

from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from movieloop.cli.options import AsJson, Database, loop_at, reading
from movieloop.cli.output import print_json
from movieloop.cli.show import console
from movieloop.cli.stopping import end_with_parent, stopping_politely
from movieloop.schemas.models import ModelsOut, TrainingOut

if TYPE_CHECKING:
    from movieloop.training.members import Trainer


class Engine(StrEnum):
    """Where a training runs."""

    LOCAL = "local"
    RAY = "ray"


def register(app: typer.Typer) -> None:
    """Add these commands to the program.

    Args:
        app: The program.
    """
    for command in (train, models, promote, rollback):
        app.command()(command)


def train(
    ratings: Annotated[
        Path | None,
        typer.Option(help="Import these ratings of many people first: MovieLens, RecBole ..."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same log and seed give the same points.")] = 0,
    engine: Annotated[
        Engine, typer.Option(help="Train in this process, or on Ray (needs movieloop[ray]).")
    ] = Engine.LOCAL,
    address: Annotated[
        str | None,
        typer.Option(help="Of a Ray cluster's head, host:port; one of this machine if left out."),
    ] = None,
    parent: Annotated[
        int | None, typer.Option("--ends-with", hidden=True, help="End with this process.")
    ] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Train the movies on everybody's ratings; they go live only if they are no worse.

    A trial is replayed on ratings nobody has learned from, beside the points that serve. A server
    notices at its next request; 'rollback' takes it back.
    """
    # Compiled code takes a moment to load; other commands need not wait for it.
    from movieloop.importers import import_community  # noqa: PLC0415

    if parent is not None:
        end_with_parent(parent)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    aside = Console(stderr=True, highlight=False)
    with (
        stopping_politely(),
        loop_at(database) as loop,
        Progress(*columns, console=aside, transient=True) as bar,
        _trainer(engine, address) as trainer,
    ):
        task = bar.add_task("", total=1.0)
        if ratings is not None:
            bar.update(task, description=f"importing {escape(ratings.name)}")
            report = import_community(
                loop, ratings, progress=lambda _, share: bar.update(task, completed=share)
            )
            aside.print(
                f"{report.imported:,} ratings imported, {report.already_there:,} were there.",
                markup=False,
            )
        said = ""

        def say(what: str, share: float) -> None:
            nonlocal task, said
            step = what.partition(",")[0]
            if step != said:  # another step: its time left is not that of the one before
                bar.remove_task(task)
                task, said = bar.add_task(what, total=1.0), step
            bar.update(task, description=what, completed=share)

        answer = loop.models.train(seed=seed, say=say, trainer=trainer)
    print_json(answer) if as_json else _show_training(answer)


def _trainer(engine: Engine, address: str | None) -> AbstractContextManager["Trainer | None"]:
    """Reach what trains; None is this process."""
    if engine is Engine.LOCAL:
        if address is not None:
            raise typer.BadParameter("--address is for --engine ray.")
        return nullcontext()
    from movieloop.training.ray_trainer import ray_trainer  # noqa: PLC0415 - an extra

    return ray_trainer(address)


def models(database: Database = None, as_json: AsJson = False) -> None:
    """List the versions of the points, what they scored, and which one serves."""
    with reading(database) as loop:
        answer = loop.models.list()
    _show_models(answer, as_json)


def promote(
    version: Annotated[int, typer.Argument(min=1, help="Its number; 'models' lists them.")],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Make a version live; servers notice at their next request."""
    with loop_at(database) as loop:
        answer = loop.models.promote(version)
    _show_models(answer, as_json)


def rollback(database: Database = None, as_json: AsJson = False) -> None:
    """Make the version live again that was live before."""
    with loop_at(database) as loop:
        answer = loop.models.rollback()
    _show_models(answer, as_json)


def _show_training(answer: TrainingOut) -> None:
    verdict = (
        f"Version {answer.version} is live."
        if answer.promoted
        else f"Version {answer.version} is stored but not live. "
        f"Make it live all the same with: movieloop promote {answer.version}"
    )
    console.print(
        f"Trained on {answer.ratings:,} ratings of {answer.people:,} people in "
        f"{answer.seconds:.0f} s: the {answer.plan} plan, a like counts half "
        f"after {answer.half_life:,.0f} more.\n{answer.reason} {verdict}",
        markup=False,
        soft_wrap=True,
    )


def _show_models(answer: ModelsOut, as_json: bool) -> None:
    if as_json:
        print_json(answer)
        return
    table = Table(box=None, pad_edge=False)
    for column in ("version", "made", "from", "plan", "hits", "live then", ""):
        table.add_column(column, justify="right" if column in ("hits", "live then") else "left")
    for item in answer.versions:
        table.add_row(
            str(item.version),
            f"{item.created_at:%Y-%m-%d %H:%M}",
            escape(item.origin),
            escape(item.plan or ""),
            "" if item.hit_rate is None else f"{item.hit_rate:.1%}",
            "" if item.live_hit_rate is None else f"{item.live_hit_rate:.1%}",
            "[green]live[/]" if item.live else "",
        )
    console.print(table)
