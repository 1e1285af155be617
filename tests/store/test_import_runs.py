"""Imports that run: one of a user at a time, stopped, lost, and forgotten with their user."""

import pytest

from movieloop.store import import_runs as tables
from movieloop.store import open_store


@pytest.fixture
def store():
    with open_store(":memory:") as store:
        yield store


def begin(store, user_id, import_id):
    return store.write(lambda session: session.begin_import(user_id, import_id))


def runs(store, user_id):
    with store.read() as session:
        return {run.import_id: run for run in session.import_runs(user_id)}


def test_one_of_a_user_runs_at_a_time(store):
    assert begin(store, "ada", "a")
    assert not begin(store, "ada", "b")
    assert begin(store, "bob", "c")
    store.write(
        lambda session: session.end_import("a", tables.FAILED, "Not a file.", rows=7, share=0.2)
    )
    assert begin(store, "ada", "d")
    assert {name: run.state for name, run in runs(store, "ada").items()} == {
        "a": "failed",
        "d": "running",
    }
    ended = runs(store, "ada")["a"]
    assert (ended.answer, ended.rows, ended.share) == ("Not a file.", 7, 0.2)


@pytest.mark.parametrize("away", [-40_000, 40_000])
def test_one_whose_process_is_gone_is_lost_however_the_clock_was_set(store, monkeypatch, away):
    assert begin(store, "ada", "a")
    now = tables.now_ms() + away
    monkeypatch.setattr(tables, "now_ms", lambda: now)
    assert runs(store, "ada")["a"].state == "lost"
    assert begin(store, "ada", "b")


def test_it_goes_on_until_it_is_stopped(store):
    begin(store, "ada", "a")
    assert store.write(lambda session: session.note_import("a", 10, 0.5))
    store.write(lambda session: session.stop_import("bob", "a"))
    assert store.write(lambda session: session.note_import("a", 20, 0.7))
    store.write(lambda session: session.stop_import("ada", "a"))
    assert not store.write(lambda session: session.note_import("a", 30, 0.9))
    assert (runs(store, "ada")["a"].rows, runs(store, "ada")["a"].share) == (20, 0.7)


def test_it_is_forgotten_with_its_user_and_after_a_week(store, monkeypatch):
    begin(store, "ada", "a")
    store.write(lambda session: session.forget("ada"))
    assert not store.write(lambda session: session.note_import("a", 1, 0.1))
    begin(store, "ada", "b")
    later = tables.now_ms() + 8 * 86_400_000
    monkeypatch.setattr(tables, "now_ms", lambda: later)
    begin(store, "ada", "c")
    assert [*runs(store, "ada")] == ["c"]
