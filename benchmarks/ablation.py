"""What is each part of training worth? Writes the table "What each part is worth" of docs/learning.md.

    python benchmarks/ablation.py [--ratings PATH] [--min-ratings 1]

Trained on the first 72 % of the ratings, asked about the likes of the next 8 %: a slice before the
one that tests. One seed (three voices where it says so), so differences under 2 % say little.
Without `--ratings` it fetches MovieLens-100K and writes the page; of another set it prints.

requires: pip install -e .
"""  # noqa: E501

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from learning import PAGE, fetch_movielens_100k
from measuring import put_table

from movieloop.data.interactions import LIKED
from movieloop.evaluation.loading import Data, collect
from movieloop.importers.formats import sniff
from movieloop.model.content import content_of, in_rows
from movieloop.replay.metrics import hit_rate, ndcg
from movieloop.replay.rank_kernels import popular_ranks
from movieloop.replay.replay import QUESTIONS, Replay, spread
from movieloop.replay.scorer import EmbeddingScorer
from movieloop.training.hyperparameters import CANDIDATES, Hyperparameters
from movieloop.training.selection import choose_half_life, newest
from movieloop.training.side_by_side import beside_content, stack
from movieloop.training.train import train

BEGIN, END = 0.72, 0.8
MARK = "ablation"


class Variant(NamedTuple):
    """One way to train.

    Attributes:
        name: What the table calls it.
        plan: How.
    """

    name: str
    plan: Hyperparameters


def variants() -> Iterator[Variant]:
    """List what is compared.

    Yields:
        The plans first, then changes of the lively one.
    """
    for plan in CANDIDATES:
        yield Variant(f"{plan.name} plan, one voice", replace(plan, voices=1))
    lively = replace(CANDIDATES[-1], voices=1)
    yield Variant("lively, cut only where sittings begin", replace(lively, inside=0.0))
    yield Variant("lively, a tenth of the other places", replace(lively, inside=0.1))
    yield Variant("lively, all places, one epoch", replace(lively, inside=1.0, epochs=1))
    yield Variant("lively, all places, three epochs", replace(lively, inside=1.0))
    yield Variant("lively, the next like only", replace(lively, targets=1))
    yield Variant("lively, the next 20 likes", replace(lively, targets=20))
    yield Variant("lively, no learned start", replace(lively, learns_start=False))
    yield Variant("lively, ignoring dislikes", without_pushing(lively))
    yield Variant("lively, three voices", replace(lively, voices=3))
    yield Variant("lively, three voices, content .6", replace(lively, voices=3, content=0.6))
    yield Variant(
        "lively, three voices, taste .6, content .6",
        replace(lively, voices=3, weight=0.6, content=0.6),
    )


def without_pushing(plan: Hyperparameters) -> Hyperparameters:
    """Let dislikes move nothing.

    Args:
        plan: How to train.

    Returns:
        The same without pushing.
    """
    return replace(plan, memories=tuple(replace(memory, push=0.0) for memory in plan.memories))


def measure(data: Data) -> str:
    """Train and ask.

    Args:
        data: The ratings.

    Returns:
        The table.
    """
    log = data.log
    begin, end = (int(share * len(log)) for share in (BEGIN, END))
    events = np.arange(begin, end)
    asked = Replay(log, begin, end, spread(events[log.rating[events] >= 0], 2 * QUESTIONS))
    liked = log.rating[asked.events] == LIKED
    past = log.first(begin)
    half_life = choose_half_life(newest(past, int(0.9 * begin)))[0]
    content = content_of(in_rows(log.movie_ids, data.films))
    lines = [
        "| variant | HR@10 | x live popularity | NDCG@10 | disliked@10 | seconds |",
        "|---|---|---|---|---|---|",
    ]
    popular = popular_ranks(asked, np.array([half_life]))[0]
    ground = hit_rate(popular[liked])
    lines.append(_line("live popularity", popular, liked, ground, 0.0))
    for name, plan in variants():
        told = replace(plan, half_life=half_life * plan.freshness)
        start = time.perf_counter()
        voices = [train(past, told, seed=voice) for voice in range(plan.voices)]
        trained = beside_content(stack(voices), content)
        seconds = time.perf_counter() - start
        scorer = EmbeddingScorer(trained.embeddings(np.zeros(len(log.movie_ids))))
        lines.append(_line(name, asked.ranks(scorer), liked, ground, seconds))
        print(lines[-1], flush=True)
    return "\n".join(lines)


def _line(name: str, ranks: np.ndarray, liked: np.ndarray, ground: float, seconds: float) -> str:
    found = hit_rate(ranks[liked])
    return (
        f"| {name} | {found:.4f} | {found / ground:.2f} | {ndcg(ranks[liked]):.4f} "
        f"| {hit_rate(ranks[~liked]):.4f} | {seconds:.0f} |"
    )


def main() -> int:
    """Measure and write.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ratings", type=Path)
    parser.add_argument("--min-ratings", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.ratings or fetch_movielens_100k(Path(folder))
        dataset = sniff(path)
        data = collect(dataset.rows(), name=dataset.name).with_films(options.min_ratings)
    text = measure(data)
    if options.ratings is None:
        put_table(PAGE, MARK, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
