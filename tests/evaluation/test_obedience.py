"""A dislike is obeyed: measured in a replay, and true of any history."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from movieloop import Embeddings, Memory
from movieloop.data.interactions import RatingLog
from movieloop.evaluation.methods import Movieloop
from movieloop.evaluation.obedience import measure
from movieloop.evaluation.run import contest, trial_of
from movieloop.replay.replay import Replay
from movieloop.taste import manhattan_distance
from tests.small_logs import small_data

FILMS = 12
OPINIONS = st.lists(
    st.tuples(st.integers(0, FILMS - 1), st.sampled_from([1, 0, None])), max_size=15
)


def space(push: float = 0.5) -> Embeddings:
    points = np.random.default_rng(3).normal(size=(FILMS, 4))
    memories = (Memory("slow", 2, push=push), Memory("fast", 2, floor=0.4, push=push))
    return Embeddings(np.arange(FILMS), points, np.zeros(4), memories)


@given(OPINIONS, st.integers(0, FILMS - 1), st.sampled_from([0.0, 0.1, 0.5, 1.0, 3.0]))
def test_no_dislike_ever_brings_its_film_nearer(
    said: list[tuple[int, int | None]], film: int, push: float
) -> None:
    here = space(push)
    before = here.learn(said)
    likes = len({movie for movie, rating in said if rating == 1})
    after = here.learn([(film, 0)], profile=before, likes=likes)
    point = here.points[film]
    assert manhattan_distance(after, point) >= manhattan_distance(before, point) - 1e-12


def test_the_loop_reports_it() -> None:
    data = small_data()
    (ours,) = contest(
        data, trial_of("loop", data), protocol="loop", peers=[], say=lambda _: None, skip=print
    )
    figures = ours.obedience
    assert figures is not None and figures.dislikes > 10
    assert figures.farther == 1.0
    assert 0.5 < figures.neighbours <= 1.0
    assert ours.as_json()["obedience"]["dislikes"] == figures.dislikes


def test_without_a_push_nothing_moves() -> None:
    log = RatingLog.of(users=["a"] * 4, movies=[0, 1, 2, 3], ratings=[1, 1, 0, 0],
                       times=[i * 10**6 for i in range(4)], movie_ids=range(FILMS))  # fmt: skip
    figures = measure(Replay(log, 2, 4), space(push=0.0))
    assert figures is not None
    assert (figures.dislikes, figures.farther, figures.neighbours) == (2, 1.0, 0.0)
    pushed = measure(Replay(log, 2, 4), space(push=0.5))
    assert pushed is not None and pushed.neighbours == 1.0


def test_where_nobody_dislikes_nothing_is_claimed() -> None:
    learner = Movieloop()
    learner.fit(small_data().log, 600)
    log = RatingLog.of(users="ab", movies=[1, 2], ratings=[1, 1], times=[0, 10**6])
    assert measure(Replay(log, 0, 2), learner.space) is None
    unknown = RatingLog.of(users="a", movies=[10**6], ratings=[0], times=[0])
    assert measure(Replay(unknown, 0, 1), learner.space) is None
