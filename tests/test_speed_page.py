"""The pages that say how fast it is show what was measured, and no other figures."""

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def speed(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("speed")


def check(speed: ModuleType, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["speed.py", "--check"])
    return int(speed.main())


def test_the_pages_show_what_was_measured(
    speed: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check(speed, monkeypatch) == 0


@pytest.mark.parametrize("name", ["start_later_s", "hook_p99_ms", "page_kilobytes"])
def test_a_page_that_says_otherwise_is_found_out(
    name: str, speed: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = json.loads(speed.LATEST.read_text())
    kept[name]["value"] = 12_345
    (tmp_path / "latest.json").write_text(json.dumps(kept))
    monkeypatch.setattr(speed, "LATEST", tmp_path / "latest.json")
    assert check(speed, monkeypatch) == 1


def test_a_figure_no_page_shows_is_found_out(
    speed: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    kept = json.loads(speed.LATEST.read_text())
    kept["tea_s"] = {"value": 180, "goal": None, "machine": "a kettle"}
    (tmp_path / "latest.json").write_text(json.dumps(kept))
    monkeypatch.setattr(speed, "LATEST", tmp_path / "latest.json")
    assert check(speed, monkeypatch) == 1
    assert "no page shows tea_s" in capsys.readouterr().out


def test_a_goal_that_is_not_reached_is_said(speed: ModuleType) -> None:
    figures = {
        "quick": {"value": 0.123, "goal": "<= 2", "machine": "A"},
        "slow": {"value": 12.6, "goal": "<= 2", "machine": "A"},
        "few": {"value": 0.5, "goal": ">= 0.85", "machine": "A"},
    }
    words = {name: name for name in (*figures, "unknown")}
    text = speed.table(figures, words)
    assert "| quick | 0.123 | at most 2 |  |" in text
    assert "| slow | 13 | at most 2 | not reached |" in text
    assert "| few | 0.5 | at least 0.85 | not reached |" in text
    assert "| unknown | not measured |  |  |" in text
    assert text.endswith("Measured on: A.")


def test_figures_of_two_machines_are_told_apart(speed: ModuleType) -> None:
    figures = {
        "one": {"value": 1, "goal": "<= 2", "machine": "A"},
        "other": {"value": 3, "goal": "<= 2", "machine": "B"},
    }
    text = speed.table(figures, {"one": "one", "other": "other"})
    assert "| one | 1 | at most 2 | machine 1 |" in text
    assert "| other | 3 | at most 2 | not reached, machine 2 |" in text
    assert "Machine 1: A.\nMachine 2: B." in text
