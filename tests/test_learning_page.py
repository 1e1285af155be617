"""docs/learning.md shows the figures that were measured, and no others."""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("learning_tables")


@pytest.fixture
def elsewhere(bench: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Figures and a page of a test's own; the page."""
    monkeypatch.setattr(bench, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(bench, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(bench, "PROVENANCE", tmp_path / "provenance.json")
    monkeypatch.setattr(bench, "NEW_FILMS", tmp_path / "new_films.json")
    scores = {"newcomers of 2014, three taps": {}}
    (tmp_path / "provenance.json").write_text(json.dumps({"scores": scores}))
    (tmp_path / "new_films.json").write_text(json.dumps({"films": []}))
    page = tmp_path / "page.md"
    marks = ("tiny-set loop", "packaged newcomers", "new films")
    page.write_text("".join(f"<!-- table: {m} -->\nold\n<!-- end: {m} -->\n" for m in marks))
    return page


@pytest.fixture
def check(bench: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    monkeypatch.setattr(sys, "argv", ["learning_tables.py", "--check"])
    return lambda: int(bench.main())


def result(name: str, rate: float, **more: object) -> dict[str, object]:
    names = ("hr10", "ndcg10", "mrr", "debiased10", "disliked10", "auc", "coverage")
    figures = dict.fromkeys(names, rate)
    nothing = dict.fromkeys(("liked10", "ndcg100", "recall20", "recall50"))
    rest = {"name": name, "kind": "peer", "ci95": [0.1, 0.2], "buckets": {"0": {"hr10": rate}}}
    return {**figures, **nothing, **rest, **more}


def test_the_page_shows_what_was_measured(check: Callable[[], int]) -> None:
    assert check() == 0


def test_a_page_that_says_otherwise_is_found_out(
    bench: ModuleType,
    check: Callable[[], int],
    elsewhere: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    parts = {"knn": [result("item-kNN", 0.1)], "ours": [result("movieloop", 0.2, kind="ours")]}
    bench.keep("tiny-set", "loop", parts)
    assert check() == 1
    assert "page.md does not show 'tiny-set loop'" in capsys.readouterr().out
    bench.write()
    assert check() == 0
    written = elsewhere.read_text()
    assert written.index("**movieloop**") < written.index("item-kNN")
    assert "| ours / best peer | 2.000 |" in written
    assert bench.table(parts, "split-last").startswith("|  | ndcg10 | 95 % | hr10 |")
    assert bench.named(Path("ml-100k-split-last.json")) == ("ml-100k", "split-last")
    elsewhere.write_text(written.replace("0.2000", "0.2001"))
    assert check() == 1


def test_what_is_kept_is_not_measured_again(bench: ModuleType, elsewhere: Path) -> None:
    learning = importlib.import_module("learning")
    bench.keep("tiny", "loop", {"knn": []})
    learning.measure("tiny", "/nowhere", "loop", "knn", again=False)
    with pytest.raises(subprocess.CalledProcessError):
        learning.measure("tiny", "/nowhere", "loop", "knn", again=True)
    assert bench.kept("tiny", "loop") == {"knn": []}


def test_rules_for_several_people_stand_beside_the_mean_profile(bench: ModuleType) -> None:
    rules = dict.fromkeys(bench.RULES, 0.1) | {"turns": 0.12}
    ours = {
        "groups": [
            {"rule": rule, "size": size, "worst": worth, "mean": 2 * worth}
            for rule, worth in rules.items()
            for size in (2, 4)
        ]
    }
    lines = bench.table({"ours": [ours]}, "group").splitlines()
    assert lines[2] == f"| nearest to the mean profile |{' 0.1000 | 1.00 | 0.2000 | 1.00 |' * 2}"
    assert lines[-1] == f"| **turns** |{' 0.1200 | 1.20 | 0.2400 | 1.20 |' * 2}"


def test_variety_stands_beside_the_plain_list(bench: ModuleType) -> None:
    steps = [(0.0, 0.2, 0.4), (0.2, 0.19, 0.6)]
    names = ("variety", "hr10", "tastes")
    ours = {"varieties": [dict(zip(names, step, strict=True)) for step in steps]}
    text = bench.variety_table({"tiny": {"ours": [ours]}})
    assert text.startswith("| variety | tiny HR@10 | x | tiny tastes | x |\n")
    assert text.endswith("\n| 0.2 | 0.1900 | 0.95 | 0.6000 | 1.50 |")


def test_new_films_are_told_by_the_likes_they_had(bench: ModuleType) -> None:
    figures = {f"{what}_{who}": 0.5 for what in ("median", "mrr", "top")
               for who in ("ours", "popularity")}  # fmt: skip
    films = [{"from": begin, "likes": 1_234, **figures} for begin in (0, 1, 5)]
    lines = bench.new_films_table(films).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| 0", "| 1 to 4", "| 5 or more"]
    assert lines[2].startswith("| 0 | 1,234 | 0 | 0.5000 | 0.500 | 0 | 0.5000 | 0.500 |")


def test_what_newcomers_get_is_told_the_best_first(bench: ModuleType) -> None:
    rates = dict.fromkeys(("liked_of_10", "disliked_of_10", "ndcg_at_100"), 0.1)
    scores = {
        "people": {"asked": 9.0},
        "popularity": {**rates, "different_films": 12.0},
        "packaged points": {**rates, "liked_of_10": 0.2, "different_films": 40.0},
    }
    lines = bench.packaged_table(scores).splitlines()
    assert lines[2] == "| **packaged points** | 0.2000 | 0.1000 | 0.1000 | 40 |"
    assert lines[3] == "| popularity | 0.1000 | 0.1000 | 0.1000 | 12 |" and len(lines) == 4
