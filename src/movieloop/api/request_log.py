"""Every request has a number, told in its answer and in all that is logged about it.

Logged are methods, patterns of routes, statuses and times: who asked, and about whom, never is.
"""

import logging
import re
import secrets
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


class NumberRequests:
    """Numbers requests, with the caller's own `X-Request-ID` if it is sound."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a number, and tell it in the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope).get(HEADER, "")
        number = told if _SOUND.fullmatch(told) else secrets.token_hex(8)
        _current.set(number)

        async def numbered(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        await self._app(scope, receive, numbered)


def log_request(method: str, route: str, status: int, seconds: float) -> None:
    """Log how a request went, at the level info.

    Args:
        method: The HTTP method.
        route: The route's pattern, so that nobody is named.
        status: The HTTP status.
        seconds: How long it took.
    """
    if _LOG.isEnabledFor(logging.INFO):
        milliseconds = round(1000 * seconds, 1)
        facts = {"method": method, "route": route, "status": int(status)}
        _LOG.info(
            "%s %s %s %s ms", *facts.values(), milliseconds,
            extra={**facts, "milliseconds": milliseconds},
        )  # fmt: skip
