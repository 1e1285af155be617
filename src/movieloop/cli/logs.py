"""How the server's log is written: for people, or one JSON object a line for programs.

>>> log_config("json", "info")["loggers"]["movieloop"]["level"]
'INFO'
"""

from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS

from movieloop.settings import LogFormat

_TEXT = "%(levelprefix)s %(message)s"
_FIELDS = "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s"


def log_config(form: LogFormat, level: str) -> dict[str, Any]:
    """Describe the log to Python's `logging.config`.

    Uvicorn's own log of requests is left out: it tells whole paths, which name people. Ours is at
    the level info.

    Args:
        form: For whom.
        level: debug, info, warning or error.

    Returns:
        A configuration with one handler, on stderr.
    """
    formatters: dict[str, dict[str, Any]] = {
        "text": {"()": "uvicorn.logging.DefaultFormatter", "fmt": _TEXT},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": _FIELDS,
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
            "reserved_attrs": [*RESERVED_ATTRS, "color_message"],
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        },
    }
    handler = {
        "class": "logging.StreamHandler",
        "stream": "ext://sys.stderr",
        "formatter": form,
        "filters": ["request_id"],
    }
    logger = {"handlers": ["stderr"], "level": level.upper(), "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": "movieloop.api.request_log.RequestId"}},
        "formatters": formatters,
        "handlers": {"stderr": handler},
        "loggers": {"movieloop": logger, "uvicorn": logger},
    }
