"""How long a library of 20,000 films takes, and how long a media server waits for its hook.

    python benchmarks/media_servers.py           # some minutes
    python benchmarks/media_servers.py --quick

The media server is a small one of the tests, on the same machine: half of its films are in the
catalogue, the others join it. The hooks are those of films watched to the end, one after the
other, against the real program; what they teach is learned meanwhile.

requires: pip install -e '.[test]'
"""

import argparse
import http.client
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil
from measuring import ROOT, machine, report
from service import serving

from movieloop import MovieLoop
from movieloop.data import packaged_films
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.status import say_who
from movieloop.importers.media_servers import connect_server, synchronise

sys.path.insert(0, str(ROOT))
from tests.importers.hooks.payloads import JELLYFIN
from tests.importers.media_servers.servers import ADA, TOKEN, Film, speaking

FILMS, EVENTS, TIMES = 20_000, 1_000, 10
GOALS = {"library_first_s": "<= 60", "library_again_s": "<= 5", "hook_p99_ms": "<= 50"}


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="tiny, to see that it runs")
    quick = parser.parse_args().quick
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        figures = measure_library(Path(folder) / "library.db", 200 if quick else FILMS)
        figures |= measure_hooks(Path(folder) / "hooks.db", 20 if quick else EVENTS)
    report(figures, GOALS, keep=not quick)


def library(films: int) -> list[Film]:
    """Make up what a server has.

    Args:
        films: How many.

    Returns:
        Half of them films of the catalogue, half others.
    """
    known = [movie for movie in packaged_films()[0] if movie.imdb_id][: films // 2]
    listed = [
        Film(f"k{i}", movie.title, movie.year, {"Imdb": movie.imdb_id or ""})
        for i, movie in enumerate(known)
    ]
    others = films - len(listed)
    return listed + [Film(f"o{i}", f"Home Movie {i}", 1990 + i % 30) for i in range(others)]


def measure_library(database: Path, films: int) -> dict[str, float | None]:
    """Synchronise a library again and again; from the third time on some films are new, some gone.

    Args:
        database: A new file.
        films: How many films the server has.

    Returns:
        The seconds of each time, and how many megabytes of memory those after the third added.
    """
    figures: dict[str, float | None] = {}
    process, memory = psutil.Process(), list[float]()
    with speaking("jellyfin", library(films)) as fake, MovieLoop.open(database) as loop:
        create_connection(loop.store, "home", "jellyfin")
        connect_server(loop, "home", fake.address, TOKEN)
        for what in ("library_first_s", "library_again_s", *["library_changed_s"] * TIMES):
            if what == "library_changed_s":
                del fake.films[:10]
                new = len(memory) * 100
                fake.films += [Film(f"n{new + i}", f"New Film {new + i}", 2026) for i in range(10)]
            began = time.perf_counter()
            told = synchronise(loop, "home").library
            figures[what] = time.perf_counter() - began
            resident = process.memory_info().rss / 2**20
            memory.append(resident)
            print(
                f"{what}: {told.films:,} films, {told.added:,} new, {told.removed:,} gone; "
                f"{resident:,.0f} MB resident"
            )
    return {**figures, "library_memory_mb": memory[-1] - memory[2]}


def measure_hooks(database: Path, events: int) -> dict[str, float | None]:
    """Tell the real program what was watched, one event after the other.

    Args:
        database: A new file.
        events: How many.

    Returns:
        Milliseconds: the median, the 99th percentile and the longest.
    """
    films = [movie for movie in packaged_films()[0] if movie.imdb_id][:events]
    with MovieLoop.open(database) as loop:
        secret = create_connection(loop.store, "home", "jellyfin")
    waited = []
    with serving(str(database), None) as service:
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
        for place in range(events):
            movie = films[place % len(films)]
            told = {**JELLYFIN, "UserId": ADA, "Name": movie.title, "Year": movie.year}
            told |= {"Provider_imdb": movie.imdb_id, "Provider_tmdb": "", "ItemId": f"i{place}"}
            body = json.dumps(told)
            began = time.perf_counter()
            kind = {"Content-Type": "application/json"}
            connection.request("POST", f"/hooks/home/{secret}", body, kind)
            answer = connection.getresponse()
            answer.read()
            waited.append(1000 * (time.perf_counter() - began))
            if answer.status != 202:  # noqa: PLR2004 - accepted
                raise SystemExit(f"answered {answer.status}")
            if place == 0:
                with MovieLoop.open(database) as loop:
                    say_who(loop, "home", "Ada", "ada")
        connection.close()
    middle, late, last = np.percentile(waited, [50, 99, 100])
    return {"hook_median_ms": middle, "hook_p99_ms": late, "hook_longest_ms": last}


if __name__ == "__main__":
    main()
