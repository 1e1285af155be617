"""An opinion is a value: it cannot be changed, and equal ones are equal."""

from dataclasses import FrozenInstanceError

import pytest

from movieloop.data.feedback import Feedback


def test_what_was_said_cannot_be_changed() -> None:
    said = Feedback(1, 7, None)
    with pytest.raises(FrozenInstanceError):
        said.rating = 1  # type: ignore[misc]
    assert said == Feedback(1, 7, None) != Feedback(1, 7, 0)
    assert (said.created_at, said.rank_before, said.popularity_rank_before) == (0, None, None)
