"""Who takes part, who cannot, and what is refused."""

import pytest

from movieloop.errors import InvalidInput
from movieloop.evaluation.baselines.item_item import Ease
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


def test_a_best_value_at_the_edge_of_its_grid_is_told() -> None:
    data = small_data()
    trial = trial_of("loop", data)
    results = contest(data, trial, protocol="loop", peers=["ease"], say=lambda _: None, skip=print)
    ease = list(results)[-1]
    assert ("(edge)" in ease.settings) == Ease().changed(
        "ridge", float(ease.settings.removesuffix(" (edge)").split()[-1])
    ).at_edge("ridge")
    assert Ease(ridges=(1e-9, 1e-8, 1e-7)).changed("ridge", 1e-7).at_edge("ridge")


def test_peers_may_be_measured_alone() -> None:
    trial = trial_of("loop", DATA)
    results = contest(
        DATA, trial, protocol="loop", peers=["live"], say=print, skip=print, only_peers=True
    )
    assert [result.name for result in results] == ["live popularity"]
