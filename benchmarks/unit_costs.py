"""What one person, one opinion, one list, one trained rating costs.

    python benchmarks/unit_costs.py      # some six minutes; writes unit_costs.json
    python benchmarks/unit_costs.py --quick

Costs are processor time and bytes, not seconds: they stay what they are on a noisy machine. A
server of the real program runs in a process of its own; what its clients cost is not counted.
`scale.py` works out what the figures mean for many people.

requires: pip install -e '.[test]'
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from engines import told
from measuring import ROOT, machine
from population import Population
from service import Request, ask, serving, size, taken
from train_speed import made_up

from movieloop import MovieLoop
from movieloop.data import packaged_films
from movieloop.importers import import_community
from movieloop.training.fit import fit

sys.path.insert(0, str(ROOT))
from tests.postgres_server import running

KEPT = ROOT / "benchmarks" / "unit_costs.json"
PEOPLE, OPINIONS = 4_000, 200_000
TRAINED = (50_000, 200_000)  # ratings
Costs = dict[str, float]


def main() -> None:
    """Measure, and keep it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="tiny, to see that it runs")
    quick = parser.parse_args().quick
    people, opinions = (40, 400) if quick else (PEOPLE, OPINIONS)
    costs = measure(people, opinions, quick=quick)
    print(json.dumps(costs, indent=2))
    if not quick:
        known = json.loads(KEPT.read_text())
        known |= {"machine": machine(), "costs": known["costs"] | costs}
        KEPT.write_text(json.dumps(known, indent=2) + "\n")


def measure(people: int, opinions: int, *, quick: bool = False) -> dict[str, Costs]:
    """Measure both engines and training.

    Args:
        people: How many.
        opinions: How many of theirs lie in the database.
        quick: Train on little, load for a moment.

    Returns:
        Costs by what they are of.
    """
    costs = {}
    for engine in ("sqlite", "postgresql"):
        print(f"== {engine}", file=sys.stderr, flush=True)
        costs[engine] = measure_engine(engine, people, opinions, seconds=0.3 if quick else 5.0)
    print("== training", file=sys.stderr, flush=True)
    costs["training"] = measure_training((2_000, 4_000) if quick else TRAINED)
    return costs


def measure_engine(engine: str, people: int, opinions: int, *, seconds: float) -> Costs:
    """Measure bytes and processor time of one engine.

    Args:
        engine: sqlite or postgresql.
        people: How many.
        opinions: How many of theirs lie in the database.
        seconds: How long to store opinions at full speed.

    Returns:
        Bytes, microseconds of processor time, opinions a second.
    """
    population = Population([movie for movie in packaged_films()[0] if movie.imdb_id], people)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running()) if engine == "postgresql" else None
        address = str(folder / "films.db") if server is None else server.database()
        with MovieLoop.open(address):
            pass
        empty = size(server, address)
        with MovieLoop.open(address) as loop:
            count = population.write(folder / "past.dat", opinions)
            import_community(loop, folder / "past.dat", name="past")
        full = size(server, address)
        with serving(address, server) as service:
            everybody = [f"past:{user}" for user in range(people)]

            def pages(n: int) -> list[Request]:
                return [("GET", f"/recommend/{user}?n={n}", None) for user in everybody]

            ask(service, pages(9)[:50])
            folded = taken(service, pages(10))
        profiles = size(server, address)
        with serving(address, server) as service:
            ask(service, pages(9)[:50])
            lists = [taken(service, pages(n)) for n in (11, 12, 13)]
            films = population.films(people, 0)
            tells: list[Request] = [
                ("POST", "/feedback", {"user_id": u, "movie_id": film.movie_id, "rating": 1})
                for u, film in zip(everybody, films, strict=True)
            ]
            feedback = taken(service, tells)
        with MovieLoop.open(address) as loop:
            loop.live.warm_up()
            told(loop, min(seconds, 0.5), "warm")
            pace = told(loop, seconds, "pace")
    ours, theirs = (sorted(part)[1] for part in zip(*lists, strict=True))
    return {
        "bytes_opinion": (full - empty) / count,
        "bytes_profile": max(profiles - full, 0) / people,
        "us_list": ours,
        "us_list_database": theirs,
        "us_profile_folded": max(folded[0] - ours, 0.0),
        "us_opinion": feedback[0],
        "us_opinion_database": feedback[1],
        "opinions_a_second": pace,
    }


def measure_training(sizes: Sequence[int]) -> Costs:
    """Measure what a rating costs to train.

    Args:
        sizes: Of two logs.

    Returns:
        Processor milliseconds and seconds waited for a rating of the larger log, here.
    """
    fit(made_up(2_000))  # compiles
    spent = []
    for ratings in sizes:
        log = made_up(ratings)
        began, waited = time.process_time(), time.perf_counter()
        fit(log)
        spent.append((len(log), time.process_time() - began, time.perf_counter() - waited))
    (few, cpu, _), (many, more, waited) = spent
    return {
        "ms_rating": 1000 * more / many,
        "ms_next_rating": 1000 * (more - cpu) / (many - few),
        "cores": more / waited,
    }


if __name__ == "__main__":
    main()
