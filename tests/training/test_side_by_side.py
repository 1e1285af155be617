"""Points side by side are one space whose distance is the mean of theirs, or their sum."""

from dataclasses import replace

import numpy as np

from movieloop.model.content import Content
from movieloop.model.embeddings import Memory
from movieloop.taste import manhattan_distance
from movieloop.training.hyperparameters import PATIENCE
from movieloop.training.side_by_side import beside_content, beside_timeless, stack
from movieloop.training.train import train
from tests.training.two_tastes import TINY, two_tastes

LOG = two_tastes()


def test_the_distance_is_the_mean_of_the_members() -> None:
    members = [train(LOG, TINY, seed=seed) for seed in range(3)]
    together = stack(members)
    for trained in members:
        assert trained.points.shape == (40, TINY.embedding_size)
    profiles = [member.points[7] for member in members]
    mean = np.mean(
        [manhattan_distance(p, m.points) for p, m in zip(profiles, members, strict=True)], axis=0
    )
    whole = manhattan_distance(np.concatenate(profiles) / 3, together.points)
    np.testing.assert_allclose(whole, mean, rtol=1e-5)
    names = [memory.name for memory in together.plan.memories]
    assert len(names) == len(set(names)) == 3 * len(TINY.memories)


def test_what_stands_beside_adds_to_the_distance_by_its_share() -> None:
    one, other = train(LOG, TINY, seed=0), train(LOG, TINY, seed=1)
    content = Content(np.random.default_rng(0).normal(size=(40, 3)), (Memory("genres", 3),))
    plan = replace(one.plan, content=0.5, timeless=0.25)
    whole = beside_timeless(beside_content(replace(one, plan=plan), content), other)
    assert whole.points.shape == (40, 2 * TINY.embedding_size + 3)
    assert len(whole.start) == whole.points.shape[1]
    parts = (one.points, 0.5 * content.points, 0.25 * other.points)
    far = [manhattan_distance(points[3], points) for points in parts]
    np.testing.assert_allclose(manhattan_distance(whole.points[3], whole.points), sum(far))
    beside = whole.plan.memories[-len(TINY.memories) :]
    assert {memory.patience for memory in beside} == {PATIENCE}
    assert len({memory.name for memory in whole.plan.memories}) == len(whole.plan.memories)


def test_what_weighs_nothing_is_left_out() -> None:
    one = train(LOG, TINY, seed=0)
    content = Content(np.ones((40, 1)), (Memory("genres", 1),))
    assert beside_content(one, content) is one
    assert beside_timeless(one, one) is one
    plan = replace(one.plan, content=1.0, timeless=1.0)
    heavy = replace(one, plan=plan)
    assert beside_content(heavy, None) is heavy
    assert beside_timeless(heavy, None) is heavy
