"""Does following everybody's likes stay flat as the log grows - a like, an undo, a late import?

    python benchmarks/live_likes.py
    python benchmarks/live_likes.py --quick

Each is followed in a log of a thousand likes and in logs ten, a hundred and three hundred times as
long; reading the whole log anew is shown beside it.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
from measuring import machine, report, show, side_by_side
from spaces import embeddings, films

from movieloop import MovieLoop
from movieloop.recommender.live_popularity import LiveLikes
from movieloop.store import ImportedFeedback

GOALS = {"undo_followed_long_over_short": "<= 3"}
MOVIES = 5_000


def main() -> None:
    """Measure short and long logs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="short logs only")
    quick = parser.parse_args().quick
    print(machine())
    sizes = (1_000, 3_000) if quick else (1_000, 10_000, 100_000, 300_000)
    medians = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            made = (films(MOVIES), embeddings(MOVIES, 8).to_bytes(), "bench")
            with MovieLoop.open(Path(name) / "films.db", films=made) as loop:
                medians.append(measured(loop, size, rounds=5 if quick else 25))
    print()
    ratios: dict[str, float | None] = {"undo_followed_long_over_short": medians[-1] / medians[0]}
    report(ratios, GOALS, keep=not quick)


def measured(loop: MovieLoop, size: int, *, rounds: int) -> float:
    """Fill a log and follow what comes.

    Args:
        loop: An open loop.
        size: How many likes the log holds.
        rounds: How often each is measured.

    Returns:
        The median seconds of following an undo.
    """
    liked = np.random.default_rng(0).integers(1, MOVIES + 1, size).tolist()
    for begin in range(0, size, 5_000):
        rows = [
            ImportedFeedback(f"u{i % 999}", movie, 1, str(i), 1_000 * i)
            for i, movie in enumerate(liked[begin : begin + 5_000], start=begin)
        ]
        loop.store.write(lambda session, rows=rows: session.append_imported(rows))
    likes = LiveLikes(np.arange(1, MOVIES + 1), 4_000.0)
    turn = iter(range(10**9))

    def follow() -> None:
        with loop.store.read() as session:
            likes.follow(session)

    def undo() -> None:
        regretted = loop.add_feedback("ada", 1 + next(turn) % MOVIES, 1).feedback_id
        follow()
        loop.undo(regretted)

    def late() -> None:
        told = [ImportedFeedback("late", 7, 1, f"late {next(turn)}", 500 * size)]
        loop.store.write(lambda session: session.append_imported(told))

    def anew() -> None:
        with loop.store.read() as session:
            LiveLikes(np.arange(1, MOVIES + 1), 4_000.0).follow(session)

    follow()
    prepared = {
        "a like": lambda: loop.add_feedback(f"fan {next(turn)}", 7, 1),
        "a like taken back": undo,
        "a like of half the log ago": late,
    }
    spreads = side_by_side({"everything read anew": anew}, rounds=max(2, rounds // 8))
    for name, happen in prepared.items():
        spreads |= side_by_side({name: follow}, rounds=rounds, before=happen)
    show(f"follow, in a log of {size:,} likes", spreads)
    return spreads["a like taken back"].median


if __name__ == "__main__":
    main()
