"""What variety costs and brings: hits beside how many of a person's tastes the list has a film of.

Asked about are liked films of people with four likes and more. Their likes are divided into groups
(`movieloop.model.medoids`); a taste is covered if one of the ten films stands within its reach.

>>> OfVariety(0.2, hr10=0.1, tastes=0.75).against(OfVariety(0.0, hr10=0.1, tastes=0.5))
(1.0, 1.5)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movieloop.data.interactions import LIKED, Ints
from movieloop.model.embeddings import POPULARITY, Embeddings
from movieloop.model.medoids import Medoids
from movieloop.model.variety import CANDIDATES, covers, varied
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Replay, spread
from movieloop.replay.scorer import EmbeddingScorer
from movieloop.taste import Rows, Vector

SETTINGS = (0.0, 0.1, 0.2, 0.3, 0.5, 1.0)
FEWEST = 4  # likes that can be several tastes
MOST = 6_000  # questions
_LISTED = 10


@dataclass(frozen=True, slots=True)
class OfVariety:
    """What one setting brings.

    Attributes:
        variety: 0 = exactly the nearest films.
        hr10: Share of liked films that stood in the list.
        tastes: Share of the person's tastes the list had a film of.
    """

    variety: float
    hr10: float
    tastes: float

    def against(self, plain: "OfVariety") -> tuple[float, float]:
        """Compare with the plain list.

        Args:
            plain: The figures at variety 0.

        Returns:
            How many times its hits and its tastes.
        """
        return self.hr10 / max(plain.hr10, 1e-12), self.tastes / max(plain.tastes, 1e-12)


def measure(replay: Replay, space: Embeddings) -> list[OfVariety]:
    """Replay with several settings of variety.

    Args:
        replay: The questions.
        space: The points that serve.

    Returns:
        One row a setting, none if nobody has so many likes.
    """
    log = replay.log
    row_of = np.array([space.row_of.get(int(movie), -1) for movie in log.movie_ids])
    taste = space.points[:, :-1] if POPULARITY in space.blocks else space.points
    scorer = EmbeddingScorer(space)
    asked = replay.events[replay.liked]
    some = Replay(log, replay.first, replay.last, spread(asked, MOST)) if len(asked) else replay
    sums = np.zeros((len(SETTINGS), 2))
    count = 0
    for part in some.parts():
        distances = _distances(scorer, some, part)
        for i, question in enumerate(range(part.start, part.stop)):
            said = some.opinions(question)
            liked = row_of[log.movie[said[log.rating[said] == LIKED]]]
            points = taste[liked[liked >= 0]]
            if len(points) < FEWEST:
                continue
            count += 1
            near = _nearest(distances[i], row_of)
            sums += _tried(
                points, taste[row_of[near]], distances[i][near], near == some.target[question]
            )
    if not count:
        return []
    return [
        OfVariety(variety, float(hits), float(tastes))
        for variety, (hits, tastes) in zip(SETTINGS, sums / count, strict=True)
    ]


def _distances(scorer: EmbeddingScorer, replay: Replay, part: slice) -> NDArray[np.float64]:
    """Give the distances of all films, up to a constant a question; what was rated is far away."""
    far = -np.array(scorer.scores(replay, part), dtype=np.float64)
    before = replay.log.position[replay.events[part]]
    rated = Histories.before(replay.log, replay.user[part], before)
    here = np.arange(len(far))
    own = far[here, replay.target[part]].copy()
    far[np.repeat(here, before), replay.log.movie[rated.events]] = np.inf
    far[here, replay.target[part]] = own
    return far


def _nearest(distances: Vector, row_of: Ints) -> Rows:
    able = np.flatnonzero(np.isfinite(distances) & (row_of >= 0))
    order = np.argsort(distances[able], kind="stable")
    return np.asarray(able[order[:CANDIDATES]])


def _tried(
    likes: Vector, films: Vector, distances: Vector, sought: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Choose with every setting: (hit, share of tastes) each, shape (settings, 2)."""
    groups = Medoids.of(likes)
    tastes = likes[groups.rows]
    of_taste = covers(films, tastes, groups.reach)
    tried: list[Sequence[float]] = []
    for variety in SETTINGS:
        chosen = varied(films, distances, tastes, groups.reach, n=_LISTED, variety=variety)
        tried.append((float(sought[chosen].any()), float(of_taste[:, chosen].any(axis=1).mean())))
    return np.array(tried)
