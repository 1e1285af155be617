"""The gradient against a numerical derivative, and the loss against a plain loop."""

from typing import NamedTuple

import numpy as np
import pytest

from movieloop.model.embeddings import Memory, speeds_of
from movieloop.taste import Box, Rates, bounding_box, learn, manhattan_distance
from movieloop.training.kernels import WORKERS, gradients

EVERYWHERE = Box(np.array(-np.inf), np.array(np.inf))


class Batch(NamedTuple):
    """What `gradients` is told, small enough for a plain loop."""

    points: np.ndarray
    memories: tuple[Memory, ...]
    movies: np.ndarray
    ratings: np.ndarray
    begins: np.ndarray
    cuts: np.ndarray
    ends: np.ndarray
    targets: int
    popularity: np.ndarray
    moment: np.ndarray

    @property
    def replaced(self) -> np.ndarray:
        """The next event of the same user on the same movie."""
        after = np.full(len(self.movies), 10**9)
        for row, begin in enumerate(self.begins):
            for h in range(begin, self.ends[row]):
                again = np.flatnonzero(self.movies[h + 1 : self.ends[row]] == self.movies[h])
                if len(again):
                    after[h] = h + 1 + again[0]
        return after

    @property
    def blocks(self) -> np.ndarray:
        return np.cumsum([0, *(memory.size for memory in self.memories)])

    def run(
        self, rivals: np.ndarray | None = None, correction: np.ndarray | None = None
    ) -> tuple[float, np.ndarray]:
        """The kernel's loss and gradient; all movies are rivals if none are named."""
        everybody = np.arange(len(self.points) - 1)
        some = everybody if rivals is None else rivals
        added = np.zeros(len(some)) if correction is None else correction
        out = np.empty((WORKERS, *self.points.shape), np.float32)
        losses = np.empty(WORKERS)
        gradients(
            self.points.astype(np.float32), self.blocks, speeds_of(self.memories), self.movies,
            self.ratings, self.begins, self.cuts, self.ends, self.replaced, self.targets,
            self.popularity.astype(np.float32), self.moment, some, added.astype(np.float32), out,
            losses,
        )  # fmt: skip
        return float(losses.sum()), out.sum(axis=0)

    def loss(self, points: np.ndarray) -> float:
        """The same loss, row by row, in the words of `taste`."""
        movies, start, total = points[:-1], points[-1], 0.0
        rates = Rates(
            *(
                np.repeat([getattr(m, name) for m in self.memories], np.diff(self.blocks))
                for name in Rates._fields
            )
        )
        for row, cut in enumerate(self.cuts):
            before = range(self.begins[row], cut)
            latest = {self.movies[h]: h for h in before}  # one opinion a movie counts
            counting = [h for h in before if latest[self.movies[h]] == h]
            said = [None if r < 0 else int(r) for r in self.ratings[counting]]
            opinions = zip(movies[self.movies[counting]], said, strict=True)
            profile = learn(start, opinions, rates=rates, box=bounding_box(points))
            scores = self.popularity[self.moment[row]] - manhattan_distance(profile, movies)
            scores = scores + np.abs(movies).sum(axis=1)
            rated = set(self.movies[list(before)].tolist())
            scores[list(rated)] = -np.inf
            next_ones = range(cut, self.ends[row])
            likes = [self.movies[q] for q in next_ones if self.ratings[q] == 1]
            likes = [movie for movie in dict.fromkeys(likes) if movie not in rated]
            likes = likes[: self.targets]
            if likes:
                total -= np.mean(scores[likes]) - np.log(np.exp(scores).sum())
        return float(total)


def batch(
    seed: int, *, users: int = 6, events: int = 8, movies: int = 9, push: float = 0.5
) -> Batch:
    random = np.random.default_rng(seed)
    memories = (
        Memory("slow", 3, patience=4.0, push=push),
        Memory("fast", 2, floor=0.3, push=0.0 if push < 1 else push, seen=1.0),
    )
    begins = np.arange(users) * events
    return Batch(
        points=random.normal(size=(movies + 1, 5)),
        memories=memories,
        movies=random.integers(0, movies, users * events),
        ratings=random.choice([1, 0, -1], users * events, p=[0.6, 0.2, 0.2]).astype(np.int8),
        begins=begins,
        cuts=begins + random.integers(0, events, users),
        ends=begins + events,
        targets=3,
        popularity=np.log(random.random((2, movies)) + 0.5),
        moment=random.integers(0, 2, users),
    )


PUSHES = (0.5, 3.0)  # the second meets the walls


def test_pushing_hard_meets_the_walls() -> None:
    gentle, hard = batch(1), batch(1, push=3.0)
    box = bounding_box(hard.points)
    walled = EVERYWHERE
    assert gentle.loss(gentle.points) != hard.loss(hard.points)
    rates = Rates(0.0, 1.0, 3.0, 0.2, 4.0)
    dislikes = [(hard.points[0], 0), (hard.points[1], 0), (hard.points[2], 0)]
    inside = learn(hard.points[-1], dislikes, rates=rates, box=box)
    assert not np.array_equal(inside, learn(hard.points[-1], dislikes, rates=rates, box=walled))


@pytest.mark.parametrize("push", PUSHES)
@pytest.mark.parametrize("seed", range(6))
def test_the_loss_is_that_of_a_plain_loop(seed: int, push: float) -> None:
    small = batch(seed, push=push)
    assert small.run()[0] == pytest.approx(small.loss(small.points), rel=1e-4)


@pytest.mark.parametrize("push", PUSHES)
@pytest.mark.parametrize("seed", range(6))
def test_the_gradient_is_the_derivative_of_the_loss(seed: int, push: float) -> None:
    small, step = batch(seed, push=push), 1e-5  # kinks are rarer than that
    numerical = np.empty_like(small.points)
    for place in np.ndindex(small.points.shape):
        ahead, behind = small.points.copy(), small.points.copy()
        ahead[place] += step
        behind[place] -= step
        numerical[place] = (small.loss(ahead) - small.loss(behind)) / (2 * step)
    np.testing.assert_allclose(small.run()[1], numerical, atol=2e-3)
    assert np.abs(numerical).max() > 0.1


def test_who_finds_nothing_new_teaches_nothing() -> None:
    small = batch(0, users=1)._replace(movies=np.zeros(8, np.int64), cuts=np.array([4]))
    loss, gradient = small.run()
    assert loss == 0
    assert not gradient.any()


@pytest.mark.parametrize("push", PUSHES)
def test_with_rivals_that_were_drawn_the_loss_is_right_on_average(push: float) -> None:
    small, random = batch(3, push=push), np.random.default_rng(0)
    chance = np.linspace(0.95, 1.0, len(small.points) - 1)
    losses, gradients_ = [], []
    for _ in range(4000):
        drawn = np.flatnonzero(random.random(len(chance)) < chance)
        loss, gradient = small.run(drawn, -np.log(chance[drawn]))
        losses.append(loss)
        gradients_.append(gradient)
    whole, slope = small.run()
    # The logarithm of a sum that is right on average is a little low, the less the more is drawn.
    assert np.mean(losses) == pytest.approx(whole, rel=0.02)
    np.testing.assert_allclose(np.mean(gradients_, axis=0), slope, atol=0.05)


def test_targets_take_part_though_nobody_drew_them() -> None:
    small = batch(3)
    alone, slope = small.run(np.empty(0, np.int64))  # the targets compete with each other
    assert 0 < alone < small.run()[0]
    assert np.isfinite(slope).all()
    assert slope.any()


def test_a_long_history_is_folded_whole() -> None:
    small = batch(0, users=2, events=1500, movies=3000)._replace(cuts=np.array([1400, 2900]))
    assert small.run()[0] == pytest.approx(small.loss(small.points), rel=1e-3)
