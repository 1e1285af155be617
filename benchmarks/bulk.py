"""A million ratings from a file into the database, beside what SQLite's own shell does with it.

    python benchmarks/bulk.py
    python benchmarks/bulk.py --quick

The shell's `.import` copies text into a table without looking at it; ours checks every row, finds
the film, turns stars into opinions, keeps what is there already and leaves the database usable all
the while. The shell's table gets the index ours has.
"""

import argparse
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from import_million import write_movielens
from measuring import machine, report

from movieloop import MovieLoop
from movieloop.importers import import_community

GOALS = {"import_over_sqlite_cli": "<= 4"}


def main() -> None:
    """Measure both once; a million rows are their own average."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="ten thousand ratings")
    quick = parser.parse_args().quick
    print(machine())
    ratings = 10_000 if quick else 1_000_000
    shell = shutil.which("sqlite3")
    ratios: dict[str, float | None] = {"import_over_sqlite_cli": None}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "random"
        folder.mkdir()
        write_movielens(folder, ratings)
        with MovieLoop.open(Path(name) / "ours.db") as loop:
            ours = import_community(loop, folder).seconds
        print(f"movieloop import     {ours:8.2f} s   {ratings / ours:12,.0f} rows/s")
        if shell is None:
            print("sqlite3 is missing (apt-get install sqlite3): not compared")
        else:
            script = (
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;\n"
                "CREATE TABLE feedback (user_id TEXT, movie_id INTEGER, rating REAL, at INTEGER);\n"
                "CREATE INDEX by_user ON feedback (user_id, at, movie_id, rating);\n"
                f".import --csv --skip 1 {folder}/ratings.csv feedback\n"
            )
            began = time.perf_counter()
            subprocess.run([shell, f"{name}/shell.db"], input=script, text=True, check=True)
            theirs = time.perf_counter() - began
            print(f"sqlite3 .import      {theirs:8.2f} s   {ratings / theirs:12,.0f} rows/s")
            ratios["import_over_sqlite_cli"] = ours / theirs
    print()
    report(ratios, GOALS, keep=not quick)


if __name__ == "__main__":
    main()
