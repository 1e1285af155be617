"""Where compiled code is kept, chosen before Numba is imported.

Compiling takes seconds, so Numba keeps what it has compiled in a folder. That is the first of these
that can be written:

1. the one `MOVIELOOP_CACHE_DIR` names;
2. the package's own;
3. movieloop's in the platform's folder for caches.

If there is none - a service without a home, a container that is read-only - everything works, and
is compiled anew at every start. A folder that others may write is never used: what lies there is
run. `NUMBA_CACHE_DIR` beats all of that.

>>> folder = choose_folder()
>>> folder is None or usable(folder)
True
"""

import logging
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import platformdirs

from movieloop.errors import InvalidInput

__all__ = ["KEPT", "choose_folder", "compiled", "prange", "usable"]

PACKAGE = Path(__file__).parent.parent
F = TypeVar("F", bound=Callable[..., Any])
log = logging.getLogger("movieloop.model.compiling")


def usable(folder: Path) -> bool:
    """Tell whether compiled code may be kept in a folder: we can write it, and only we can.

    >>> with tempfile.TemporaryDirectory() as name:
    ...     usable(Path(name) / "cache"), usable(Path("/proc"))
    (True, False)

    Args:
        folder: The folder; it is made if it does not exist.

    Returns:
        Whether it is.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
        known = folder.stat()
    except (OSError, RuntimeError):
        return False
    if os.name != "posix":
        return True
    return known.st_uid == os.geteuid() and not known.st_mode & 0o022


def choose_folder() -> Path | None:
    """Choose where compiled code is kept.

    Returns:
        The folder; None if there is none.

    Raises:
        InvalidInput: `MOVIELOOP_CACHE_DIR` names a folder that cannot be used.
    """
    named = os.environ.get("MOVIELOOP_CACHE_DIR")
    if named:
        folder = Path(named).expanduser()
        if not usable(folder):
            raise InvalidInput(
                "MOVIELOOP_CACHE_DIR",
                f"{folder} cannot be used: it must be a folder that you own and nobody else "
                "may write.",
            )
        return folder
    if usable(PACKAGE / "__pycache__"):
        return PACKAGE / "__pycache__"
    try:
        own = Path(platformdirs.user_cache_dir("movieloop", appauthor=False))
    except (OSError, RuntimeError):  # no home at all
        return None
    return own if own.is_absolute() and usable(own) else None


def _prepare() -> bool:
    """Tell Numba the folder; tell whether there is one."""
    if os.environ.get("NUMBA_CACHE_DIR"):
        return True
    folder = choose_folder()
    if folder is None:
        log.warning(
            "no folder to keep compiled code in: it is compiled anew at every start, which takes "
            "some seconds. MOVIELOOP_CACHE_DIR may name one."
        )
        return False
    if folder != PACKAGE / "__pycache__":  # which is where Numba looks by itself
        if "numba" in sys.modules:
            sys.modules["numba"].config.CACHE_DIR = str(folder)
        else:
            os.environ["NUMBA_CACHE_DIR"] = str(folder)
    return True


KEPT = _prepare()

from numba import njit, prange  # noqa: E402 - not before its folder is chosen


def compiled(**options: bool) -> Callable[[F], F]:
    """Compile a function with Numba, and keep the result where that is possible.

    Args:
        options: What `numba.njit` is told: `parallel`, `fastmath`, `nogil`.

    Returns:
        A decorator.
    """
    return cast(Callable[[F], F], njit(cache=KEPT, **cast(Any, options)))
