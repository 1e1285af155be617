"""How long several people wait for their film, with everybody's exact account.

    python benchmarks/group.py
    python benchmarks/group.py --quick

Five people of 20 ratings each, 87,000 made-up films of 64 coordinates; nothing is kept from one
call to the next but the people's profiles.
"""

import argparse
import tempfile
from pathlib import Path

from measuring import machine, report, show, side_by_side
from spaces import embeddings, films

from movieloop import MovieLoop

GOALS = {"group_of_5_first_film_ms": "<= 2", "group_of_5_ten_films_ms": "<= 20"}
PEOPLE = ["ada", "bob", "cid", "dot", "eve"]
RATINGS = 20


def main() -> None:
    """Measure a film, ten films, and a list for one person beside them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer films, to see that it runs")
    quick = parser.parse_args().quick
    print(machine())
    movies = 600 if quick else 87_000
    with tempfile.TemporaryDirectory() as name:
        made = (films(movies), embeddings(movies, 64).to_bytes(), "bench")
        with MovieLoop.open(Path(name) / "films.db", films=made) as loop:
            for place, user in enumerate(PEOPLE):
                for i in range(RATINGS):
                    loop.add_feedback(user, 1 + (101 * place + 7 * i) % movies, int(i % 4 > 0))
            spreads = side_by_side(
                {
                    "one person, ten films": lambda: loop.recommend("ada", n=10),
                    "five people, one film": lambda: loop.recommend_group(PEOPLE, n=1),
                    "five people, ten films": lambda: loop.recommend_group(PEOPLE, n=10),
                },
                rounds=5 if quick else 60,
                calls=2,
            )
    show(f"a film for {len(PEOPLE)} people among {movies:,}", spreads, unit=1e3, name="ms")
    ratios: dict[str, float | None] = {
        "group_of_5_first_film_ms": 1000 * spreads["five people, one film"].median,
        "group_of_5_ten_films_ms": 1000 * spreads["five people, ten films"].median,
    }
    print()
    report(ratios, GOALS, keep=not quick)


if __name__ == "__main__":
    main()
