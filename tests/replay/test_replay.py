"""The replay predicts before it learns, and learns nothing inside a sitting."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.data.interactions import RatingLog
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Replay, Scores
from tests.small_logs import knows_only_the_past, small_data

SECOND = 1000


class Fixed:
    """Scores that do not depend on anything."""

    name, kind = "fixed", "peer"

    def __init__(self, scores: list[float]) -> None:
        self._scores = np.array(scores)

    def scores(self, replay: Replay, part: slice) -> Scores:
        return np.tile(self._scores, (part.stop - part.start, 1))


class Peeking:
    """Looks at everything before the question, the running sitting included."""

    name, kind = "peeking", "peer"

    def fit(self, log: RatingLog, end: int) -> None:
        pass

    def scores(self, replay: Replay, part: slice) -> Scores:
        log, before = replay.log, replay.log.position[replay.events[part]]
        seen = Histories.before(log, replay.user[part], before).matrix(like=1, dislike=-1)
        return np.asarray(seen.toarray())

    def fold_scores(self, histories: RatingLog) -> Scores:
        return np.asarray(Histories.whole(histories).matrix().toarray())


class Honest(Peeking):
    """The same from what is learned."""

    def scores(self, replay: Replay, part: slice) -> Scores:
        histories, which = replay.histories(part)
        return np.asarray(histories.matrix(like=1, dislike=-1).toarray()[which])


@pytest.fixture
def log() -> RatingLog:
    """Ada rates 7, 8, 9 within a minute each, then 10 after a break; Bob rates in between."""
    return RatingLog.of(
        users=["ada", "bob", "ada", "ada", "ada", "bob"],
        movies=[7, 9, 8, 9, 10, 7],
        ratings=[1, 1, 0, 1, 1, None],
        times=[second * SECOND for second in (0, 5, 50, 110, 171, 500)],
    )


def test_nothing_is_learned_inside_a_sitting(log: RatingLog) -> None:
    replay = Replay(log, first=0, last=6)
    assert replay.known.tolist() == [0, 0, 0, 0, 3]
    assert [replay.learned(question).tolist() for question in range(5)] == [
        [], [], [], [], [0, 2, 3]
    ]  # fmt: skip


def test_a_pause_of_exactly_a_sitting_is_no_pause(log: RatingLog) -> None:
    def known(session_gap: float) -> list[int]:
        return Replay(replace(log, session_gap=session_gap), 0, 6).known.tolist()

    assert known(60) == [0, 0, 0, 0, 3]  # 60 s, then 61 s
    assert known(59) == [0, 0, 0, 2, 3]
    assert known(0) == [0, 0, 1, 2, 3]


def test_only_opinions_ask(log: RatingLog) -> None:
    replay = Replay(log, 0, 6)
    assert replay.events.tolist() == [0, 1, 2, 3, 4]
    assert replay.liked.tolist() == [True, True, False, True, True]
    assert Replay(log, 0, 6, asked=np.array([1, 5])).events.tolist() == [1]


def test_a_sitting_shares_one_history(log: RatingLog) -> None:
    histories, which = Replay(log, 0, 6).histories(slice(0, 5))
    assert len(histories) == 3  # ada before anything, ada after her sitting, bob before anything
    assert which.tolist() == [0, 2, 0, 0, 1]
    assert histories.sizes.tolist() == [0, 3, 0]


def test_rated_films_are_out_of_the_race_learned_or_not(log: RatingLog) -> None:
    ranks = Replay(log, 0, 6).ranks(Fixed([4.0, 3.0, 2.0, 1.0]))
    assert ranks.tolist() == [1, 3, 1, 1, 1]
    assert Replay(log, 0, 6).candidates.tolist() == [4, 4, 3, 2, 1]


def test_ties_count_half(log: RatingLog) -> None:
    ranks = Replay(log, 0, 6).ranks(Fixed([1.0, 1.0, 1.0, 0.0]))
    assert ranks.tolist() == [2, 2, 1.5, 1, 1]


def test_a_film_rated_again_takes_part() -> None:
    log = RatingLog.of("aaa", [7, 8, 7], [1, 1, 1], [0, 100 * SECOND, 200 * SECOND])
    replay = Replay(log, 2, 3)
    assert replay.ranks(Fixed([1.0, 2.0])).tolist() == [1.0]  # 8 is out, 7 is asked about
    assert replay.candidates.tolist() == [1]


def test_the_lists_hold_the_best_films_not_rated(log: RatingLog) -> None:
    answers = Replay(log, 0, 6).answers(Fixed([1.0, 3.0, 2.0, 3.0]), top=2)
    assert answers.top[[0, 2]].tolist() == [[1, 3], [1, 3]]
    assert answers.top[3].tolist() == [3, 2]  # ada has rated 7 and 8
    assert answers.ranks.tolist() == Replay(log, 0, 6).ranks(Fixed([1.0, 3.0, 2.0, 3.0])).tolist()


def test_who_peeks_into_the_sitting_is_caught() -> None:
    data = small_data()
    end = int(0.7 * len(data.log))
    assert knows_only_the_past(Honest, data.log, end)
    assert not knows_only_the_past(Peeking, data.log, end)


@given(st.integers(0, 1000), st.sampled_from([-1.0, 0.0, 60.0, 1e5]))
def test_it_ranks_as_a_plain_loop_does(seed: int, sitting: float) -> None:
    random = np.random.default_rng(seed)
    log = RatingLog.of(
        random.integers(0, 3, 30), random.integers(0, 8, 30), random.integers(0, 2, 30),
        random.integers(0, 300, 30) * SECOND, movie_ids=range(8), session_gap=sitting,
    )  # fmt: skip
    values = random.integers(0, 4, 8).astype(float)
    ranks = Replay(log, 10, 30).ranks(Fixed(values.tolist()))
    for question, event in enumerate(range(10, 30)):
        target, user = log.movie[event], log.user[event]
        rated = {m for m, u in zip(log.movie[:event], log.user[:event], strict=True) if u == user}
        others = [values[m] for m in range(8) if m != target and m not in rated]
        better = sum(value > values[target] for value in others)
        same = sum(value == values[target] for value in others)
        assert ranks[question] == 1 + better + same / 2
