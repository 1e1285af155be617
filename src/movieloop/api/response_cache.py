"""Answers that are kept for as long as they are true, and not a moment longer.

Most people look again without having said anything new. Their answer can be sent as it was - if
nothing was written that concerns them. `store.Watch` tells that before every answer: what
any user says or takes back, other points or films, somebody forgotten, a profile mended, whoever
writes it - this process, another one, an import, a training or the doctor.

>>> from movieloop.store import open_store
>>> with open_store(":memory:") as store:
...     answers = ResponseCache(store.watch())
...     ticket = answers.ticket()
...     answers.keep("ada", 10, b"{}", ticket=ticket)
...     answers.get("ada", 10), answers.get("ada", 20), answers.get("bob", 10)
(b'{}', None, None)
"""

import threading
import time

from cachetools import LRUCache

from movieloop.data.user_ids import is_canonical
from movieloop.recommender.loop import MovieLoop
from movieloop.store import Watch

MOST_BYTES = 16 * 2**20
_BESIDE = 400  # bytes Python needs for an entry besides its text


class ResponseCache:
    """Kept recommendations; those that were asked for longest ago are dropped first."""

    def __init__(self, watch: Watch, *, most_bytes: int = MOST_BYTES) -> None:
        """Begin with none.

        Args:
            watch: Tells whose answers may no longer hold.
            most_bytes: How many bytes all kept answers may have together.
        """
        self._watch = watch
        self._answers: LRUCache[tuple[str, int], tuple[bytes, float]] = LRUCache(
            most_bytes, getsizeof=lambda kept: len(kept[0]) + _BESIDE
        )
        self._sizes: set[int] = set()  # of the lists that are kept: a hundred at most
        self._lock = threading.Lock()
        self._ticket = 0

    def ticket(self) -> int:
        """Take a number before working out an answer; `keep` asks for it.

        Returns:
            A number that changes as soon as an answer being worked out may be outdated.
        """
        with self._lock:
            self._look()
            return self._ticket

    def get(self, user_id: str, n: int) -> bytes | None:
        """Give the kept answer if it still holds.

        Args:
            user_id: Whose recommendations.
            n: How many.

        Returns:
            The answer; None if there is none.
        """
        with self._lock:
            self._look()
            answer, until = self._answers.get((user_id, n), (None, 0.0))
            return None if answer is None or until < time.monotonic() else answer

    def keep(
        self,
        user_id: str,
        n: int,
        answer: bytes,
        *,
        ticket: int,
        seconds: float = float("inf"),
    ) -> None:
        """Keep an answer, unless something was written since the ticket was taken.

        Args:
            user_id: Whose recommendations.
            n: How many.
            answer: What was answered.
            ticket: Taken before the answer was worked out.
            seconds: How long it may be kept at most.
        """
        with self._lock:
            self._look()
            if ticket == self._ticket and len(answer) + _BESIDE <= self._answers.maxsize:
                self._answers[user_id, n] = answer, time.monotonic() + seconds
                self._sizes.add(n)

    def recommend(
        self, loop: MovieLoop, user_id: str, n: int, *, wait: bool = True
    ) -> bytes | None:
        """Find the nearest unseen movies for a user, as JSON, and keep the answer.

        Args:
            loop: The open loop.
            user_id: The user; an unknown one is a newcomer, and nothing is created.
            n: How many movies, 1 or more.
            wait: Whether points may be read first, or many films searched.

        Returns:
            What `loop.recommend` answers, in UTF-8; None if that would have to wait.
        """
        ticket = self.ticket()
        answer = loop.recommend_json(user_id, n=n, wait=wait)
        # What is written about another spelling of a name is told of the one that is stored.
        if answer is not None and is_canonical(user_id):
            self.keep(user_id, n, answer, ticket=ticket, seconds=loop.live.settled_for())
        return answer

    def _look(self) -> None:
        """Drop the answers that may no longer hold."""
        users = self._watch.changed_users()
        if users is None:
            self._answers.clear()
        for user_id in users or ():
            for n in self._sizes:
                self._answers.pop((user_id, n), None)
        if users is None or users:
            self._ticket += 1
