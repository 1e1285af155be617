"""The interval holds at every look together, and is worth looking at."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from movieloop.replay.confidence_sequence import interval


@pytest.mark.parametrize("share", [0.5, 0.2])
def test_few_ever_see_it_leave_out_the_truth(share: float) -> None:
    random, fooled, people = Random(7), 0, 120
    for _ in range(people):
        wins = 0
        for looks in range(1, 151):
            wins += random.random() < share
            low, high = interval(wins, looks - wins)
            if not low <= share <= high:
                fooled += 1
                break
    assert fooled <= 0.05 * people


@given(some.integers(0, 500), some.integers(0, 500))
def test_the_ends_lie_around_the_share_and_mirror(wins: int, losses: int) -> None:
    low, high = interval(wins, losses)
    assert 0.0 <= low <= high <= 1.0
    if wins + losses:
        assert low <= wins / (wins + losses) <= high
    other = interval(losses, wins)
    assert (1 - other[1], 1 - other[0]) == pytest.approx((low, high), abs=1e-9)


@given(some.integers(1, 300), some.integers(1, 300))
def test_an_end_is_where_the_game_has_paid_twenty(wins: int, losses: int) -> None:
    for share in interval(wins, losses):
        likely = wins * math.log(share) + losses * math.log1p(-share)
        mixture = math.lgamma(wins + 1) + math.lgamma(losses + 1) - math.lgamma(wins + losses + 2)
        assert math.exp(mixture - likely) == pytest.approx(20, rel=1e-6)


def test_it_gets_narrower_with_more() -> None:
    widths = [high - low for low, high in (interval(n, n) for n in (1, 10, 100, 1000))]
    assert widths == sorted(widths, reverse=True) and widths[-1] < 0.11
