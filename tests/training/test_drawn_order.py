"""Likes in a drawn order: what `test_timeless` says of voices, said of one log."""

from movieloop.data.interactions import LIKED
from movieloop.training.drawn_order import in_drawn_order
from tests.training.two_tastes import two_tastes

LOG = two_tastes()


def test_nothing_but_the_order_changes() -> None:
    drawn = in_drawn_order(LOG, 3)
    assert len(drawn) == int((LOG.rating == LIKED).sum())
    assert (drawn.time[1:] > drawn.time[:-1]).all()
    assert drawn.movie_ids is LOG.movie_ids
    assert drawn.user.tolist() != in_drawn_order(LOG, 4).user.tolist()
