"""Mixtures of what was learned, what films are about and popularity: ranks without training again.

Distances add up, and so do their parts: how near a film is by taste, by content and by popularity
is worked out once, and weighed in many ways.

>>> str(Mixture(0.6, 1.4, 0.5))
'taste 0.6, content 1.4, half-life x 0.5'
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from movieloop.model.content import Content
from movieloop.model.embeddings import Embeddings
from movieloop.model.popularity import LivePopularity
from movieloop.replay.rank_kernels import mixed_ranks, rated_before
from movieloop.replay.replay import Replay
from movieloop.replay.scorer import EmbeddingScorer
from movieloop.training.hyperparameters import PATIENCE, Hyperparameters
from movieloop.training.train import Trained

TASTE, CONTENT, FADING = (1.0, 0.6, 0.3), (0.0, 0.6, 1.4), (1.0, 0.5)
SHARES = (0.3, 0.15)  # of what is learned where time means nothing

Ranks = NDArray[np.float64]
Near = NDArray[np.floating]
Nearness = Callable[[Replay, slice], Near]  # of all films, shape (questions, movies)


class Mixture(NamedTuple):
    """How much taste, how much content, and how fast popularity fades beside them."""

    taste: float
    content: float
    fading: float

    def __str__(self) -> str:
        """Say it in the words of a report."""
        return f"taste {self.taste:g}, content {self.content:g}, half-life x {self.fading:g}"


def mixtures_of(content: Content | None) -> list[Mixture]:
    """List what is tried.

    >>> len(mixtures_of(None))
    6

    Args:
        content: What the movies are about; None if nothing is known.

    Returns:
        All combinations.
    """
    shares = CONTENT if content is not None and content.known else CONTENT[:1]
    return [Mixture(*mixture) for mixture in product(TASTE, shares, FADING)]


def ranks_mixed(
    trained: Trained, replay: Replay, content: Content | None, mixtures: Sequence[Mixture]
) -> Ranks:
    """Rank what was liked next, in every mixture.

    Args:
        trained: What was learned.
        replay: The questions.
        content: What the movies are about; None if nothing is known.
        mixtures: What is tried.

    Returns:
        From 1, ties half way, shape (mixtures, questions).
    """
    about = _about(trained, content)
    beside = None if about is None else about.nearness
    return _ranks(replay, mixtures, trained.plan, _taste(trained).nearness, beside)


def ranks_beside(
    trained: Trained,
    timeless: Trained,
    plan: Hyperparameters,
    replay: Replay,
    content: Content | None,
) -> Ranks:
    """Rank what was liked next, with every share of what was learned where time means nothing.

    Args:
        trained: What was learned.
        timeless: The same where time means nothing.
        plan: The mixture of the rest.
        replay: The questions.
        content: What the movies are about; None if nothing is known.

    Returns:
        From 1, ties half way, shape (shares, questions).
    """
    taste, about = _taste(trained), _about(trained, content)
    held = tuple(replace(memory, patience=PATIENCE) for memory in timeless.plan.memories)
    newcomers = _taste(replace(timeless, plan=replace(timeless.plan, memories=held)))

    def known(replay: Replay, part: slice) -> Near:
        near = plan.weight * taste.nearness(replay, part)
        return near if about is None else near + plan.content * about.nearness(replay, part)

    mixtures = [Mixture(1.0, share, 1.0) for share in SHARES]
    return _ranks(replay, mixtures, plan, known, newcomers.nearness)


def _ranks(
    replay: Replay,
    mixtures: Sequence[Mixture],
    plan: Hyperparameters,
    taste: Nearness,
    beside: Nearness | None,
) -> Ranks:
    """Rank what was liked next by two kinds of nearness and popularity, weighed in many ways."""
    assert plan.half_life is not None  # noqa: S101 - it was chosen before
    popular = {
        fading: LivePopularity(replay.log, half_life=plan.half_life * fading, clock="likes")
        for fading in dict.fromkeys(mixture.fading for mixture in mixtures)
    }
    rated, starts = rated_before(replay)
    ranks = np.empty((len(mixtures), len(replay.events)))
    for part in replay.parts():
        tasted = taste(replay, part)
        told = np.zeros_like(tasted) if beside is None else beside(replay, part)
        for fading, likes in popular.items():
            chosen = [i for i, mixture in enumerate(mixtures) if mixture.fading == fading]
            weights = np.array([mixtures[i][:2] for i in chosen])
            known = np.log(likes.at(replay.time[part]) + plan.smoothing)
            found = np.empty((len(chosen), part.stop - part.start))
            asked = starts[part.start : part.stop + 1]
            mixed_ranks(tasted, told, known, weights, replay.target[part], rated, asked, found)
            ranks[chosen, part] = found
    return ranks


def _taste(trained: Trained) -> EmbeddingScorer:
    """Score by what was learned, popularity left out."""
    return EmbeddingScorer(trained.embeddings(np.zeros(len(trained.movie_ids))))


def _about(trained: Trained, content: Content | None) -> EmbeddingScorer | None:
    """Score by what films are about; None if nothing is known."""
    if content is None or not content.known:
        return None
    start = np.zeros(content.points.shape[1])
    return EmbeddingScorer(Embeddings(trained.movie_ids, content.points, start, content.memories))
