"""The profile of everybody at every question of a replay: folded exactly as it is served.

One fold serves, replays and trains. It has three rules - one opinion a movie counts, the latest;
only likes slow the rates; a dislike pushes no farther than the walls - and two forms that agree to
the last bit: `taste.learn` says it, `kernels.fold` is that, compiled.

>>> from movieloop.model.embeddings import Memory
>>> log = RatingLog.of(users="aaaa", movies=[7, 8, 7, 8], ratings=[1, 1, 1, 1],
...                    times=[0, 10**6, 2 * 10**6, 3 * 10**6])
>>> space = Embeddings([7, 8], [[1.0], [0.0]], [0.0], (Memory("slow", 1),))
>>> profiles = ReplayedProfiles(space, log)
>>> profiles.at(Replay(log, 3, 4), 0).round(2)       # likes 8, then 7, which counts once
array([0.33])
"""

import numpy as np

from movieloop.data.interactions import Ints, RatingLog
from movieloop.model.embeddings import Embeddings
from movieloop.replay.replay import Replay
from movieloop.taste import Vector


class ReplayedProfiles:
    """Folds what is new of each user, or everything where an opinion was replaced."""

    def __init__(self, space: Embeddings, log: RatingLog) -> None:
        """Begin with nobody known.

        Args:
            space: Where the profiles stand.
            log: Everybody's ratings; a movie without a point teaches nothing.
        """
        row_of = space.row_of
        self.rows: Ints = np.array([row_of.get(int(i), -1) for i in log.movie_ids], dtype=np.int64)
        self._space = space
        self._log = log
        self._folded: dict[int, tuple[int, int, int, Vector]] = {}

    def at(self, replay: Replay, question: int) -> Vector:
        """Give the profile of the user of a question, as it was just before.

        Args:
            replay: Asks about the log.
            question: Its number.

        Returns:
            The profile, shape (d,).
        """
        user, known = int(replay.user[question]), int(replay.known[question])
        learned, counted, likes, profile = self._folded.get(user, (0, 0, 0, self._space.start))
        if learned == known:
            return profile
        new = replay.opinions(question)
        # What was folded is a beginning of what counts now, unless one of it was replaced since.
        if learned > known or not self._still_counts(replay, question, learned, counted):
            counted, likes, profile = 0, 0, self._space.start
        rest = new[counted:]
        rows, ratings = self.rows[self._log.movie[rest]], self._log.rating[rest]
        known_rows = rows >= 0
        profile, likes = self._space.fold(
            rows[known_rows], ratings[known_rows], profile=profile, likes=likes
        )
        self._folded[user] = (known, len(new), likes, profile)
        return profile

    def _still_counts(self, replay: Replay, question: int, learned: int, counted: int) -> bool:
        before = replay.learned(question)[:learned]
        known = int(replay.known[question])
        return int((self._log.replaced_at[before] >= known).sum()) == counted
