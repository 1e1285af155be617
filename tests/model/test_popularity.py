"""Live popularity against the plainest loop."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from movieloop.data.interactions import RatingLog
from movieloop.model.popularity import DAY, LivePopularity

HOUR = DAY // 24
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 4), st.sampled_from([1, 0, None]), st.integers(0, 2000)
    ),
    min_size=1,
    max_size=40,
)


def plain(log: RatingLog, moment: int, half_life: float, sitting: float) -> list[float]:
    """Count every like whose sitting was over by the moment, one after the other."""
    counts = [0.0] * len(log.movie_ids)
    for event in range(len(log)):
        own = [
            time for time, user in zip(log.time, log.user, strict=True) if user == log.user[event]
        ]
        over = last = int(log.time[event])
        for time in sorted(own):
            if time >= last and time - last <= sitting * 1000:
                last = int(time)
        over = last + int(sitting * 1000)
        if log.rating[event] == 1 and over <= moment:
            counts[log.movie[event]] += 2.0 ** (-(moment - over) / (half_life * DAY))
    return counts


@given(
    EVENTS,
    st.lists(st.integers(0, 3000), min_size=1, max_size=6),
    st.sampled_from([0.02, 1.0, 30.0, 1e6]),
    st.sampled_from([0.0, 60.0, 7200.0]),
)
def test_it_counts_as_a_plain_loop_does(
    events: list[tuple[int, int, int | None, int]],
    hours: list[int],
    half_life: float,
    sitting: float,
) -> None:
    users, movies, ratings, times = zip(*events, strict=True)
    when = np.array(times) * HOUR
    log = RatingLog.of(users, movies, ratings, when, movie_ids=range(5), session_gap=sitting)
    moments = [hour * HOUR for hour in hours]  # in any order: it may have to start anew
    counted = LivePopularity(log, half_life=half_life).at(moments)
    expected = [plain(log, moment, half_life, sitting) for moment in moments]
    np.testing.assert_allclose(counted, expected, rtol=1e-9, atol=1e-12)


def test_a_pause_of_centuries_overflows_nothing() -> None:
    log = RatingLog.of("ab", [7, 8], [1, 1], [0, 400 * 365 * DAY])
    counted = LivePopularity(log, half_life=0.5).at([60_000, 400 * 365 * DAY + 60_000])
    np.testing.assert_allclose(counted, [[1, 0], [0, 1]], atol=1e-12)
