"""docs/learning.md shows the figures that were measured, and no others."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    file = BENCHMARKS / "learning.py"
    monkeypatch.syspath_prepend(BENCHMARKS)
    spec = importlib.util.spec_from_file_location("bench_learning", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def result(name: str, rate: float, **more: object) -> dict[str, object]:
    names = ("hr10", "ndcg10", "mrr", "debiased10", "disliked10", "auc", "coverage")
    figures = dict.fromkeys(names, rate)
    nothing = dict.fromkeys(("liked10", "ndcg100", "recall20", "recall50"))
    rest = {"name": name, "kind": "peer", "ci95": [0.1, 0.2], "buckets": {"0": {"hr10": rate}}}
    return {**figures, **nothing, **rest, **more}


def test_the_page_shows_what_was_measured(bench: ModuleType) -> None:
    assert bench.check() == 0


def test_a_page_that_says_otherwise_is_found_out(
    bench: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(bench, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(bench, "PAGE", tmp_path / "page.md")
    (tmp_path / "kept").mkdir()
    parts = {"knn": [result("item-kNN", 0.1)], "ours": [result("movieloop", 0.2, kind="ours")]}
    (tmp_path / "kept" / "tiny-set-loop.json").write_text(json.dumps(parts))
    (tmp_path / "page.md").write_text("<!-- table: tiny-set loop -->\nold\n<!-- end: x -->\n")
    assert bench.check() == 1
    assert "page.md does not show 'tiny-set loop'" in capsys.readouterr().out
    page = "before\n<!-- table: tiny-set loop -->\n<!-- end: tiny-set loop -->\nafter\n"
    (tmp_path / "page.md").write_text(page)
    bench.put_table(bench.PAGE, "tiny-set loop", bench.table(bench.kept("tiny-set", "loop")))
    assert bench.check() == 0
    written = (tmp_path / "page.md").read_text()
    assert written.index("**movieloop**") < written.index("item-kNN")
    assert "| ours / best peer | 2.000 |" in written
    assert bench.table(parts, "split-last").startswith("|  | ndcg10 | 95 % | hr10 |")
    assert bench.named(Path("ml-100k-split-last.json")) == ("ml-100k", "split-last")
    (tmp_path / "page.md").write_text(written.replace("0.2000", "0.2001"))
    assert bench.check() == 1


def test_what_is_kept_is_not_measured_again(
    bench: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "KEPT", tmp_path)
    (tmp_path / "tiny-loop.json").write_text(json.dumps({"knn": []}))
    bench.measure("tiny", "/nowhere", "loop", "knn", again=False)
    with pytest.raises(bench.subprocess.CalledProcessError):
        bench.measure("tiny", "/nowhere", "loop", "knn", again=True)
    assert bench.kept("tiny", "loop") == {"knn": []}
