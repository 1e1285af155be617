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
from measuring import ROOT, machine
from service import serving

from movieloop import MovieLoop
from movieloop.data import packaged_films
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.status import say_who
from movieloop.importers.media_servers import connect_server, synchronise

sys.path.insert(0, str(ROOT))
from tests.importers.hooks.payloads import JELLYFIN
from tests.importers.media_servers.servers import ADA, TOKEN, Film, speaking

FILMS, EVENTS = 20_000, 1_000


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="tiny, to see that it runs")
    quick = parser.parse_args().quick
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        measure_library(Path(folder) / "library.db", 200 if quick else FILMS)
        measure_hooks(Path(folder) / "hooks.db", 20 if quick else EVENTS)


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


def measure_library(database: Path, films: int) -> None:
    """Synchronise a library three times; the third time some films are new and some gone.

    Args:
        database: A new file.
        films: How many films the server has.
    """
    process = psutil.Process()
    with speaking("jellyfin", library(films)) as fake, MovieLoop.open(database) as loop:
        create_connection(loop.store, "home", "jellyfin")
        connect_server(loop, "home", fake.address, TOKEN)
        for what in ("library_first_s", "library_again_s", "library_changed_s"):
            if what == "library_changed_s":
                del fake.films[:10]
                fake.films += [Film(f"n{i}", f"New Film {i}", 2026) for i in range(10)]
            began = time.perf_counter()
            told = synchronise(loop, "home").library
            seconds = time.perf_counter() - began
            print(
                f"{what:<20} {seconds:8.2f}   {told.films:,} films, {told.added:,} new, "
                f"{told.removed:,} gone; {process.memory_info().rss / 2**20:,.0f} MB resident"
            )


def measure_hooks(database: Path, events: int) -> None:
    """Tell the real program what was watched, one event after the other.

    Args:
        database: A new file.
        events: How many.
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
    print(f"hook_p99_ms          {late:8.2f}   median {middle:.2f}, longest {last:.2f}")


if __name__ == "__main__":
    main()
