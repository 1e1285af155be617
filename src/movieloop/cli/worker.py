"""What each worker process of `movieloop serve --workers N` runs.

Workers share nothing but the database: each opens it for itself, and each sees before every answer
whether another one has written.
"""

import os

from fastapi import FastAPI

from movieloop.api import create_app
from movieloop.cli.options import open_loop
from movieloop.settings import Settings, load_settings

_TOLD = ("database", "host", "retrain_after", "busy_timeout", "insecure")


def tell_workers(settings: Settings) -> None:
    """Leave the settings where the worker processes find them: in the environment.

    Args:
        settings: What this process was told.
    """
    for name in _TOLD:
        value = getattr(settings, name)
        os.environ[f"MOVIELOOP_{name.upper()}"] = str(
            value.resolve() if name == "database" else value
        )


def application() -> FastAPI:
    """Make the application of one worker from the environment.

    Returns:
        The application; the database is opened when it starts.
    """
    settings = load_settings()
    return create_app(
        lambda: open_loop(settings), require_key=not (settings.local or settings.insecure)
    )
