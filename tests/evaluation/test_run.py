"""Who takes part, who cannot, and what is refused."""

import pytest

from movieloop.errors import InvalidInput
from movieloop.evaluation.loading import check, collect
from movieloop.evaluation.run import contest, peers_named, trial_of
from tests.small_logs import small_data

DATA = small_data()


def test_an_unknown_peer_and_thin_data_are_refused_with_a_way_on() -> None:
    with pytest.raises(InvalidInput, match="Choose of: random"):
        peers_named("knn,svd")
    with pytest.raises(InvalidInput, match="needs 100"):
        check(collect([], name="nothing"))


def test_who_cannot_take_part_says_why() -> None:
    said: list[str] = []
    data = collect([], name="x")
    no_genres = type(data)("small", DATA.log, None)
    for protocol, peer in (("loop", "genres"), ("holdout", "live")):
        trial = trial_of(protocol, no_genres)
        results = contest(
            no_genres, trial, protocol=protocol, peers=[peer], say=lambda _: None, skip=said.append
        )
        assert [result for result in results if result.kind == "peer"] == []
    assert said == [
        "genres does not take part: no genres are known.",
        "live does not take part: nothing is live where people are held out.",
    ]
