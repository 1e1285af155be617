"""Asks a query service politely: it says who asks, asks one thing at a time, and waits if told.

What can go wrong at the other end - nobody answers, a web page instead of data, half an answer, an
endless one - becomes one clear error after a few tries; nothing of such an answer is used.
"""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any

import movieloop
from movieloop.errors import ServiceError
from movieloop.importers.wikidata.query import ENDPOINT

_AGENT = f"movieloop/{movieloop.__version__} (films update; self-hosted; python-urllib)"
_MOST_BYTES = 64 * 2**20
_PIECE = 2**16
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 120.0


@dataclass(slots=True)
class QueryService:
    """One query service.

    Attributes:
        endpoint: Its address.
        tries: How often a question is asked at most.
        timeout: Seconds without a byte after which a try has failed.
        deadline: Seconds after which an answer that still comes has failed.
        pause: Seconds between two questions, and before the first new try; then twice as many.
        sleep: Waits.
    """

    endpoint: str = ENDPOINT
    tries: int = 5
    timeout: float = 90.0
    deadline: float = 300.0
    pause: float = 1.0
    sleep: Callable[[float], None] = time.sleep
    _asked: bool = field(default=False, init=False)

    def ask(self, query: str) -> dict[str, Any]:
        """Ask a question.

        Args:
            query: In SPARQL.

        Returns:
            The answer, in the SPARQL 1.1 JSON format.

        Raises:
            ServiceError: No usable answer came.
        """
        if self._asked:
            self.sleep(self.pause)
        self._asked = True
        why, wait = "", self.pause
        for attempt in range(1, self.tries + 1):
            try:
                return self._once(query)
            except _TryAgainError as error:
                why = str(error)
                if attempt < self.tries:
                    self.sleep(min(error.after or wait, _LONGEST_WAIT))
                    wait *= 2
        raise ServiceError(f"{self.endpoint} {why} ({self.tries} tries). What came before is kept.")

    def _once(self, query: str) -> dict[str, Any]:
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked in `update_films`
            self.endpoint,
            data=urllib.parse.urlencode({"query": query}).encode(),
            headers={"Accept": "application/sparql-results+json", "User-Agent": _AGENT},
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                body = self._read(answer)
        except urllib.error.HTTPError as error:
            if error.code in _BUSY:
                raise _TryAgainError(
                    f"answers {error.code}", _seconds(error.headers.get("Retry-After"))
                ) from None
            raise ServiceError(
                f"{self.endpoint} answers {error.code} {error.reason}: it does not take this query."
            ) from None
        except (OSError, HTTPException) as error:
            raise _TryAgainError(f"cannot be reached: {getattr(error, 'reason', error)}") from None
        return _checked(body)

    def _read(self, answer: Any) -> bytes:  # noqa: ANN401 - an open response
        began, body = time.monotonic(), bytearray()
        while piece := answer.read1(_PIECE):
            body += piece
            if len(body) > _MOST_BYTES:
                most = _MOST_BYTES // 2**20
                raise ServiceError(
                    f"{self.endpoint} sends more than {most} MiB: that is no answer."
                )
            if time.monotonic() - began > self.deadline:
                raise _TryAgainError(f"was not done after {self.deadline:.0f} s")
        return bytes(body)


class _TryAgainError(Exception):
    """This try failed; another may not."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


def _seconds(text: str | None) -> float | None:
    """Read a Retry-After header: seconds, or a date."""
    if not text:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
        except ValueError:
            return None


def _checked(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        kind = "a web page" if body.lstrip()[:1] == b"<" else "half an answer or none"
        raise _TryAgainError(f"sends {kind} instead of JSON") from None
    if not isinstance(answer, dict):
        raise _TryAgainError("sends JSON that is no answer of a query service")
    return answer
