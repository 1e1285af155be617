"""How much memory and time does an import of a million ratings take?

    python benchmarks/import_million.py            # a million ratings, as MovieLens CSV
    python benchmarks/import_million.py 100000     # fewer

Makes ratings at random - 200 a person, of 20,000 films that are mostly new to the catalogue -
in a folder that is deleted at the end, imports them twice into a new database, and prints
seconds and the highest memory the process ever used. It should stay under 300 MB.

requires: movieloop itself (`pip install -e .`)
"""

import argparse
import random
import resource
import sys
import tempfile
from pathlib import Path

from movieloop import MovieLoop
from movieloop.importers import import_community

FILMS = 20_000
RATINGS_EACH = 200
FIRST_SECOND, LAST_SECOND = 800_000_000, 1_700_000_000


def write_movielens(folder: Path, ratings: int, *, seed: int = 0) -> None:
    """Write a data set in MovieLens' CSV format.

    Args:
        folder: Where to put ratings.csv and movies.csv.
        ratings: How many ratings.
        seed: Of the random numbers.
    """
    chance = random.Random(seed)
    with (folder / "movies.csv").open("w", encoding="utf-8") as file:
        file.write("movieId,title,genres\n")
        for film in range(FILMS):
            file.write(f'{film},"Film {film}, The ({1950 + film % 70})",Drama|Comedy\n')
    with (folder / "ratings.csv").open("w", encoding="utf-8") as file:
        file.write("userId,movieId,rating,timestamp\n")
        for number in range(ratings):
            film = int(FILMS * chance.random() ** 3)
            stars = chance.randint(1, 10) / 2
            second = chance.randint(FIRST_SECOND, LAST_SECOND)
            file.write(f"{number // RATINGS_EACH},{film},{stars},{second}\n")


def peak_megabytes() -> float:
    """Read the highest memory this process has used so far.

    Returns:
        Megabytes, the largest resident set.
    """
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    """Write the ratings, import them twice, print what it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("ratings", nargs="?", type=int, default=1_000_000)
    ratings = parser.parse_args().ratings
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "random"
        folder.mkdir()
        write_movielens(folder, ratings)
        database = Path(name) / "movieloop.db"
        with MovieLoop.open(database) as loop:
            loop.live.space()
            print(f"open       {peak_megabytes():7.0f} MB")
            for what in ("import", "again"):
                report = import_community(loop, folder)
                print(
                    f"{what:<10} {peak_megabytes():7.0f} MB  {report.seconds:6.1f} s  "
                    f"{report.read / report.seconds:9,.0f} rows/s  "
                    f"{report.imported:,} imported, {report.new_films:,} new films"
                )
        print(f"database   {database.stat().st_size / 1e6:7.0f} MB")


if __name__ == "__main__":
    main()
