"""`movieloop evaluate`: one table, one JSON, plots that are XML, and errors that help."""

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from movieloop.cli import app
from tests.small_logs import small_data

DATA = small_data()
KEYS = {
    "name", "kind", "liked10", "hr10", "ndcg10", "ndcg100", "recall20", "recall50", "mrr",
    "disliked10",
    "debiased10", "auc", "coverage", "ci95", "buckets", "seconds",
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


@pytest.mark.parametrize("protocol", ["loop", "holdout", "next", "newcomer", "split-last"])
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
        newcomers = protocol == "newcomer"
        assert set(result) - {"taps", "obedience"} == KEYS
        assert ("taps" in result) == newcomers == (result["liked10"] is not None)
        lists = protocol in ("holdout", "newcomer")
        assert (result["hr10"] is None) == lists == (result["mrr"] is None)
        assert (result["ndcg100"] is not None) == lists
        assert (result["recall20"] is not None) == (protocol == "holdout")
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
