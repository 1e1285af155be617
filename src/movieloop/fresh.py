"""Answers that are kept for as long as they are true, and not a moment longer.

Most people look again without having said anything new. Their answer can be sent as it was - if
nothing was written that concerns them. `store.Watch` tells that before every answer, so a kept
answer is never stale, whoever writes: this process, another one, an import or a training.

>>> from movieloop.store import open_store
>>> with open_store(":memory:") as store:
...     answers = FreshAnswers(store.watch())
...     ticket = answers.ticket()
...     answers.keep("ada", 10, b"{}", ticket=ticket)
...     answers.get("ada", 10), answers.get("ada", 20), answers.get("bob", 10)
(b'{}', None, None)
"""

import threading
import time
from collections import OrderedDict

from movieloop.store import Watch


class FreshAnswers:
    """Kept recommendations; those of the user who asked longest ago are dropped first."""

    def __init__(self, watch: Watch, *, users: int = 4096) -> None:
        """Begin with none.

        Args:
            watch: Tells whose answers may no longer hold.
            users: For how many users answers are kept, at some 4 kB each.
        """
        self._watch = watch
        self._users = users
        self._answers: OrderedDict[str, dict[int, tuple[bytes, float]]] = OrderedDict()
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
            answer, until = self._answers.get(user_id, {}).get(n, (None, 0.0))
            if answer is None or until < time.monotonic():
                return None
            self._answers.move_to_end(user_id)
            return answer

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
            if ticket == self._ticket:
                self._answers.setdefault(user_id, {})[n] = answer, time.monotonic() + seconds
                if len(self._answers) > self._users:
                    self._answers.popitem(last=False)

    def _look(self) -> None:
        """Drop the answers that may no longer hold."""
        users = self._watch.news()
        if users is None:
            self._answers.clear()
        for user_id in users or ():
            self._answers.pop(user_id, None)
        if users is None or users:
            self._ticket += 1
