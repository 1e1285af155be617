"""How long one opinion waits where several processes write to one database.

    python benchmarks/writers.py
    python benchmarks/writers.py --quick

The same sixteen writers, each storing one opinion after the other: first as threads of one process,
then four in each of four processes, for people of their own and all for one and the same person.
"""

import argparse
import multiprocessing
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from measuring import machine, report

from movieloop import MovieLoop
from movieloop.errors import StoreError
from movieloop.store import Session, SqliteStore, open_store

GOALS = {"p99_four_processes_over_one": "<= 3", "writes_refused": "<= 0"}
WRITERS, PROCESSES = 16, 4


def main() -> None:
    """Measure one process, then four."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a few, to see that it runs")
    quick = parser.parse_args().quick
    print(machine())
    seconds = 0.5 if quick else 10.0
    with tempfile.TemporaryDirectory(dir=".") as name:
        database = Path(name) / "films.db"
        with MovieLoop.open(database) as loop:
            film = loop.live.space().movies[0].movie_id
        names = [f"user{number}" for number in range(WRITERS)]
        alone = written(database, film, [names], seconds)
        people = written(database, film, [names[i::PROCESSES] for i in range(PROCESSES)], seconds)
        one = written(database, film, [["eve"] * (WRITERS // PROCESSES)] * PROCESSES, seconds)
    for what, (waits, refused) in (("one", alone), ("four", people), ("four, one user", one)):
        p50, p99, most = np.percentile(waits, [50, 99, 100]) * 1000
        pace = f"{len(waits) / seconds:.0f} a second"
        spread = f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, longest {most:.0f} ms"
        print(f"{what:>15}: {pace}, {spread}, refused {refused}")
    p99 = [float(np.percentile(waits, 99)) for waits, _ in (alone, people, one)]
    ratios = {
        "p99_four_processes_over_one": max(p99[1:]) / p99[0],
        "writes_refused": alone[1] + people[1] + one[1],
    }
    report(ratios, GOALS, keep=not quick)


def written(
    database: Path, film: int, users: list[list[str]], seconds: float
) -> tuple[np.ndarray, int]:
    """Let a process write for each list of users, all at once.

    Args:
        database: The file.
        film: What they like.
        users: Who, one list a process, one thread a name.
        seconds: For how long.

    Returns:
        How long each write took, in seconds, and how many were refused.
    """
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(len(users))
    with context.Pool(len(users), initializer=_meet, initargs=(ready,)) as pool:
        tasks = [(database, film, names, seconds) for names in users]
        told = pool.starmap(_process, tasks, chunksize=1)
    return np.concatenate([waits for waits, _ in told]), sum(refused for _, refused in told)


def _meet(barrier: object) -> None:
    globals()["_barrier"] = barrier


def _process(database: Path, film: int, users: list[str], seconds: float) -> tuple[np.ndarray, int]:
    with open_store(database) as store, ThreadPoolExecutor(len(users)) as threads:
        globals()["_barrier"].wait()
        told = list(threads.map(lambda user: _write(store, film, user, seconds), users))
    return np.concatenate([waits for waits, _ in told]), sum(refused for _, refused in told)


def _write(store: SqliteStore, film: int, user: str, seconds: float) -> tuple[list[float], int]:
    waits, refused = [], 0
    end = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < end:
        try:
            store.write(lambda session: _say(session, user, film))
        except StoreError:
            refused += 1
        waits.append(time.perf_counter() - begun)
    return waits, refused


def _say(session: Session, user: str, film: int) -> None:
    session.append_feedback(
        user, film, 1, rank_before=1, popularity_rank_before=1, embeddings_version=1
    )


if __name__ == "__main__":
    main()
