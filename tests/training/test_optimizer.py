"""Adam walks to the lowest point, goes on where it was, and holds back what little is known of."""

import numpy as np

from movieloop.training.optimizer import Adam

TARGET = np.array([[1.0, -2.0], [3.0, 0.5], [0.0, 0.0]], np.float32)  # the last is the start


def walked(walk: Adam, steps: int) -> Adam:
    for _ in range(steps):
        walk.step(walk.points() - TARGET)
    return walk


def begun(**more: float) -> Adam:
    settings = {"learning_rate": 0.1, "reg": 0.0, "steps": 200, **more}
    return Adam(np.zeros((2, 2), np.float32), **settings)


def test_it_arrives() -> None:
    np.testing.assert_allclose(walked(begun(), 200).average()[:2], TARGET[:2], atol=0.05)


def test_a_walk_in_two_parts_is_the_same_walk_to_the_bit() -> None:
    first = walked(begun(), 90)
    second = begun()
    second.restore({name: array.copy() for name, array in first.state().items()})
    once, twice = walked(begun(), 200), walked(second, 110)
    assert once.average().tobytes() == twice.average().tobytes()
    assert once.points().tobytes() == twice.points().tobytes()


def test_what_is_held_back_stays_nearer_to_what_all_share() -> None:
    free, held = (walked(begun(reg=reg), 200).average()[:2] for reg in (0.0, 3.0))
    assert np.ptp(held, axis=0).sum() < 0.6 * np.ptp(free, axis=0).sum()


def test_the_start_walks_only_if_it_may() -> None:
    pulled = np.ones((3, 2), np.float32)
    still, moving = begun(), begun(learns_start=True)
    for walk in (still, moving):
        walk.step(pulled)
    assert (still.points()[-1] == 0).all()
    assert (moving.points()[-1] < 0).all()
