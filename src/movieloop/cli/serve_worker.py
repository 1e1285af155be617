"""What each worker process of `movieloop serve --workers N` runs.

Workers share nothing but the database: each opens it for itself, and each sees before every answer
whether another one has written.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import FastAPI

from movieloop.api import create_app
from movieloop.api.connections import allow_many_files
from movieloop.api.metrics import SHARED
from movieloop.cli.options import open_loop
from movieloop.cli.stopping import end_with_parent
from movieloop.recommender.loop import MovieLoop
from movieloop.settings import Settings, load_settings

_TOLD = (
    "database", "host", "retrain_after", "busy_timeout", "insecure", "allowed_hosts",
    "trusted_proxies",
)  # fmt: skip


@contextmanager
def telling_workers(settings: Settings) -> Iterator[None]:
    """Leave where the worker processes find it, in the environment, what they need to know.

    Args:
        settings: What this process was told.

    Yields:
        Nothing; meanwhile there is a folder where the workers count together.
    """
    with TemporaryDirectory(prefix="movieloop-metrics-", ignore_cleanup_errors=True) as folder:
        os.environ[SHARED] = folder
        _tell(settings)
        yield


def _tell(settings: Settings) -> None:
    for name in _TOLD:
        value = getattr(settings, name)
        told = " ".join(value) if isinstance(value, tuple) else str(value)
        os.environ[f"MOVIELOOP_{name.upper()}"] = (
            str(value.resolve()) if isinstance(value, Path) else told
        )


def application(settings: Settings, opened: Callable[[], MovieLoop]) -> FastAPI:
    """Make the application the settings describe.

    Args:
        settings: The settings.
        opened: Opens the loop when the application starts.

    Returns:
        The application.
    """
    named = () if settings.local else (settings.host,)
    return create_app(
        opened,
        require_key=not (settings.local or settings.insecure),
        allowed_hosts=(*settings.allowed_hosts, *named),
        trusted_proxies=settings.trusted_proxies,
    )


def from_environment() -> FastAPI:
    """Make the application of one worker process; `telling_workers` left the settings there.

    Returns:
        The application; the database is opened when it starts.
    """
    end_with_parent()
    settings = load_settings()
    allow_many_files()
    return application(settings, lambda: open_loop(settings))
