"""Recommendations and feedback over HTTP, loaded from another process with wrk.

    python benchmarks/over_http.py
    python benchmarks/over_http.py --quick

Measured in turns on one server: recommendations for 300 users beside the same application sending
the same bytes canned; feedback, on disk when answered, beside a POST that is parsed and dropped.
"Cold" recommendations have nothing kept: every request reads, scans and writes JSON.
"""

import argparse
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from measuring import machine, report
from spaces import embeddings, films

from movieloop import MovieLoop

HERE = Path(__file__).parent
GOALS = {
    "http_recommend_over_canned": ">= .85",
    "http_recommend_87k_over_canned": ">= .6",
    "http_recommend_cold_over_canned": ">= .85",
    "http_recommend_87k_cold_over_canned": ">= .6",
    "http_feedback_over_noop": ">= .85",
    "http_feedback_p99_over_noop": "<= 3",
}
USERS = 300
SETTLED = 5.0  # seconds after the start: by then the titles of 87,000 films are indexed


def fill(database: Path, movies: int | None) -> list[int]:
    """Make a database with users.

    Args:
        database: The file.
        movies: How many made-up films; None for the packaged ones.

    Returns:
        Ids of films to rate.
    """
    made = None if movies is None else (films(movies), embeddings(movies, 64).to_bytes(), "bench")
    with MovieLoop.open(database, films=made) as loop:
        known = [movie.movie_id for movie in loop.live.space().movies[:400]]
        for user in range(USERS):
            for turn in range(5):
                loop.store.submit(lambda _: None)
                loop.opinions.submit(f"u{user}", known[(7 * user + 13 * turn) % 400], int(turn > 0))
        loop.store.write(lambda _: None)
    return known


def script(folder: Path, name: str, text: str) -> str:
    """Write a script for wrk.

    Args:
        folder: Where.
        name: Its name.
        text: What it does.

    Returns:
        Its path.
    """
    path = folder / name
    path.write_text(text)
    return str(path)


def wrk(url: str, lua: str, *, seconds: float, clients: int) -> tuple[float, float]:
    """Load a server.

    Args:
        url: The server.
        lua: The script that makes requests.
        seconds: How long.
        clients: How many connections.

    Returns:
        Answers a second, and the 99th percentile in milliseconds.
    """
    said = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "-s", lua, url],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])
    value, unit = re.findall(r"99%\s+([\d.]+)(us|ms|s)", said)[0]
    return rate, float(value) * {"us": 1e-3, "ms": 1.0, "s": 1e3}[unit]


def measured(
    movies: int | None, *, seconds: int, rounds: int, clients: tuple[int, ...] = ()
) -> dict[str, list[float]]:
    """Start a server and measure its routes in turns.

    Args:
        movies: How many made-up films; None for the packaged ones.
        seconds: How long each turn lasts.
        rounds: How many turns.
        clients: Measure these numbers of connections instead, once each.

    Returns:
        Answers a second by route, one number a turn.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = fill(folder / "films.db", movies)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        server = subprocess.Popen(
            [sys.executable, str(HERE / "http_app.py"), str(folder / "films.db"), str(port)]
        )
        try:
            _wait(url)
            time.sleep(0 if movies is None else SETTLED)
            get = 'i=0\nrequest=function() i=i+1 return wrk.format("GET","/{}/u"..i%{}) end\n'
            fresh = ('i={}\nrequest=function() i=i+1 '
                     'return wrk.format("GET","/recommend/new"..i) end\n')  # fmt: skip
            ids = ",".join(map(str, known))
            post = (
                f"math.randomseed(%d)\nlocal ids={{{ids}}}\n"
                'request=function() return wrk.format("POST","/%s",'
                '{["content-type"]="application/json"},'
                f'\'{{"user_id":"w\'..math.random(2000)..\'","movie_id":\'..ids[math.random(#ids)]..'
                "',\"rating\":'..(math.random(4)>1 and 1 or 0)..'}') end\n"
            )
            taken: dict[str, list[float]] = {}

            def note(what: str, lua: str, clients: int = 16) -> None:
                rate, p99 = wrk(url, script(folder, "w.lua", lua), seconds=seconds, clients=clients)
                taken.setdefault(what, []).append(rate)
                taken.setdefault(f"{what} p99 ms", []).append(p99)

            for many in clients:
                note(f"recommend at {many}", get.format("recommend", USERS), many)
                note(f"feedback at {many}", post % (many, "feedback"), many)
            for turn in range(0 if clients else rounds):
                note("canned", get.format("canned", USERS))
                note("recommend", get.format("recommend", USERS))
                note("recommend, cold", fresh.format(turn * 10_000_000))
                if movies is None:
                    note("no-op POST", post % (turn, "noop"), 64)
                    note("feedback", post % (turn, "feedback"), 64)
            return taken
        finally:
            server.terminate()
            server.wait()


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=1).read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def main() -> None:
    """Measure the packaged films and 87,000 made-up ones."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="tiny, to see that it runs")
    quick = parser.parse_args().quick
    print(machine())
    ratios: dict[str, float | None] = dict.fromkeys(GOALS)
    if shutil.which("wrk") is None:
        print("wrk is missing (apt-get install wrk): not measured")
    else:
        for name, movies in (("", None), ("_87k", 3000 if quick else 87_000)):
            taken = measured(movies, seconds=1 if quick else 3, rounds=1 if quick else 3)
            print(f"\n{movies or 'packaged'} films, answers a second (one number a turn)")
            for what, values in taken.items():
                print(f"  {what:<28} " + "  ".join(f"{value:>10,.1f}" for value in values))
            middle = {what: statistics.median(values) for what, values in taken.items()}
            ratios[f"http_recommend{name}_over_canned"] = middle["recommend"] / middle["canned"]
            ratios[f"http_recommend{name}_cold_over_canned"] = (
                middle["recommend, cold"] / middle["canned"]
            )
            if movies is None:
                ratios["http_feedback_over_noop"] = middle["feedback"] / middle["no-op POST"]
                ratios["http_feedback_p99_over_noop"] = (
                    middle["feedback p99 ms"] / middle["no-op POST p99 ms"]
                )
    print()
    report(ratios, GOALS, keep=not quick)


if __name__ == "__main__":
    main()
