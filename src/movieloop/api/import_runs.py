"""Imports over HTTP that run: seen by every process, stopped when somebody asks.

A thread reads and stores; beside it, once a second, its progress is written down and a wish to
stop is read. Both meet in a `Run`.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

from starlette.concurrency import run_in_threadpool

from movieloop.errors import ImportNotFound, ImportRuns, ImportStopped, MovieLoopError, StoreError
from movieloop.importers.batches import Progress
from movieloop.recommender.stored import moment
from movieloop.schemas.imports import ImportOut, ImportRunOut
from movieloop.store import Store
from movieloop.store.import_runs import DONE, FAILED, STOPPED, ImportRun

log = logging.getLogger("movieloop")
NOTED_EVERY = 1.0  # seconds
_A_BUG = "Something went wrong inside movieloop; its log tells what."
Work: TypeAlias = Callable[[Progress], ImportOut]


class Run:
    """How far one import is, and whether it shall stop."""

    def __init__(self, import_id: str) -> None:
        """Begin with nothing done.

        Args:
            import_id: Its name.
        """
        self.import_id = import_id
        self.rows = 0
        self.share = 0.0
        self.stopped = False

    def progress(self, rows: int, share: float) -> None:
        """Note how far it is.

        >>> run = Run("a1")
        >>> run.progress(10, 0.5)
        >>> run.stopped = True
        >>> run.progress(20, 1.0)
        Traceback (most recent call last):
        movieloop.errors.ImportStopped: The import was stopped. What it had stored stays; import \
the file again to finish it.

        Args:
            rows: How many rows are done.
            share: Of all, 0 to 1.

        Raises:
            ImportStopped: It shall stop.
        """
        self.rows, self.share = rows, share
        if self.stopped:
            raise ImportStopped


class RunningImports:
    """The imports this process runs."""

    def __init__(self, store: Store) -> None:
        """Run none yet.

        Args:
            store: Where all processes see them.
        """
        self._store = store
        self._tasks: dict[asyncio.Task[ImportOut], Run] = {}

    @property
    def running(self) -> int:
        """How many run now."""
        return len(self._tasks)

    async def begin(self, user_id: str, work: Work) -> tuple[str, asyncio.Task[ImportOut]]:
        """Begin an import; it goes on by itself.

        Args:
            user_id: Whose feedback it brings.
            work: Does it, given whom to tell its progress.

        Returns:
            Its name, and what waits for its report.

        Raises:
            ImportRuns: Another one of this user runs.
        """
        run = Run(secrets.token_hex(8))
        if not await run_in_threadpool(
            self._store.write, lambda session: session.begin_import(user_id, run.import_id)
        ):
            raise ImportRuns(user_id)
        task = asyncio.create_task(self._carried(run, work))
        self._tasks[task] = run
        task.add_done_callback(self._ended)
        return run.import_id, task

    async def close(self) -> None:
        """Stop all imports and wait until they have."""
        for run in self._tasks.values():
            run.stopped = True
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _ended(self, task: asyncio.Task[ImportOut]) -> None:
        del self._tasks[task]
        if not task.cancelled():
            task.exception()  # whoever waits is told; nobody else has to ask

    async def _carried(self, run: Run, work: Work) -> ImportOut:
        job = asyncio.create_task(run_in_threadpool(work, run.progress))
        while not (await asyncio.wait({job}, timeout=NOTED_EVERY))[0]:
            with suppress(StoreError):  # it has not come to the disk, the import may
                if not await run_in_threadpool(self._noted, run):
                    run.stopped = True
        state, answer = FAILED, _A_BUG
        try:
            report = job.result()
            state, answer = DONE, report.model_dump_json()
        except ImportStopped as error:
            state, answer = STOPPED, str(error)
            raise
        except MovieLoopError as error:
            answer = str(error)
            raise
        except Exception:
            log.exception("import %s failed", run.import_id)
            raise
        finally:
            await run_in_threadpool(
                self._store.write,
                lambda session: session.end_import(
                    run.import_id,
                    state,
                    answer,
                    rows=run.rows,
                    share=1.0 if state == DONE else run.share,
                ),
            )
        return report

    def _noted(self, run: Run) -> bool:
        return self._store.write(
            lambda session: session.note_import(run.import_id, run.rows, run.share)
        )


def import_run_out(run: ImportRun) -> ImportRunOut:
    """Tell how far an import is.

    Args:
        run: What is stored of it.

    Returns:
        What is answered.
    """
    done = run.state == DONE
    return ImportRunOut(
        import_id=run.import_id,
        state=run.state,
        rows=run.rows,
        share=run.share,
        began_at=moment(run.began_at),
        ended_at=None if run.ended_at is None else moment(run.ended_at),
        report=ImportOut.model_validate_json(run.answer) if done and run.answer else None,
        problem=None if done else run.answer,
    )


def run_of(runs: list[ImportRun], import_id: str) -> ImportRun:
    """Find one import among a user's.

    Args:
        runs: Their imports.
        import_id: Which.

    Returns:
        The import.

    Raises:
        ImportNotFound: It is not among them.
    """
    for run in runs:
        if run.import_id == import_id:
            return run
    raise ImportNotFound(import_id)
