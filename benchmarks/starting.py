"""From the start of a process to its first recommendation, and how much memory it holds then.

    python benchmarks/starting.py
    python benchmarks/starting.py --quick

"First ever" has no database and an empty folder of compiled code; "later" finds both. Memory is the
resident set after 1,000 recommendations, without and with 87,000 films of 145 coordinates.
"""

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from measuring import machine, report
from spaces import embeddings, films

from movieloop import MovieLoop

GOALS = {
    "start_first_s": "<= 6",
    "start_later_s": "<= 2",
    "rss_packaged_mb": "<= 200",
    "rss_87k_mb": "<= 300",
}


def asked(database: Path, cache: Path, *, times: int) -> tuple[float, float]:
    """Start a server, ask it as soon as it answers, and stop it.

    Args:
        database: The database, which may not exist yet.
        cache: Where compiled code is kept.
        times: How many recommendations.

    Returns:
        Seconds to the first recommendation, and megabytes resident after the last one.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "movieloop", "serve", "--port", str(port), "--train-after", "0",
         "--database", str(database)],
        env=os.environ | {"NUMBA_CACHE_DIR": str(cache)},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        taken = None
        for i in range(times):
            while True:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/recommend/u{i}").read()
                    break
                except urllib.error.URLError:
                    if server.poll() is not None:
                        raise SystemExit("the server did not start") from None
                    time.sleep(0.02)
            taken = taken or time.perf_counter() - began
        status = Path(f"/proc/{server.pid}/status")
        resident = re.findall(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else []
        return taken or 0.0, float(resident[0]) / 1024 if resident else float("nan")
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Measure starts and memory."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="once, with few films")
    quick = parser.parse_args().quick
    print(machine())
    times = 1 if quick else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = [asked(folder / f"{i}.db", folder / f"cache {i}", times=1)[0] for i in range(times)]
        later = [asked(folder / "0.db", folder / "cache 0", times=1)[0] for _ in range(times)]
        _, packaged = asked(folder / "0.db", folder / "cache 0", times=1000)
        movies = 2000 if quick else 87_000
        large = folder / "large.db"
        made = (films(movies), embeddings(movies, 145).to_bytes(), "bench")
        MovieLoop.open(large, films=made).close()
        _, many = asked(large, folder / "cache 0", times=1000)
    print("first ever  " + "  ".join(f"{seconds:.2f} s" for seconds in first))
    print("later       " + "  ".join(f"{seconds:.2f} s" for seconds in later))
    ratios: dict[str, float | None] = {
        "start_first_s": statistics.median(first),
        "start_later_s": statistics.median(later),
        "rss_packaged_mb": packaged,
        "rss_87k_mb": many,
    }
    print()
    report(ratios, GOALS, keep=not quick)


if __name__ == "__main__":
    main()
