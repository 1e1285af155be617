"""How a film is named at the command line, and how a command opens its database."""

import os
from pathlib import Path

import pytest

from movieloop.cli.options import film, loop_at, open_loop, reading
from movieloop.settings import load_settings


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("133093", 133093), ("12345", 12345), ("1917", "1917"), ("300", "300"),
        ("tt0133093", "tt0133093"), ("2001: A Space Odyssey", "2001: A Space Odyssey"),
        ("9" * 16, int("9" * 16)), ("9" * 17, "9" * 17), ("１２３４５", "１２３４５"),
    ],
)  # fmt: skip
def test_many_digits_are_an_id_and_few_may_be_a_title(typed: str, meant: str | int) -> None:
    assert film(typed) == meant


def test_a_database_that_is_named_beats_the_one_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOVIELOOP_DATABASE", str(tmp_path / "usual.db"))
    with loop_at(None) as loop:
        assert loop.store.path == tmp_path / "usual.db"
    with loop_at(tmp_path / "named.db") as loop:
        assert loop.store.path == tmp_path / "named.db"


def test_a_loop_learns_after_as_many_ratings_as_the_settings_say(database: Path) -> None:
    with open_loop(load_settings(database=database, retrain_after=2)) as loop:
        assert not loop.add_feedback("ada", "Alien", 1).retrained
        assert loop.add_feedback("ada", "Heat (1995)", 1).retrained


@pytest.mark.parametrize("closed", ["the file", "the folder"])
def test_a_command_that_only_looks_reads_what_it_may_not_write_to(
    database: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    with loop_at(database) as loop:
        loop.add_feedback("ada", "Alien (1979)", 1)
    before, there = database.read_bytes(), sorted(database.parent.iterdir())
    shut = database if closed == "the file" else database.parent
    real = os.access
    monkeypatch.setattr(
        os,
        "access",
        lambda path, mode: not (Path(path) == shut and mode & os.W_OK) and real(path, mode),
    )
    with reading(database) as loop:
        assert [item.title for item in loop.users.history("ada").feedback] == ["Alien"]
        assert loop.store.path != database
    assert database.read_bytes() == before
    assert sorted(database.parent.iterdir()) == there
    assert not loop.store.path.exists()  # the copy is gone


def test_a_command_that_only_looks_reads_the_file_itself_where_it_may_write(
    database: Path,
) -> None:
    with reading(database) as loop:
        assert loop.store.path == database
