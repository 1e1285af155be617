"""What it costs to be sure: one durable commit beside writing and syncing the same bytes.

    python benchmarks/durability.py
    python benchmarks/durability.py --quick

The floor writes as many bytes to a file as the commit adds to SQLite's log and calls `fdatasync`.
The commit stores one opinion in one transaction. All of `add_feedback` - find the film, rank it,
fold the profile, answer - is timed beside it.
"""

import argparse
import os
import tempfile
from concurrent.futures import wait
from itertools import count
from pathlib import Path

from measuring import machine, report, show, side_by_side

from movieloop import MovieLoop
from movieloop.store import Session

GOALS = {"commit_over_fdatasync": "<= 1.1"}
GROUP = 64


def main() -> None:
    """Measure single commits and groups of 64."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a few, to see that it runs")
    quick = parser.parse_args().quick
    print(machine())
    with tempfile.TemporaryDirectory(dir=".") as name:
        folder = Path(name)
        with MovieLoop.open(folder / "films.db") as loop:
            films = [movie.movie_id for movie in loop.live.space().movies]
            turn = count()
            file = os.open(folder / "floor", os.O_RDWR | os.O_CREAT)

            def commit() -> None:
                number = next(turn)

                def work(session: Session) -> None:
                    session.append_feedback(
                        f"u{number}", films[0], 1, rank_before=1, popularity_rank_before=1,
                        embeddings_version=1,
                    )  # fmt: skip

                loop.store.write(work)

            commit()
            log = folder / "films.db-wal"
            before = log.stat().st_size
            for _ in range(8):
                commit()
            size = max(4096, (log.stat().st_size - before) // 8)
            print(f"a commit adds {size:,} bytes to the log")
            bytes_ = os.urandom(size)

            def floor() -> None:
                os.pwrite(file, bytes_, (next(turn) % 500) * size)
                os.fdatasync(file)

            def feedback() -> None:
                number = next(turn)
                loop.add_feedback(f"u{number % 50}", films[number % 2000], 1)

            def group() -> None:
                number = next(turn)
                wait(
                    [
                        loop.opinions.submit(f"g{i}", films[(number + i) % 2000], 1)
                        for i in range(GROUP)
                    ]
                )

            work = {
                "write + fdatasync": floor,
                "one durable commit": commit,
                "add_feedback, all of it": feedback,
                f"{GROUP} feedbacks, one commit": group,
            }
            spreads = side_by_side(work, rounds=5 if quick else 150)
            os.close(file)
    show("durability", spreads)
    ratios: dict[str, float | None] = {
        "commit_over_fdatasync": spreads["one durable commit"].median
        / spreads["write + fdatasync"].median
    }
    print()
    report(ratios, GOALS, keep=not quick)


if __name__ == "__main__":
    main()
