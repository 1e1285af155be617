"""What one connection may cost before anybody is known: its head, its time, its place.

A server that waits for ever, or keeps whatever it is sent, can be stopped by one client. So the
head of a request has a size and a deadline, a body must keep coming, and there are only so many
connections; whoever goes beyond is told so and hung up on. uvicorn speaks HTTP, this bounds it.
"""

import logging
import time
from asyncio import Transport
from asyncio.events import TimerHandle
from contextlib import suppress
from http import HTTPStatus
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

try:
    import resource
except ImportError:  # Windows counts otherwise
    resource = None  # type: ignore[assignment]

HEAD_BYTES = 64 * 1024
HEAD_LINES = 100
HEAD_SECONDS = 10.0  # from the first byte, or from the connection, to the end of the head
BODY_SECONDS = 10.0  # in which a body must bring
BODY_BYTES = 4 * 1024
SPARE_FILES = 128  # for the database, and for what answers read
SHUTDOWN_SECONDS = 8  # for what is being answered
_SAY_AGAIN = 60.0  # seconds
log = logging.getLogger("movieloop.api")


class HeadTooLarge(Exception):
    """A head of too many lines; the parser turns it into "invalid", and we into 431."""


class BoundedConnection(HttpToolsProtocol):
    """uvicorn's connection, with bounds.

    Attributes:
        most: How many connections a process has at once; 0 for any number.
    """

    most: ClassVar[int] = 0
    _said: ClassVar[float] = -_SAY_AGAIN

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Take it, unless there are too many."""
        super().connection_made(transport)
        self._timer: TimerHandle | None = None
        self._in_head, self._head_size, self._body_size = True, 0, 0
        if 0 < self.most < len(self.connections):
            self._say_full()
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, b"retry-after: 1\r\n")
            return
        self._watch(HEAD_SECONDS, self._head_is_late)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._unwatch()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count, then read."""
        if self.transport.is_closing():
            return
        if self._in_head:
            self._head_size += len(data)
        self._body_size += len(data)
        super().data_received(data)
        if self._in_head and self._head_size > HEAD_BYTES:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, and a head of too many lines."""
        if self._in_head and self.headers is not None and len(self.headers) > HEAD_LINES:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        else:
            self._unwatch()
            super().send_400_response(msg)

    def on_message_begin(self) -> None:
        """Begin a head."""
        super().on_message_begin()
        self._in_head, self._head_size = True, max(self._head_size, 1)
        self._watch(HEAD_SECONDS, self._head_is_late)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a line, unless there are too many."""
        super().on_header(name, value)
        if len(self.headers) > HEAD_LINES:
            raise HeadTooLarge

    def on_headers_complete(self) -> None:
        """End the head; a body may follow."""
        self._in_head, self._head_size, self._body_size = False, 0, 0
        self._watch(BODY_SECONDS, self._body_is_slow)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End the request; from here on its time is ours."""
        self._unwatch()
        super().on_message_complete()

    # --- deadlines ---------------------------------------------------------------------------

    def _watch(self, seconds: float, late: object) -> None:
        self._unwatch()
        self._timer = self.loop.call_later(seconds, late)  # type: ignore[arg-type]

    def _unwatch(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _head_is_late(self) -> None:
        if self._head_size:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()  # nothing was asked, so nothing is answered

    def _body_is_slow(self) -> None:
        if self._body_size < BODY_BYTES and not self.flow.read_paused:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
            return
        self._body_size = 0
        self._watch(BODY_SECONDS, self._body_is_slow)

    def _refuse(self, status: HTTPStatus, more: bytes = b"") -> None:
        """Answer in one line and hang up."""
        self._unwatch()
        if self.transport.is_closing():
            return
        text = f"{status.phrase}\n".encode()
        self.transport.write(
            b"HTTP/1.1 %d %s\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n"
            b"connection: close\r\n%s\r\n%s"
            % (status, status.phrase.encode(), len(text), more, text)
        )
        self.transport.close()

    def _say_full(self) -> None:
        now = time.monotonic()
        if now - BoundedConnection._said >= _SAY_AGAIN:
            BoundedConnection._said = now
            log.warning(
                "%d connections are open, more are refused with 503. Each takes a file handle; "
                "raise the limit (ulimit -n, LimitNOFILE=) or serve with more --workers.",
                self.most,
            )


def allow_many_files() -> int:
    """Raise the limit of open files as far as this account may, and leave some for the database.

    Returns:
        How many connections there may be; 0 where the system sets no such limit.
    """
    if resource is None:
        return 0
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return 0
    BoundedConnection.most = max(soft - SPARE_FILES, soft // 2)
    return BoundedConnection.most
