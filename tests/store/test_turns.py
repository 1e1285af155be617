"""Writers take turns: who waits is next, and a lock that is held too long stops nobody."""

import multiprocessing
import threading
import time
from pathlib import Path

import pytest

from movieloop.store import open_store
from movieloop.store.turns import Turns

WRITES = 40


def test_who_waits_comes_before_who_asks_again(tmp_path: Path) -> None:
    first, second = Turns(tmp_path), Turns(tmp_path)
    order = []
    with first.next(1):

        def wait() -> None:
            with second.next(20):
                order.append("second")

        waiting = threading.Thread(target=wait)
        waiting.start()
        time.sleep(0.05)
        assert order == []
    waiting.join()
    with first.next(1):
        order.append("first")
    assert order == ["second", "first"]
    first.close(), second.close()


def test_a_turn_that_cannot_be_had_is_gone_without(tmp_path: Path) -> None:
    first, second = Turns(tmp_path), Turns(tmp_path)
    with first.next(1):
        began = time.monotonic()
        with second.next(0.05):
            assert 0.04 < time.monotonic() - began < 5
    with second.next(0):  # leaving the block above did not take the lock from the first
        pass
    first.close(), second.close()
    with Turns(tmp_path / "missing").next(1):
        pass


def test_a_writer_gets_in_where_another_never_pauses(database: Path) -> None:
    """What a training found: a server that writes without a break."""
    with open_store(database, busy_timeout=2) as greedy, open_store(database) as modest:
        stop = threading.Event()

        def write() -> None:
            while not stop.is_set():
                greedy.write(lambda session: session.note_wiped(0))

        busy = threading.Thread(target=write)
        busy.start()
        waits = []
        for _ in range(WRITES):
            began = time.monotonic()
            modest.write(lambda session: session.note_wiped(0))
            waits.append(time.monotonic() - began)
        stop.set()
        busy.join()
    assert max(waits) < 2  # with SQLite's own waiting some find it taken for seconds


@pytest.mark.parametrize("people", [1, 3])
@pytest.mark.sqlite
def test_nothing_is_lost_among_several_processes(database: Path, people: int) -> None:
    with open_store(database):
        pass
    context = multiprocessing.get_context("spawn")
    with context.Pool(3) as pool:
        pool.starmap(_save_keys, [(database, f"u{i % people}", i) for i in range(3)])
    with open_store(database) as store, store.read() as session:
        keys = session.api_keys()
        assert len(keys) == 3 * WRITES
        assert len({key.user_id for key in keys}) == people


def _save_keys(database: Path, user: str, number: int) -> None:
    with open_store(database) as store:
        for turn in range(WRITES):
            store.write(
                lambda session, key=f"{number}-{turn}": session.save_key(key, key, "read", user)
            )
