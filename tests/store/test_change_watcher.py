"""Whoever wrote, in this process or another: a watcher names everybody it concerns."""

from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.errors import StoreError
from movieloop.store.change_watcher import EVERYBODY, ChangeWatcher
from tests.opinions import tell


@pytest.fixture
def watch(loop: MovieLoop) -> ChangeWatcher:
    watch = loop.store.watch()
    assert watch.changed_users() is EVERYBODY  # nothing was looked at before
    return watch


def test_only_those_who_said_something_are_named(loop: MovieLoop, watch: ChangeWatcher) -> None:
    assert watch.changed_users() == set()
    tell(loop, "ada", ("Alien", 1))
    tell(loop, "bob", ("Heat (1995)", 0))
    loop.recommend("eve")
    assert watch.changed_users() == {"ada", "bob"}
    assert watch.changed_users() == set()


def test_an_undo_counts_as_saying_something(loop: MovieLoop, watch: ChangeWatcher) -> None:
    given = tell(loop, "ada", ("Alien", 1))[0]
    watch.changed_users()
    loop.undo(given)
    assert watch.changed_users() == {"ada"}


def test_another_process_is_seen_too(loop: MovieLoop, watch: ChangeWatcher, database: Path) -> None:
    with MovieLoop.open(database) as other:
        watch.changed_users()
        tell(other, "zoe", ("Alien", 1))
    assert watch.changed_users() == {"zoe"}


@pytest.mark.parametrize("what", ["forget", "promote", "films", "mend"])
def test_what_concerns_everybody_names_nobody(
    loop: MovieLoop, watch: ChangeWatcher, what: str
) -> None:
    tell(loop, "ada", ("Alien", 1))
    watch.changed_users()
    if what == "forget":
        loop.forget("ada")
    elif what == "promote":
        loop.models.promote(1)
    elif what == "films":
        loop.store.write(lambda session: session.save_movies(session.movies()[:1]))
    else:
        loop.store.write(lambda session: session.count_correction())
    assert watch.changed_users() is EVERYBODY


@pytest.mark.sqlite
def test_a_closed_watcher_says_so(watch: ChangeWatcher) -> None:
    watch.close()
    with pytest.raises(StoreError, match="closed"):
        watch.changed_users()
