"""`movieloop evaluate`: one table, one JSON, plots that are XML, and errors that help."""

import json
import math
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from movieloop.cli import app
from movieloop.data.interactions import LIKED, RatingLog
from movieloop.errors import InvalidInput
from movieloop.evaluation.baselines.popularity import PopularityBaseline, RandomBaseline
from movieloop.evaluation.loading import check, collect
from movieloop.evaluation.report import Report
from movieloop.evaluation.run import contest, peers_named, trial_of
from movieloop.evaluation.time_split import Loop, Next, leave_last
from movieloop.evaluation.user_split import Holdout
from tests.small_logs import small_data

DATA = small_data()
KEYS = {
    "name", "kind", "hr10", "ndcg10", "ndcg100", "recall20", "recall50", "mrr", "disliked10",
    "auc", "ci95", "buckets", "seconds",
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The small log as a MovieLens folder."""
    folder = tmp_path / "small"
    folder.mkdir()
    log, stars = DATA.log, {1: 5.0, 0: 1.0, -1: 3.0}
    ratings = [
        f"{u},{m + 1},{stars[int(r)]},{t // 1000}"
        for u, m, r, t in zip(log.user, log.movie, log.rating, log.time, strict=True)
    ]
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + "\n".join(ratings))
    films = [f"{m + 1},Film {m + 1} (1999),Drama" for m in range(len(log.movie_ids))]
    (folder / "movies.csv").write_text("movieId,title,genres\n" + "\n".join(films))
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


@pytest.mark.parametrize("protocol", ["loop", "holdout", "next"])
def test_every_protocol_writes_the_same_json(protocol: str, file: Path, tmp_path: Path) -> None:
    target = tmp_path / "figures.json"
    peers = "random,popularity,ease"
    answer = run("--ratings", file, "--protocol", protocol, "--peers", peers, "--json", target)
    assert answer.exit_code == 0, answer.output
    report = json.loads(target.read_text())
    assert {key: report[key] for key in ("protocol", "dataset", "sitting")} == {
        "protocol": protocol, "dataset": "small", "sitting": 60.0
    }  # fmt: skip
    by_name = {result["name"]: result for result in report["results"] if result["kind"] == "peer"}
    assert list(by_name) == ["random", "popularity", "EASE"]
    for result in by_name.values():
        assert set(result) == KEYS
        lists = protocol == "holdout"
        assert (result["hr10"] is None) == lists == (result["mrr"] is None)
        assert (result["ndcg100"] is not None) == lists == (result["recall20"] is not None)
        assert (result["auc"] is not None) == (protocol == "loop")
        assert len(result["ci95"]) == 2
        for name, bucket in (result["buckets"] or {}).items():
            assert set(bucket) == {"hr10", "n"}
            assert (bucket["hr10"] is None) == (bucket["n"] == 0), name
        assert result["seconds"] >= 0
    for name in by_name:
        assert name in answer.stdout


def test_the_plots_are_drawings_with_every_name(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "plots"
    answer = run("--ratings", file, "--peers", "random,live", "--plots", folder)
    assert answer.exit_code == 0, answer.output
    assert sorted(path.name for path in folder.iterdir()) == ["loop-bars.svg", "loop-curves.svg"]
    for path in folder.iterdir():
        texts = {element.text for element in ElementTree.parse(path).iter() if element.text}
        assert {"random", "live popularity"} <= texts
        assert "nan" not in path.read_text()


def test_min_ratings_keeps_films_with_enough(file: Path) -> None:
    fewest = int(np.median(np.bincount(DATA.log.movie)))
    answer = run("--ratings", file, "--peers", "none", "--min-ratings", fewest)
    kept = (np.bincount(DATA.log.movie) >= fewest).sum()
    assert f"{kept} films" in answer.stdout


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
        results = contest(no_genres, trial, peers=[peer], say=lambda _: None, skip=said.append)
        assert [result for result in results if result.kind == "peer"] == []
    assert said == [
        "genres does not take part: no genres are known.",
        "live does not take part: nothing is live where people are held out.",
    ]


def test_the_loop_never_learns_from_what_it_tests() -> None:
    seen: list[tuple[int, int]] = []

    class Spy(PopularityBaseline):
        def fit(self, log: RatingLog, end: int) -> None:
            seen.append((len(log), end))
            super().fit(log, end)

    loop = Loop(DATA.log)
    loop.practise(Spy())
    loop.measure(Spy())
    assert [end for _, end in seen] == [int(0.72 * 700), int(0.8 * 700)]
    assert loop.validation.events.max() < loop.test.events.min()
    assert loop.validation.liked.all()


def test_next_leaves_the_last_like_of_each_person_out_of_training() -> None:
    rest, asked = leave_last(DATA.log)
    test = Next(DATA.log).test
    assert (test.events == asked).all() and test.liked.all()
    assert len(np.unique(test.user)) == len(asked)
    for event in asked:
        user = DATA.log.user[event]
        own = np.flatnonzero((DATA.log.user == user) & (DATA.log.rating == LIKED))
        assert event == own[-1]
        assert (rest.user == user).sum() == ((DATA.log.user == user).nonzero()[0] < event).sum()


def test_holdout_learns_nothing_of_the_people_it_tests() -> None:
    holdout = Holdout(DATA.log)
    tested = holdout.test
    assert not (tested.relevant & tested.known).any()
    likes = np.bincount(DATA.log.user[DATA.log.rating == LIKED], minlength=DATA.log.users)
    learned = np.bincount(holdout.learned.user, minlength=DATA.log.users)
    out = np.flatnonzero(learned == 0)
    assert len(out) == tested.histories.users == int(0.2 * (likes >= 5).sum())
    found = tested.relevant.sum(axis=1) + tested.known.sum(axis=1)
    assert sorted(found) == sorted(likes[out])
    earlier = np.bincount(holdout.earlier.user, minlength=DATA.log.users)
    assert (earlier[out] == 0).all() and (earlier == 0).sum() > len(out)


def test_the_report_compares_with_the_best_peer_on_the_same_questions() -> None:
    trial = Loop(DATA.log)
    results = [trial.measure(peer) for peer in (RandomBaseline(), PopularityBaseline())]
    report = Report("loop", "small", 60.0, "hr10", results)
    best = report.best_peer
    assert best is not None and best.figure == max(result.figure for result in results)
    assert all(math.isclose(result.figure, result.hr10 or 0) for result in results)
    assert len(report.tables()) == 2
