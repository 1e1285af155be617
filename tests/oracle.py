"""The idea once more, in plain loops: what `taste.py` must agree with. No NumPy in here."""

from collections.abc import Sequence
from dataclasses import dataclass

Point = list[float]
Opinion = tuple[Point, int | None]


@dataclass(frozen=True)
class Rules:
    """The rates and the walls, one number a coordinate."""

    floor: Point
    ceiling: Point
    push: Point
    seen: Point
    patience: Point
    low: Point
    high: Point


def manhattan_distance(profile: Point, movie: Point) -> float:
    blocks = 0.0
    for here, there in zip(profile, movie, strict=True):
        blocks += there - here if there > here else here - there
    return blocks


def pull(profile: Point, movie: Point, rate: Point) -> Point:
    moved = []
    for here, there, share in zip(profile, movie, rate, strict=True):
        moved.append(here + share * (there - here))
    return moved


def push(profile: Point, movie: Point, rate: Point, low: Point, high: Point) -> Point:
    moved = []
    for i, (here, there, share) in enumerate(zip(profile, movie, rate, strict=True)):
        goal = here - share * (there - here)
        moved.append(low[i] if goal < low[i] else high[i] if goal > high[i] else goal)
    return moved


def rate_after(likes: int, rules: Rules) -> Point:
    rates = []
    for floor, ceiling, patience in zip(rules.floor, rules.ceiling, rules.patience, strict=True):
        rate = 1.0 / (likes + 1 + patience)
        rate = floor if rate < floor else rate
        rates.append(ceiling if rate > ceiling else rate)
    return rates


def learn_one(profile: Point, movie: Point, rating: int | None, rules: Rules, likes: int) -> Point:
    rate = rate_after(likes, rules)
    if rating == 1:
        return pull(profile, movie, rate)
    if rating == 0:
        harder = [share * force for share, force in zip(rate, rules.push, strict=True)]
        return push(profile, movie, harder, rules.low, rules.high)
    gentler = [share * force for share, force in zip(rate, rules.seen, strict=True)]
    return pull(profile, movie, gentler)


def learn(profile: Point, opinions: Sequence[Opinion], rules: Rules) -> Point:
    likes = 0
    for movie, rating in opinions:
        profile = learn_one(profile, movie, rating, rules, likes)
        if rating == 1:
            likes += 1
    return profile


def nearest(
    profile: Point, movies: Sequence[Point], n: int, exclude: Sequence[int]
) -> list[tuple[int, float]]:
    """Pick the nearest again and again; a later row must be strictly nearer to win."""
    left = [row for row in range(len(movies)) if row not in exclude]
    found = []
    while left and len(found) < n:
        best = left[0]
        for row in left:
            if manhattan_distance(profile, movies[row]) < manhattan_distance(profile, movies[best]):
                best = row
        found.append((best, manhattan_distance(profile, movies[best])))
        left.remove(best)
    return found
