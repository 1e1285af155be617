"""Measure what newcomers get from the points: somebody taps three films, what follows?

Everything is learned from the ratings to November 2013. Asked are people who first appear in
January to March 2014 and like five films or more: three of their likes, drawn, are tapped, the
others are to be found among all films of the catalogue. EASE and item-kNN are trained on the same
ratings, with the settings they have before they are tuned.

requires: numpy, and movieloop itself
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from catalog_replay import opinion
from catalog_sources import Rating
from movieloop.data.interactions import LIKED, RatingLog
from movieloop.evaluation.baselines.baseline import Learner
from movieloop.evaluation.baselines.item_item import Ease, ItemKnn
from movieloop.evaluation.baselines.popularity import PopularityBaseline
from movieloop.evaluation.list_metrics import ListFigures
from movieloop.model.embeddings import Embeddings
from movieloop.taste import manhattan_distance

TAPS, LEAST, SEED, TOP = 3, 5, 0, 10


def newcomers(
    space: Embeddings, past: list[Rating], later: list[Rating]
) -> dict[str, dict[str, float]]:
    """Welcome the people who first appear later.

    Args:
        space: Points made from `past` alone.
        past: What peers learn from.
        later: What newcomers say.

    Returns:
        By name: the share of the first ten films that they like and that they dislike, NDCG@100,
        and how many different films all first tens hold.
    """
    known = {rating.user for rating in past}
    learned = _log(space, past)
    asked = _log(space, [rating for rating in later if rating.user not in known])
    likes = np.flatnonzero((asked.rating == LIKED) & asked.first_time)
    count = np.bincount(asked.user[likes], minlength=asked.users)
    people = np.flatnonzero(count >= LEAST)
    liked, disliked = (_said(asked, people, said) for said in (1, 0))
    rng = np.random.default_rng(SEED)
    taps = np.array([rng.permutation(np.flatnonzero(row))[:TAPS] for row in liked])
    tapped = np.zeros_like(liked)
    np.put_along_axis(tapped, taps, values=True, axis=1)
    histories = RatingLog(
        np.repeat(np.arange(len(people)), TAPS),
        taps.ravel(),
        np.ones(taps.size, np.int8),
        np.arange(taps.size),
        asked.movie_ids,
    )
    answers = {"packaged points": _nearest(space, asked.movie_ids, taps)}
    peers: list[Learner] = [PopularityBaseline(), ItemKnn(), Ease()]
    for peer in peers:
        peer.fit(learned, len(learned))
        answers[peer.name] = np.asarray(peer.fold_scores(histories), dtype=np.float64)
    figures = {"people": {"asked": float(len(people))}}
    for name, scores in answers.items():
        found = ListFigures.of(scores, liked & ~tapped, tapped)
        wrong = ListFigures.of(scores, disliked & ~tapped, tapped)
        figures[name] = {
            "liked_of_10": round(float(found.hits[:, :TOP].mean()), 4),
            "disliked_of_10": round(float(wrong.hits[:, :TOP].mean()), 4),
            "ndcg_at_100": round(float(found.ndcg(100).mean()), 4),
            "different_films": float(len(np.unique(found.top[:, :TOP]))),
        }
    return figures


def _log(space: Embeddings, ratings: list[Rating]) -> RatingLog:
    told = [rating for rating in ratings if rating.movie_id in space.row_of]
    return RatingLog.of(
        [rating.user for rating in told],
        [rating.movie_id for rating in told],
        [opinion(rating.score) for rating in told],
        [rating.time * 1000 for rating in told],
        movie_ids=space.movie_ids,
    )


def _said(log: RatingLog, people: NDArray[np.int64], said: int) -> NDArray[np.bool_]:
    number = np.full(log.users, -1)
    number[people] = np.arange(len(people))
    events = np.flatnonzero((log.rating == said) & (number[log.user] >= 0))
    told = np.zeros((len(people), len(log.movie_ids)), dtype=np.bool_)
    told[number[log.user[events]], log.movie[events]] = True
    return told


def _nearest(
    space: Embeddings, movie_ids: NDArray[np.int64], taps: NDArray[np.int64]
) -> NDArray[np.float64]:
    rows = np.array([space.row_of[number] for number in movie_ids.tolist()])
    scores = np.empty((len(taps), len(rows)))
    for person, tapped in enumerate(taps):
        profile = space.learn([(int(number), 1) for number in movie_ids[tapped]])
        scores[person] = -manhattan_distance(profile, space.points)[rows]
    return scores
