"""Commands about learning from many people's ratings: evaluate."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from movieloop.cli.show import console
from movieloop.importers.formats import sniff

WIDE = 150  # columns; a table is not folded when it goes into a file


class Protocol(StrEnum):
    """How an evaluation asks."""

    LOOP = "loop"
    HOLDOUT = "holdout"
    NEXT = "next"
    NEWCOMER = "newcomer"
    GROUP = "group"
    SPLIT_LAST = "split-last"
    SPLIT_SUCCESSIVE = "split-successive"
    SPLIT_FIRST = "split-first"


def register(app: typer.Typer) -> None:
    """Add these commands to the program.

    Args:
        app: The program.
    """
    app.command()(evaluate)


def evaluate(
    ratings: Annotated[
        Path, typer.Option(help="Ratings of many people: MovieLens, MovieTweetings, RecBole ...")
    ],
    protocol: Annotated[
        Protocol,
        typer.Option(
            help="loop: replay the newest fifth, predict, then learn. holdout: people never seen "
            "in training. next: the last film each person liked. newcomer: a few taps of somebody "
            "nobody knows. group: lists for two and four people, by several rules. split-last, "
            "-successive, -first: one moment parts past and future, as "
            "papers have it; compare with them by --sitting 0."
        ),
    ] = Protocol.LOOP,
    sitting: Annotated[
        float,
        typer.Option(
            min=0, help="Learn from a rating once its user has paused for so many seconds."
        ),
    ] = 60,
    peers: Annotated[
        str, typer.Option(help="Known methods to compare with: all, none, or for example knn,live.")
    ] = "all",
    only_peers: Annotated[
        bool, typer.Option("--only-peers", help="Leave movieloop itself out.")
    ] = False,
    min_ratings: Annotated[int, typer.Option(min=1, help="Keep films with so many ratings.")] = 1,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures to this file.")
    ] = None,
    plots: Annotated[Path | None, typer.Option(help="Draw plots, SVG, into this folder.")] = None,
) -> None:
    """Measure how well movieloop recommends, beside peers that know the same."""
    # The parts that compute take a second to import; other commands need not wait for them.
    from movieloop.evaluation.loading import among_packaged, check, collect  # noqa: PLC0415
    from movieloop.evaluation.report import Report  # noqa: PLC0415
    from movieloop.evaluation.run import contest, peers_named, trial_of  # noqa: PLC0415

    chosen = peers_named(peers)
    dataset = sniff(ratings)
    aside = Console(stderr=True, highlight=False)
    with aside.status("reading") as status:
        data = collect(dataset.rows(), name=dataset.name, session_gap=sitting)
        data = data.with_films(min_ratings)
        check(data)
        log = data.log
        console.print(
            f"{data.name}: {len(log):,} ratings, {log.users:,} people, {len(log.movie_ids):,} "
            f"films; protocol {protocol}, sitting {sitting:g} s",
            markup=False,
        )
        if protocol == Protocol.NEWCOMER:
            data = among_packaged(data)
            console.print(f"{len(data.log.movie_ids):,} of these films take part.", markup=False)
        trial = trial_of(protocol, data)
        results = []
        for result in contest(
            data,
            trial,
            protocol=protocol,
            peers=chosen,
            only_peers=only_peers,
            say=status.update,
            skip=partial(aside.print, markup=False),
        ):
            results.append(result)
            settings = f" ({result.settings})" if result.settings else ""
            aside.print(f"{result.name}: {result.figure:.4f}{settings}", markup=False)
    report = Report(protocol, data.name, sitting, trial.headline, results)
    wide = Console(highlight=False, width=max(console.width, WIDE))
    for table in report.tables():
        wide.print()
        wide.print(table)
    if json_file is not None:
        report.write_json(json_file)
    if plots is not None:
        for file in report.write_plots(plots):
            console.print(f"drew {file}", markup=False)
