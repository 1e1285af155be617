"""docs/scale.md shows what was measured and what follows from it, and no other figures."""

import importlib
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def scale(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("scale")


def costs(scale: ModuleType) -> dict[str, dict[str, float]]:
    said = json.loads(scale.KEPT.read_text())["costs"]
    assert isinstance(said, dict)
    return said


def check(scale: ModuleType, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["scale.py", "--check"])
    return int(scale.main())


def test_the_page_shows_what_was_measured(
    scale: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check(scale, monkeypatch) == 0


def test_a_page_that_says_otherwise_is_found_out(
    scale: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = json.loads(scale.KEPT.read_text())
    kept["costs"]["sqlite"]["us_list"] *= 2
    (tmp_path / "costs.json").write_text(json.dumps(kept))
    monkeypatch.setattr(scale, "KEPT", tmp_path / "costs.json")
    assert check(scale, monkeypatch) == 1


def test_twice_the_people_need_twice_the_bytes(scale: ModuleType) -> None:
    unit = {**costs(scale), "training": {"ms_next_rating": 3.6}}
    unit["sqlite"] |= {"bytes_opinion": 100.0, "bytes_profile": 0.0}
    few, many = scale.needs(unit, 1_000_000), scale.needs(unit, 2_000_000)
    assert (few["database"], many["database"]) == ("10 GB", "20 GB")
    assert (few["core-hours of a training"], many["core-hours of a training"]) == ("100", "200")


def test_what_one_process_cannot_carry_goes_to_postgresql(scale: ModuleType) -> None:
    unit = costs(scale)
    assert scale.needs(unit, 1_000)["engine"] == "SQLite, one process"
    assert scale.needs(unit, 100_000_000)["engine"] == "PostgreSQL"
