"""The plans one may choose from."""

from movieloop.training.hyperparameters import CANDIDATES


def test_the_plans_go_from_calm_to_lively() -> None:
    assert [plan.name for plan in CANDIDATES] == ["calm", "attentive", "lively"]
    assert [len(plan.memories) for plan in CANDIDATES] == [1, 2, 3]
    assert not CANDIDATES[0].learns_start
