"""How cost grows: by films, users, ratings and clients; draws the plots of docs/speed.md.

python benchmarks/growth.py                      # some minutes
python benchmarks/growth.py films clients        # these only
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from measuring import machine
from over_http import measured
from spaces import embeddings, profiles, space
from spaces import films as made_up_films

from movieloop import MovieLoop
from movieloop.api.response_cache import ResponseCache
from movieloop.evaluation.plots import Line, draw_lines
from movieloop.store import ImportedFeedback

PLOTS = Path(__file__).parents[1] / "docs" / "plots"
FILMS = (5_000, 20_000, 87_000, 300_000, 1_000_000)
USERS = (1_000, 10_000, 100_000, 1_000_000)
RATINGS = (10, 100, 1_000, 10_000)
CLIENTS = (1, 4, 16, 64)  # a process answers 128 at once and refuses more


def main() -> None:
    """Measure and draw."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", help=f"{', '.join(GROWN)}; all if none is named")
    names = parser.parse_args().names or list(GROWN)
    if not set(names) <= set(GROWN):
        parser.error(f"choose of {', '.join(GROWN)}")
    print(machine())
    for name in names:
        if name == "clients" and shutil.which("wrk") is None:
            print("wrk is missing (apt-get install wrk): not measured")
            continue
        steps, title, measure = GROWN[name]
        drawn(name, steps, title, measure())


def drawn(name: str, steps: tuple[int, ...], title: str, lines: dict[str, list[float]]) -> None:
    """Print one measurement and draw it.

    Args:
        name: What the file is called.
        steps: What was grown.
        title: What stands above.
        lines: The values at each step, by name.
    """
    print(f"\n{title}")
    for what, values in lines.items():
        print(f"  {what:<24} " + "  ".join(f"{value:>12,.2f}" for value in values))
    ticks = [f"{step:,}" for step in steps]
    chart = [Line(what, values, i == 0) for i, (what, values) in enumerate(lines.items())]
    (PLOTS / f"{name}.svg").write_text(draw_lines(chart, ticks, title))


def median(work: Callable[[], object], *, times: int = 15) -> float:
    """Time something.

    Args:
        work: What.
        times: How often, after once to warm up.

    Returns:
        The median of the seconds.
    """
    work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def by_films() -> dict[str, list[float]]:
    """Measure the search alone."""
    taken = []
    for movies in FILMS:
        made = space(movies, 64)
        profile, mask = profiles(made, 1)[0], made.unseen(())
        taken.append(1e6 * median(lambda: made.nearest(profile, n=10, mask=mask)))  # noqa: B023
    return {"nearest 10": taken}


def asked(answers: ResponseCache, loop: MovieLoop) -> bytes:
    """Ask as people do: what was answered before is sent again while nothing new was said."""
    return answers.get("ada", 10) or answers.recommend(loop, "ada", 10)


def by_ratings() -> dict[str, list[float]]:
    """Measure one user who rates more and more."""
    kept, worked_out, feedback = [], [], []
    for ratings in RATINGS:
        with opened(20_000) as loop:
            rate(loop, "ada", ratings)
            loop.add_feedback("ada", 19_999, 1)
            answers = ResponseCache(loop.store.watch())
            worked_out.append(1e3 * median(lambda: loop.recommend("ada")))
            again = partial(asked, answers, loop)
            kept.append(1e3 * median(again))
            films = iter(range(15_000, 16_000))
            feedback.append(1e3 * median(lambda: loop.add_feedback("ada", next(films), 1)))  # noqa: B023
    return {"asked again": kept, "worked out": worked_out, "feedback": feedback}


def by_users() -> dict[str, list[float]]:
    """Measure one user among more and more."""
    recommend, feedback = [], []
    with opened(5_000) as loop:
        there = 0
        for users in USERS:
            for begin in range(there, users, 5_000):
                some = [
                    ImportedFeedback(f"u{u}", 1 + u % 4000, 1, str(u), 1000 + u)
                    for u in range(begin, min(begin + 5_000, users))
                ]
                loop.store.write(lambda session: session.append_imported(some))  # noqa: B023
            there = users
            numbers = iter(range(4_001, 5_000))
            recommend.append(1e3 * median(lambda: loop.recommend(f"u{users // 2}")))  # noqa: B023
            feedback.append(
                1e3 * median(lambda: loop.add_feedback(f"u{users // 3}", next(numbers), 1))  # noqa: B023
            )
    return {"recommend": recommend, "feedback": feedback}


def by_clients() -> dict[str, list[float]]:
    """Measure the server with more and more connections."""
    taken = measured(None, seconds=2, rounds=1, clients=CLIENTS)
    return {
        what: [taken[f"{what} at {clients}"][0] for clients in CLIENTS]
        for what in ("recommend", "feedback")
    }


@contextmanager
def opened(movies: int) -> Iterator[MovieLoop]:
    """Open a new database of made-up films, which is deleted at the end."""
    made = (made_up_films(movies), embeddings(movies, 64).to_bytes(), "bench")
    with (
        tempfile.TemporaryDirectory() as folder,
        MovieLoop.open(Path(folder) / "films.db", films=made) as loop,
    ):
        yield loop


def rate(loop: MovieLoop, user: str, ratings: int) -> None:
    """Let somebody have rated films.

    Args:
        loop: The loop.
        user: Who.
        ratings: How many.
    """
    rows = [
        ImportedFeedback(user, 1 + i, int(i % 3 > 0), f"{user} {i}", 1000 + i)
        for i in range(ratings)
    ]
    loop.store.write(lambda session: session.append_imported(rows))


GROWN: dict[str, tuple[tuple[int, ...], str, Callable[[], dict[str, list[float]]]]] = {
    "films": (FILMS, "microseconds for the nearest 10 of so many films", by_films),
    "ratings": (RATINGS, "milliseconds for a user with so many ratings", by_ratings),
    "users": (USERS, "milliseconds with so many users in the database", by_users),
    "clients": (CLIENTS, "answers a second for so many clients", by_clients),
}


if __name__ == "__main__":
    main()
