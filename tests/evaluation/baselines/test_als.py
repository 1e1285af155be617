"""ALS takes part if its library is there."""

import pytest

from movieloop.evaluation.baselines.als import Als
from movieloop.evaluation.methods import absent
from tests.evaluation.baselines.asked import DATA


def test_als_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("movieloop.evaluation.baselines.als.find_spec", lambda name: None)
    assert "pip install" in Als.missing() and absent("als+live", DATA, live=True)
