"""Who may go live: judged by likes nobody has learned from, chance allowed for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.data.interactions import LIKED, RatingLog
from movieloop.training.gate import ENOUGH, judged, judging_slice, unmeasured

HOUR = 3_600_000


def people(count: int, likes: int) -> np.ndarray:
    return np.repeat(np.arange(count), likes)


def drawn(seed: int, rate: float, size: int) -> np.ndarray:
    return np.random.default_rng(seed).random(size) < rate


def test_a_better_candidate_goes_live() -> None:
    verdict = judged(drawn(1, 0.15, 2000), drawn(2, 0.10, 2000), people(100, 20))
    assert verdict.promoted and "no worse" in verdict.reason
    assert verdict.likes == 2000 and verdict.hit_rate and verdict.live_hit_rate


def test_a_truly_worse_candidate_hardly_ever_goes_live() -> None:
    """A tenth of the live points' hits are lost: chance lets it through at most now and then."""
    who, let_through = people(300, 20), 0
    for seed in range(200):
        live = drawn(seed, 0.10, len(who))
        lost = drawn(1000 + seed, 0.10, len(who))
        won = drawn(2000 + seed, 0.001, len(who))
        let_through += judged((live & ~lost) | won, live, who).promoted
    assert let_through <= 10


def test_noise_does_not_go_live_on_little_evidence() -> None:
    """Two that are equally good but agree on nothing: few likes cannot tell, so nothing changes."""
    who = people(20, 15)
    through = [
        judged(drawn(seed, 0.1, 300), drawn(500 + seed, 0.1, 300), who).promoted
        for seed in range(200)
    ]
    assert np.mean(through) < 0.25


def test_the_same_points_are_no_worse() -> None:
    live = drawn(3, 0.1, 400)
    assert judged(live, live, people(40, 10)).promoted


def test_one_person_alone_proves_nothing() -> None:
    verdict = judged(np.ones(300), np.zeros(300), np.zeros(300, np.int64))
    assert not verdict.promoted


def test_one_enthusiast_does_not_decide_for_everybody() -> None:
    who = np.concatenate([np.zeros(200, np.int64), np.arange(1, 201)])
    ours = np.concatenate([np.ones(200), np.zeros(200)])
    theirs = np.concatenate([np.zeros(200), np.ones(200) * (np.arange(200) < 20)])
    assert not judged(ours, theirs, who).promoted


def test_too_few_likes_decide_nothing() -> None:
    verdict = judged(np.ones(ENOUGH - 1), np.zeros(ENOUGH - 1), np.arange(ENOUGH - 1))
    assert not verdict.promoted
    assert verdict.reason.startswith("Only 199 likes are newer")
    assert (verdict.hit_rate, verdict.live_hit_rate) == (None, None)


def test_after_a_forget_only_a_clearly_worse_one_is_kept_back() -> None:
    who = people(50, 10)
    equal, live = drawn(1, 0.2, 500), drawn(2, 0.2, 500)
    assert judged(equal, live, who, forgotten=True).promoted
    assert unmeasured(0, forgotten=True).promoted
    worse = judged(np.zeros(500), live, who, forgotten=True)
    assert not worse.promoted and "clearly worse" in worse.reason


def log_of(
    times: list[int], ratings: list[int | None], movies: list[int] | None = None
) -> RatingLog:
    users = [number % 7 for number in range(len(times))]
    return RatingLog.of(
        users, movies or list(range(len(times))), ratings, times, order=range(len(times))
    )


def test_the_slice_is_the_newest_tenth() -> None:
    log = log_of([HOUR * i for i in range(4000)], [1] * 4000)
    start, asked = judging_slice(log, None)
    assert start == 3600 and asked.tolist() == list(range(3600, 4000))


def test_the_slice_grows_until_it_holds_enough_likes_but_not_beyond_half() -> None:
    log = log_of([HOUR * i for i in range(1000)], [1, 0] * 500)
    start, asked = judging_slice(log, None)
    assert start == 600 and len(asked) == ENOUGH
    small = log_of([HOUR * i for i in range(300)], [1] * 300)
    start, asked = judging_slice(small, None)
    assert start == 150 and len(asked) == 150  # not enough, and told so


@given(
    st.lists(st.integers(0, 40), min_size=2, max_size=300),
    st.one_of(st.none(), st.integers(-5, 45)),
)
def test_nobody_has_learned_from_what_judges(moments: list[int], until: int | None) -> None:
    """By the time of the ratings: what is imported late is not newer for that."""
    movies = [moment % 11 for moment in moments]
    log = log_of(moments, [1] * len(moments), movies)
    start, asked = judging_slice(log, until)
    if len(asked):
        assert until is None or log.time[asked].min() > until
        assert start == 0 or log.time[asked].min() > log.time[:start].max()
        assert (log.rating[asked] == LIKED).all()
    pairs = [(int(log.user[event]), int(log.movie[event])) for event in asked]
    before = {(int(log.user[e]), int(log.movie[e])) for e in range(start)}
    assert len(set(pairs)) == len(pairs) and not before & set(pairs)


@pytest.mark.parametrize("events", [0, 1, 2])
def test_an_empty_log_judges_nothing(events: int) -> None:
    log = RatingLog.of(
        range(events), range(events), [1] * events, range(events), movie_ids=range(3)
    )
    assert len(judging_slice(log, None)[1]) <= events
