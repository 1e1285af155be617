"""Asks one server over a kept connection, once more where that is safe.

>>> Connection("http://films.home:8000/", key=None, timeout=10).address
'http://films.home:8000'
"""

import http.client
import json
import threading
import time
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urlencode, urlsplit

from pydantic import ValidationError

import movieloop
from movieloop.errors import InvalidInput, MovieLoopError
from movieloop.schemas.base import Output
from movieloop.schemas.problems import Problem

TRIES = 3
PAUSE = 0.2  # seconds before the second try; then twice as long
LONGEST_PAUSE = 5.0  # seconds, whatever the server asks for
Answer = TypeVar("Answer", bound=Output)
Filter: TypeAlias = str | int | float | bool | Sequence[int] | Sequence[str] | None


class ServerError(MovieLoopError):
    """What the server, or the way to it, has answered instead.

    Attributes:
        status: The HTTP status; 0 if nobody answered.
        problem: What the server says about it, if it was movieloop that spoke.
    """

    def __init__(self, status: int, said: str, problem: Problem | None = None) -> None:
        super().__init__(said)
        self.status = status
        self.problem = problem


class Connection:
    """The way to one server; threads may share it, one request after the other."""

    def __init__(self, address: str, *, key: str | None = None, timeout: float = 10) -> None:
        """Know a server; nothing is asked yet.

        Args:
            address: Where it is, with the path it is served under, if any.
            key: An API key, where the server wants one.
            timeout: Seconds without an answer after which a try has failed.

        Raises:
            InvalidInput: The address is none.
        """
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InvalidInput("address", "Write it as http://films.home:8000.")
        self.address = address.rstrip("/")
        self._path = parts.path.rstrip("/")
        self._headers = {
            "Accept": "application/json",
            "User-Agent": f"movieloop-client/{movieloop.__version__}",
            **({} if key is None else {"X-API-Key": key}),
        }
        kind = http.client.HTTPSConnection if parts.scheme == "https" else None
        self._connection = (kind or http.client.HTTPConnection)(
            parts.hostname, parts.port, timeout=timeout
        )
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        with self._lock:
            self._connection.close()

    def ask(
        self,
        method: str,
        path: str,
        model: type[Answer],
        *,
        query: Mapping[str, Filter] | None = None,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        again: bool = True,
    ) -> Answer:
        """Ask until there is an answer, and read it.

        Args:
            method: GET, POST, DELETE.
            path: What for, beginning with a slash.
            model: What answers.
            query: Names and values; those that are None are left out.
            body: What is sent as JSON.
            headers: More headers.
            again: Whether it may be asked again when nobody knows what became of it.

        Returns:
            The answer.

        Raises:
            ServerError: The server says no, or nobody answers.
        """
        told = {name: _written(value) for name, value in (query or {}).items() if value is not None}
        target = self._path + path + (f"?{urlencode(told, doseq=True)}" if told else "")
        sent = None if body is None else json.dumps(body).encode()
        kind = {} if sent is None else {"Content-Type": "application/json"}
        whole = {**self._headers, **kind, **(headers or {})}
        pause = PAUSE
        for left in reversed(range(TRIES if again else 1)):
            try:
                status, said, after = self._once(method, target, sent, whole)
            except (OSError, http.client.HTTPException) as error:
                if not left:
                    raise ServerError(0, f"{self.address} cannot be reached: {error}.") from None
                after = None
            else:
                if status == HTTPStatus.OK:
                    return _read(model, said, self.address)
                if status != HTTPStatus.SERVICE_UNAVAILABLE or not left:
                    raise _refusal(status, said, self.address)
            time.sleep(min(pause if after is None else after, LONGEST_PAUSE))
            pause *= 2
        raise AssertionError("the last try returns or raises")

    def _once(
        self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes, float | None]:
        with self._lock:
            try:
                self._connection.request(method, target, body, dict(headers))
                answer = self._connection.getresponse()
                said = answer.read()
            except BaseException:
                self._connection.close()  # half an answer must not be read as the next one
                raise
        after = answer.headers.get("Retry-After", "")
        return answer.status, said, float(after) if after.isdigit() else None


def _written(value: Filter) -> Any:  # noqa: ANN401 - what `urlencode` takes
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str | int | float) else list(value or ())


def _read(model: type[Answer], said: bytes, address: str) -> Answer:
    try:
        return model.model_validate_json(said)
    except ValidationError as error:
        raise ServerError(
            HTTPStatus.OK, f"{address} answers what is no {model.__name__} ({error.error_count()})."
        ) from None


def _refusal(status: int, said: bytes, address: str) -> ServerError:
    try:
        problem = Problem.model_validate_json(said)
    except ValidationError:
        return ServerError(status, f"{address} answers {status}.")
    wrong = "".join(f" {one.field}: {one.message}" for one in problem.errors or ())
    return ServerError(status, f"{problem.title}. {problem.detail}{wrong}", problem)
