"""Drive the real server as people would, and compare what it takes with what was predicted.

    python benchmarks/simulate.py       # two minutes; kept in unit_costs.json, for scale.py
    python benchmarks/simulate.py [--people 20000] [--seconds 60] [--load 0.4]      # not kept

People and their past are drawn by `population`: an import brings a year of opinions, then lists and
opinions come at a rate that by `unit_costs.json` takes so much of one core.

requires: pip install -e '.[test]'
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

from measuring import machine
from population import Population
from scale import LISTS, SAID, TELLS
from service import Request, ask, serving, size
from unit_costs import KEPT, Costs

from movieloop import MovieLoop
from movieloop.data import packaged_films
from movieloop.importers import import_community

PEOPLE, SECONDS, LOAD = 20_000, 60.0, 0.4


def main() -> None:
    """Simulate."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--load", type=float, default=LOAD, help="share of a core")
    options = parser.parse_args()
    print(machine())
    kept = json.loads(KEPT.read_text())
    told = simulate(kept["costs"], options.people, options.seconds, options.load)
    print(json.dumps(told, indent=2))
    if (options.people, options.seconds, options.load) == (PEOPLE, SECONDS, LOAD):
        kept["costs"]["simulated"] = told
        KEPT.write_text(json.dumps(kept, indent=2) + "\n")


def simulate(costs: dict[str, Costs], people: int, seconds: float, load: float) -> Costs:
    """Drive a server as people would, and compare what it takes with what was predicted.

    Args:
        costs: What was measured.
        people: How many.
        seconds: For how long.
        load: Share of a core it should take.

    Returns:
        What was asked for, what was predicted, and what was found.
    """
    unit = costs["sqlite"]
    mix = LISTS + TELLS
    mean = (LISTS * unit["us_list"] + TELLS * unit["us_opinion"]) / mix
    rate = load * 1e6 / mean
    population = Population([movie for movie in packaged_films()[0] if movie.imdb_id], people)
    with tempfile.TemporaryDirectory() as name:
        database = str(Path(name) / "films.db")
        with MovieLoop.open(database):
            pass
        empty = size(None, database)
        with MovieLoop.open(database) as loop:
            count = population.write(Path(name) / "past.dat", people * SAID)
            import_community(loop, Path(name) / "past.dat", name="past")
        full = size(None, database)
        requests: list[Request] = []
        many = int(rate * seconds)
        who, films = population.who(many), population.films(many, 11)
        for number, (user, film) in enumerate(zip(who.tolist(), films, strict=True)):
            if number % mix < TELLS:
                said = {"user_id": f"past:{user}", "movie_id": film.movie_id, "rating": 1}
                requests.append(("POST", "/feedback", said))
            else:
                requests.append(("GET", f"/recommend/past:{user}", None))
        with serving(database, None) as service:
            ask(service, [("GET", f"/recommend/past:{user}", None) for user in set(who.tolist())])
            began, before = time.perf_counter(), service.processor()[0]

            def wait(place: int) -> None:
                time.sleep(max(0.0, began + place / rate - time.perf_counter()))

            ask(service, requests, wait=wait)
            waited = time.perf_counter() - began
            spent = service.processor()[0] - before
    return {
        "people": people,
        "opinions": count,
        "requests_a_second": rate,
        "seconds": waited,
        "core_predicted": load * seconds / waited,
        "core": spent / waited,
        "bytes_opinion_predicted": unit["bytes_opinion"],
        "bytes_opinion": (full - empty) / count,
    }


if __name__ == "__main__":
    main()
