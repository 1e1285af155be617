"""Every request has a number, told in its answer and in all that is logged about it.

Logged are methods, patterns of routes, statuses and times: who asked, and about whom, never is.
"""

import logging
import re
import secrets
import time
from contextvars import ContextVar

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "X-Request-ID"
_SOUND = re.compile(r"[A-Za-z0-9._-]{1,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")
_LOG = logging.getLogger("movieloop.requests")


def request_id() -> str:
    """Tell the number of the request that is being answered.

    Returns:
        The number, "" outside of requests.
    """
    return _current.get()


class RequestId(logging.Filter):
    """Gives every line that is logged the number of its request.

    >>> line = logging.LogRecord("movieloop", logging.INFO, "", 0, "hello", None, None)
    >>> RequestId().filter(line), line.request_id
    (True, '')
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Note the number; nothing is left out."""
        record.request_id = request_id()
        return True


class LogRequests:
    """Numbers requests, with the caller's own `X-Request-ID` if it is sound, and logs them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a number, then tell how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope).get(HEADER, "")
        number = told if _SOUND.fullmatch(told) else secrets.token_hex(8)
        _current.set(number)
        began, status = time.perf_counter(), 0

        async def numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        try:
            await self._app(scope, receive, numbered)
        finally:
            if _LOG.isEnabledFor(logging.INFO):
                milliseconds = round(1000 * (time.perf_counter() - began), 1)
                route = getattr(scope.get("route"), "path_format", "unknown")
                facts = {"method": scope["method"], "route": route, "status": status}
                _LOG.info(
                    "%s %s %s %s ms", *facts.values(), milliseconds,
                    extra={**facts, "milliseconds": milliseconds},
                )  # fmt: skip
