"""Fitting chooses by the past alone, prefers calm, and predicts what is served."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from movieloop.data.interactions import RatingLog
from movieloop.errors import TooLittleData
from movieloop.model.popularity import LivePopularity
from movieloop.replay.replay import Replay
from movieloop.taste import manhattan_distance
from movieloop.training import fit as fitting
from movieloop.training import train as training
from movieloop.training.fit import fit
from movieloop.training.mixing import FADING, SHARES, TASTE
from movieloop.training.train import train
from tests.training.two_tastes import LIVELY, TINY, scorer, two_tastes


@pytest.fixture(scope="module")
def log() -> RatingLog:
    return two_tastes(people=90)


class Served:
    """The distance as the server computes it, one question at a time."""

    name = "served"

    def __init__(self, trained: training.Trained) -> None:
        self.trained = trained

    def scores(self, replay: Replay, part: slice) -> np.ndarray:
        half_life = self.trained.plan.half_life or 1.0
        live = LivePopularity(replay.log, half_life=half_life, clock="likes")
        rows = []
        for question in range(part.start, part.stop):
            space = self.trained.embeddings(live.at([replay.time[question]])[0])
            learned = replay.learned(question)
            said = [None if r < 0 else r for r in replay.log.rating[learned].tolist()]
            movies = replay.log.movie_ids[replay.log.movie[learned]].tolist()
            # Popularity moves the points, so the walls of the taste coordinates do not.
            profile = space.learn(zip(movies, said, strict=True))
            rows.append(-manhattan_distance(profile, space.points))
        return np.array(rows)


@pytest.mark.parametrize("learns_start", [False, True])
def test_a_prediction_ranks_as_serving_does(log: RatingLog, learns_start: bool) -> None:
    end = int(0.8 * len(log))
    trained = train(log, replace(TINY, learns_start=learns_start), end=end)
    replay = Replay(log, end, len(log))
    predicted, served = replay.ranks(scorer(trained)), replay.ranks(Served(trained))
    assert np.isfinite(predicted).all()
    assert (predicted == served).mean() > 0.99  # float32 may turn two films around that tie


def test_it_chooses_trains_and_tells(log: RatingLog) -> None:
    told: list[str] = []
    fitted = fit(log, plans=(TINY, LIVELY), say=lambda what, share: told.append(what))
    assert fitted.trained.plan.half_life is not None
    tried = [choice.name for choice in fitted.choices if "popularity" not in choice.name]
    assert tried == [
        f"{name}, taste {taste:g}, content 0, half-life x {fading:g}"
        for name in ("tiny", "livelier")
        for taste in TASTE
        for fading in FADING
    ] + [f"{fitted.plan.name}, timeless {share:g}" for share in SHARES]
    assert all(0 <= c.hit_rate <= 1 and 0 < c.gain <= 1 for c in fitted.choices)
    assert any(what.startswith("training, loss") for what in told)
    again = fit(log, plans=(TINY, LIVELY))
    assert again.trained.points.tobytes() == fitted.trained.points.tobytes()


def test_only_the_past_is_looked_at(log: RatingLog) -> None:
    end = int(0.8 * len(log))
    turned = RatingLog(
        log.user, log.movie, np.where(np.arange(len(log)) < end, log.rating, 0).astype(np.int8),
        log.time, log.movie_ids,
    )  # fmt: skip
    once, again = (fit(world, end=end, plans=(TINY,)) for world in (log, turned))
    assert once.choices == again.choices
    assert once.trained.points.tobytes() == again.trained.points.tobytes()


def test_where_little_is_known_the_calm_plan_is_taken() -> None:
    small = two_tastes(people=15, events=10)
    fitted = fit(small)
    assert fitted.trained.plan.name == "calm"
    assert np.isfinite(fitted.trained.points).all()


def test_nothing_to_learn_from_is_refused() -> None:
    with pytest.raises(TooLittleData, match="there are 0"):
        fit(RatingLog.of([], [], [], [], movie_ids=[7]))


def test_a_killed_fit_goes_on_where_it_was(
    log: RatingLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(what: str, share: float) -> None:
        if what.startswith("training") and share > 0.5:
            raise Killed

    monkeypatch.setattr(training, "SAVED_EVERY", 0.0)
    whole, file = fit(log, plans=(TINY, LIVELY)), tmp_path / "fit.npz"
    with pytest.raises(Killed):
        fit(log, plans=(TINY, LIVELY), checkpoint=file, say=die)
    monkeypatch.setattr(fitting, "choose_plan", None)  # nothing is chosen again
    resumed = fit(log, plans=(TINY, LIVELY), checkpoint=file)
    assert resumed.choices == whole.choices
    assert resumed.trained.plan == whole.trained.plan
    assert resumed.trained.points.tobytes() == whole.trained.points.tobytes()
    assert list(tmp_path.iterdir()) == []
