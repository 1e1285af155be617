"""Peers that factor the matrix of people and films: ALS, from the library `implicit`."""

from contextlib import AbstractContextManager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from movieloop.data.interactions import RatingLog
from movieloop.evaluation.baselines.baseline import TasteBaseline
from movieloop.evaluation.baselines.item_item import FADES, OTHERS
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Scores


class Als(TasteBaseline):
    """Weighted matrix factorisation by alternating least squares (Hu, Koren, Volinsky 2008).

    Attributes:
        factors: How many.
        ridge: The penalty, in units of `trust`.
        trust: How much more a rated film counts than one that was not.
        dislike: Weight of a dislike where a like has 1.
        seen: Weight of a film seen without an opinion.
        fade: What one later event leaves of an event's weight in a history.
    """

    name = "ALS"
    refits = frozenset({"factors", "ridge", "trust", "dislike", "seen"})

    def __init__(self) -> None:
        """Start in the middle of the grid."""
        self.factors, self.ridge, self.trust = 64.0, 6.0, 5.0
        self.dislike, self.seen, self.fade = 0.0, 0.2, 0.97
        self.grid = {
            "ridge": (0.1, 0.5, 1, 3, 6, 12, 25),
            "trust": (0.3, 1, 2, 5, 10, 30),
            "factors": (16, 32, 64, 128),
            "seen": [weight for weight in OTHERS if weight >= 0],
            "dislike": [weight for weight in OTHERS if weight >= 0],
            "fade": FADES,
        }
        self._model: Any = None

    @staticmethod
    def missing() -> str:
        """Say what is missing to take part.

        Returns:
            What to install; "" if nothing is missing.
        """
        return "" if find_spec("implicit") else "needs the library implicit: pip install implicit"

    def fit(self, log: RatingLog, end: int) -> None:
        """Alternate, 15 times."""
        als = import_module("implicit.als")
        with _one_thread():
            self._model = als.AlternatingLeastSquares(
                factors=int(self.factors),
                regularization=self.ridge * self.trust,
                alpha=1.0,
                iterations=15,
                random_state=0,
                num_threads=0,
                use_gpu=False,
            )
        past = Histories.whole(log.first(end))
        with _one_thread():
            self._model.fit(self._trusted(past, fade=1.0), show_progress=False)

    def taste(self, histories: Histories) -> Scores:
        """Solve for the person's factors, then multiply."""
        known = self._trusted(histories, fade=self.fade)
        with _one_thread():
            people = self._model.recalculate_user(np.arange(len(histories)), known)
        return np.asarray(people @ self._model.item_factors.T, dtype=np.float32)

    def _trusted(self, histories: Histories, *, fade: float) -> "csr_matrix[np.float32]":
        known = histories.matrix(dislike=self.dislike, seen=self.seen, fade=fade)
        parts = (known.data * np.float32(self.trust), known.indices, known.indptr)
        trusted = csr_matrix(parts, shape=known.shape)
        trusted.indices = trusted.indices.astype(np.int32)  # the library knows no other
        trusted.indptr = trusted.indptr.astype(np.int32)
        return trusted


def _one_thread() -> AbstractContextManager[None]:
    """Let each product run on one thread: the library itself runs many side by side."""
    limits: AbstractContextManager[None] = import_module("threadpoolctl").threadpool_limits(
        1, "blas"
    )
    return limits
