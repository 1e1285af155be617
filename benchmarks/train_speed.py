"""How long training takes: everything `movieloop train` computes, at three sizes.

    python benchmarks/train_speed.py                            # some twenty minutes
    python benchmarks/train_speed.py --times 3 --sizes 100000
    python benchmarks/train_speed.py --sizes 300000 --ray       # and on a Ray of this machine

What the pages show of it is kept in `latest.json`, from which `speed.py` writes their tables.

The ratings are made up: people of eight tastes rate films in sittings of a minute or two, a few
people rate a great deal and a few films are rated by everybody. Kernels are compiled before the
clock starts, as they are for all but the first training on a machine.
"""

import argparse
import resource
import time

import numpy as np
from measuring import report

from movieloop.data.interactions import RatingLog
from movieloop.training.fit import fit
from movieloop.training.ray_trainer import ray_trainer

GOALS = {100_000: 60, 500_000: 480, 1_000_000: 960}  # ratings: seconds on two cores
BESIDE_RAY = 300_000  # ratings
DAY = 86_400  # seconds
TASTES = 8


def main() -> None:
    """Train at each size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(GOALS), help="ratings")
    parser.add_argument("--times", type=int, default=1, help="measure so often, keep the best")
    parser.add_argument("--ray", action="store_true", help="train on a Ray of this machine, too")
    asked = parser.parse_args()
    if asked.ray:
        ratios = {named(size, "ray_over_alone"): beside_ray(made_up(size)) for size in asked.sizes}
        report(ratios, {}, keep=asked.sizes == [BESIDE_RAY])
        return
    fit(made_up(5_000))  # compiles, or loads what was compiled
    print(f"{'ratings':>9} {'people':>7} {'films':>6} {'plan':>10} {'seconds':>8} "
          f"{'cpu':>6} {'goal':>5} {'MB':>6}")  # fmt: skip
    for size in asked.sizes:
        log = made_up(size)
        seconds, cpu, plan = float("inf"), float("inf"), ""
        for _ in range(asked.times):
            began, began_cpu = time.perf_counter(), time.process_time()
            plan = fit(log).trained.plan.name
            seconds = min(seconds, time.perf_counter() - began)
            cpu = min(cpu, time.process_time() - began_cpu)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{len(log):>9,} {log.users:>7,} {len(log.movie_ids):>6,} {plan:>10} "
              f"{seconds:>8.1f} {cpu:>6.1f} {GOALS.get(size, '-'):>5} {memory:>6,}")  # fmt: skip
        if size in GOALS:
            figures = {named(size, "s"): seconds, named(size, "mb"): memory}
            report(figures, {named(size, "s"): f"<= {GOALS[size]}"}, keep=True)


def named(ratings: int, what: str) -> str:
    """Name a figure.

    Args:
        ratings: Of how many ratings.
        what: What of them.

    Returns:
        Its name in `latest.json`.
    """
    return f"train_{ratings // 1000}k_{what}"


def beside_ray(log: RatingLog) -> float:
    """Train on the processors of this machine without and with Ray, and compare.

    Args:
        log: The ratings.

    Returns:
        The seconds with Ray, divided by those without.
    """
    fit(made_up(5_000))
    began = time.perf_counter()
    here = fit(log).trained.points
    alone = time.perf_counter() - began
    with ray_trainer() as trainer:
        fit(made_up(5_000), trainer=trainer)  # its workers load what was compiled
        began = time.perf_counter()
        there = fit(log, trainer=trainer).trained.points
        with_ray = time.perf_counter() - began
    assert np.array_equal(here, there), "Ray has come to other points"
    print(f"{len(log):,} ratings: here {alone:.1f} s, Ray {with_ray:.1f} s, the same points")
    return with_ray / alone


def made_up(ratings: int, *, seed: int = 0) -> RatingLog:
    """Make up ratings.

    Args:
        ratings: About how many.
        seed: The same seed gives the same.

    Returns:
        The log.
    """
    random = np.random.default_rng(seed)
    people = min(6000, max(100, ratings // 105))
    films = min(3700, max(300, ratings // 60))
    busy = random.lognormal(0, 1.1, people)
    # A few people would like to rate more films than there are.
    counts = np.clip(1.1 * ratings * busy / busy.sum(), 20, films // 2).astype(np.int64)
    famous = 1 / (np.arange(films) + 20) ** 0.9
    taste_of_film = random.integers(TASTES, size=films)
    columns: list[tuple[np.ndarray, ...]] = []
    for user, count in enumerate(counts.tolist()):
        own = taste_of_film == user % TASTES
        chances = famous * np.where(own, 4.0, 1.0)
        movies = random.choice(films, count, replace=False, p=chances / chances.sum())
        pauses = np.where(
            random.random(count) < 1 / 15,
            random.exponential(6 * DAY, count),
            random.exponential(15, count),
        )
        times = random.uniform(0, 900 * DAY) + np.cumsum(pauses)
        luck = random.random(count)
        likes = np.where(own[movies], 0.75, 0.5)
        rating = np.where(luck < likes, 1, np.where(luck < likes + 0.2, -1, 0))
        columns.append((np.full(count, user), movies, rating, times))
    users, movies, rating, times = (np.concatenate(column) for column in zip(*columns, strict=True))
    kept = random.permutation(len(users))[:ratings]
    said = [None if r < 0 else r for r in rating[kept].tolist()]
    return RatingLog.of(users[kept], movies[kept], said, (times[kept] * 1000).astype(np.int64))


if __name__ == "__main__":
    main()
