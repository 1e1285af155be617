"""A PostgreSQL server beside a file: what each answers and stores a second.

    python benchmarks/engines.py [--address postgresql://...]
    python benchmarks/engines.py --quick

Without an address it starts a server of its own. Recommendations are computed, nothing is kept;
opinions are stored by 64 threads at once, each acknowledged when it is on disk. Both engines do the
same in turns.

requires: pip install -e '.[test]'
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
from measuring import machine, report

from movieloop import MovieLoop

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.postgres_server import Server, running

GOALS = {
    "postgres_recommendations_over_sqlite": ">= 0.6",
    "postgres_feedback_over_sqlite": ">= 0.7",
}
CLIENTS = 64
ROUNDS = 5


def main() -> None:
    """Measure both engines in turns."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--address", help="an empty database of a server")
    parser.add_argument("--quick", action="store_true", help="a few, to see that it runs")
    options = parser.parse_args()
    print(machine())
    rounds, seconds = (1, 0.3) if options.quick else (ROUNDS, 4.0)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir="."))
        address = options.address or stack.enter_context(_server()).database()
        loops = {
            "sqlite": stack.enter_context(MovieLoop.open(Path(folder) / "films.db")),
            "postgres": stack.enter_context(MovieLoop.open(address)),
        }
        for loop in loops.values():
            loop.live.warm_up()
            told(loop, 0.2, "warm")
        paces: dict[str, dict[str, list[float]]] = {"recommend": {}, "feedback": {}}
        for turn in range(rounds):
            for engine, loop in loops.items():
                pace = recommended(loop, seconds)
                paces["recommend"].setdefault(engine, []).append(pace)
                pace = told(loop, seconds, f"turn{turn}")
                paces["feedback"].setdefault(engine, []).append(pace)
    for what, engines in paces.items():
        for engine, found in engines.items():
            print(f"{what:>10} {engine:>9}: {np.median(found):,.0f} a second")
    ratios: dict[str, float | None] = {
        f"postgres_{name}_over_sqlite": float(
            np.median(paces[what]["postgres"]) / np.median(paces[what]["sqlite"])
        )
        for what, name in (("recommend", "recommendations"), ("feedback", "feedback"))
    }
    report(ratios, GOALS, keep=not options.quick)


@contextmanager
def _server() -> Iterator[Server]:
    with running() as server:
        yield server


def recommended(loop: MovieLoop, seconds: float) -> float:
    """Recommend to twenty people in turns.

    Args:
        loop: The open loop.
        seconds: For how long.

    Returns:
        Answers a second.
    """
    end, answers = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        loop.recommend_json(f"warm{answers % 20}", n=10)
        answers += 1
    return answers / seconds


def told(loop: MovieLoop, seconds: float, who: str) -> float:
    """Store opinions of many people at once.

    Args:
        loop: The open loop.
        seconds: For how long.
        who: How their names begin.

    Returns:
        Opinions a second.
    """
    films = [movie.movie_id for movie in loop.live.space().movies[:2000]]
    end = time.perf_counter() + seconds

    def tell(client: int) -> int:
        count = 0
        while time.perf_counter() < end:
            loop.add_feedback(f"{who}{client}", films[count % len(films)], count % 2)
            count += 1
        return count

    with ThreadPoolExecutor(CLIENTS) as pool:
        return sum(pool.map(tell, range(CLIENTS))) / seconds


if __name__ == "__main__":
    main()
