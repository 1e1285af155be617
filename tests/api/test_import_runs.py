"""What runs is told to everybody, also what a bug or a busy database does to it."""

import asyncio
import threading
import time

import pytest

from movieloop.api import import_runs
from movieloop.api.import_runs import RunningImports
from movieloop.errors import ImportStopped, StoreBusy
from movieloop.store import open_store


def carried(store, work):
    """Run one import and give its state and answer."""

    async def begun():
        _, task = await RunningImports(store).begin("ada", work)
        return await task

    try:
        asyncio.run(begun())
    finally:
        with store.read() as session:
            (run,) = session.import_runs("ada")
            carried.state = run.state, run.answer


def test_a_bug_is_no_import_that_runs_for_ever(caplog):
    def work(progress):
        raise ZeroDivisionError

    with open_store(":memory:") as store, pytest.raises(ZeroDivisionError):
        carried(store, work)
    assert carried.state[0] == "failed"
    assert "log" in carried.state[1]
    assert "ZeroDivisionError" in caplog.text


def test_progress_that_cannot_be_noted_ends_nothing(monkeypatch):
    monkeypatch.setattr(import_runs, "NOTED_EVERY", 0.01)
    waited = []

    def busy(*_):
        waited.append(True)
        raise StoreBusy("busy")

    def work(progress):
        while len(waited) < 3:
            progress(1, 0.1)
        raise StoreBusy("the work itself")

    monkeypatch.setattr(RunningImports, "_noted", busy)
    with open_store(":memory:") as store, pytest.raises(StoreBusy, match="itself"):
        carried(store, work)
    assert carried.state == ("failed", "the work itself")


def test_the_end_of_a_server_is_heard_also_while_progress_is_noted(monkeypatch):
    monkeypatch.setattr(import_runs, "NOTED_EVERY", 0.01)
    noting = threading.Event()

    def slowly(*_):
        noting.set()
        time.sleep(0.2)
        return True

    def work(progress):
        end = time.monotonic() + 5
        while time.monotonic() < end:
            progress(1, 0.1)
            time.sleep(0.01)
        raise AssertionError("nobody stopped it")

    async def closed(store):
        imports = RunningImports(store)
        _, task = await imports.begin("ada", work)
        while not noting.is_set():
            await asyncio.sleep(0.01)
        await imports.close()
        return task.exception()

    monkeypatch.setattr(RunningImports, "_noted", slowly)
    with open_store(":memory:") as store:
        assert isinstance(asyncio.run(closed(store)), ImportStopped)
