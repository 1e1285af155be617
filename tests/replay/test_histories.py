"""Many histories in two flat arrays say what plain lists would say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from movieloop.data.interactions import DISLIKED, LIKED
from movieloop.replay.histories import Histories
from tests.small_logs import small_data

LOG = small_data().log


@given(st.lists(st.tuples(st.integers(0, LOG.users - 1), st.floats(0, 1)), max_size=8))
def test_each_history_is_the_oldest_events_of_its_user(asked: list[tuple[int, float]]) -> None:
    users = [user for user, _ in asked]
    own = [np.flatnonzero(LOG.user == user) for user in users]
    counts = [int(share * len(events)) for (_, share), events in zip(asked, own, strict=True)]
    known = Histories.before(LOG, users, counts)
    assert len(known) == len(asked)
    for row, (events, count) in enumerate(zip(own, counts, strict=True)):
        taken = slice(known.starts[row], known.starts[row + 1])
        assert known.events[taken].tolist() == events[:count].tolist()
        assert known.ages[taken].tolist() == list(range(count))[::-1]


def test_the_matrix_adds_up_what_each_event_says() -> None:
    known = Histories.whole(LOG)
    expected = np.zeros((LOG.users, len(LOG.movie_ids)))
    for row in range(LOG.users):
        events = np.flatnonzero(LOG.user == row)
        for age, event in enumerate(events[::-1]):
            said = {LIKED: 1.0, DISLIKED: -0.5}.get(int(LOG.rating[event]), 0.25)
            expected[row, LOG.movie[event]] += said * 0.9**age
    found = known.matrix(dislike=-0.5, seen=0.25, fade=0.9)
    np.testing.assert_allclose(found.toarray(), expected, rtol=1e-5)
    assert known.matrix().nnz == (LOG.rating == LIKED).sum()
