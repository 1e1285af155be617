"""Who takes part: ours, and every peer with how it is made.

A peer that is built of others, EASE on live popularity say, is made of the tuned ones:

>>> sorted(BASELINES)[:4]
['als', 'als+live', 'ease', 'ease+live']
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from movieloop.data import Movie, packaged_points
from movieloop.data.interactions import LIKED, ONLY_SEEN, RatingLog
from movieloop.errors import InvalidInput
from movieloop.evaluation.baselines.als import Als
from movieloop.evaluation.baselines.baseline import Baseline, Learner, TasteBaseline
from movieloop.evaluation.baselines.blends import Both, OnPopularity
from movieloop.evaluation.baselines.genres import GenreRule
from movieloop.evaluation.baselines.item_item import MOST_MOVIES, Ease, ItemKnn
from movieloop.evaluation.baselines.markov import Markov
from movieloop.evaluation.baselines.popularity import PopularityBaseline, RandomBaseline
from movieloop.evaluation.baselines.sasrec import SasRec
from movieloop.evaluation.loading import Data
from movieloop.model.content import content_of, in_rows, packaged_rows
from movieloop.model.embeddings import Embeddings
from movieloop.replay.histories import Histories
from movieloop.replay.replay import Replay, Scores
from movieloop.replay.scorer import EmbeddingScorer
from movieloop.taste import Matrix, manhattan_distance
from movieloop.training.cold_start import features_of
from movieloop.training.fit import fit
from movieloop.training.timeless import train_timeless
from movieloop.training.train import Trained

Tuned = Callable[[str], Baseline]
Make = Callable[[Data, Tuned], Baseline]


class Movieloop:
    """movieloop itself: chosen and trained by `fit`, asked as it is served.

    Attributes:
        name: What tables call it.
        kind: "ours".
    """

    name = "movieloop"
    kind: Literal["ours", "peer"] = "ours"

    def __init__(self, films: Sequence[Movie] = ()) -> None:
        """Take what is known of the films beside ratings, as a database has it.

        Args:
            films: The film of every movie of the log, none if nothing is known.
        """
        self._films = films

    def fit(self, log: RatingLog, end: int) -> None:
        """Choose a plan on the newest of the events, then train on all of them.

        Args:
            log: The events, oldest first.
            end: How many of them may be looked at.
        """
        past, features, content = log.first(end), None, None
        if self._films:
            content = content_of(in_rows(past.movie_ids, self._films))
            features = features_of(past.movie_ids, self._films)
        self._serve(fit(past, features=features, content=content).trained, past)

    def _serve(self, trained: Trained, past: RatingLog) -> None:
        """Answer with these points from now on; all likes count for popularity."""
        likes = np.bincount(past.movie[past.rating == LIKED], minlength=len(past.movie_ids))
        self._space = trained.embeddings(likes.astype(np.float64))
        self._scorer = EmbeddingScorer(self._space)

    @property
    def space(self) -> Embeddings:
        """The points that answer, once it has learned."""
        return self._space

    def scores(self, replay: Replay, part: slice) -> Scores:
        """Turn the distances around that would have been served.

        Args:
            replay: The questions.
            part: Which of them.

        Returns:
            Higher = better, shape (questions, movies).
        """
        return self._scorer.scores(replay, part)

    def fold_scores(self, histories: RatingLog) -> Scores:
        """Fold the histories and turn the distances around; all likes count for popularity.

        Args:
            histories: What is known of people; the same movies as in `fit`.

        Returns:
            Higher = better, shape (users, movies).
        """
        profiles = self.profiles(histories)
        scores = np.full((len(profiles), len(histories.movie_ids)), -np.inf)
        there = np.searchsorted(histories.movie_ids, self._space.movie_ids)
        for row, profile in enumerate(profiles):
            scores[row, there] = -manhattan_distance(profile, self._space.points)
        return scores

    def profiles(self, histories: RatingLog) -> Matrix:
        """Fold what is known of people.

        Args:
            histories: What is known; the same movies as in `fit`.

        Returns:
            Where they stand, shape (users, d).
        """
        known = Histories.whole(histories)
        folded = []
        for row in range(len(known)):
            events = known.events[known.starts[row] : known.starts[row + 1]]
            movies = histories.movie_ids[histories.movie[events]].tolist()
            said = [None if r == ONLY_SEEN else r for r in histories.rating[events].tolist()]
            folded.append(self._space.learn(zip(movies, said, strict=True)))
        return np.array(folded).reshape(len(folded), -1)


class Timeless(Movieloop):
    """movieloop where time means nothing: every voice is trained on likes in another order."""

    def fit(self, log: RatingLog, end: int) -> None:
        """Train the timeless plan on likes in drawn orders.

        Args:
            log: The events, in any order.
            end: How many of them may be looked at.
        """
        past = log.first(end)
        self._serve(train_timeless(past), past)


class Packaged(Movieloop):
    """The points that come with movieloop: they have learned nothing of these ratings."""

    name = "movieloop, packaged"

    def fit(self, log: RatingLog, end: int) -> None:
        """Give the films of the log that are packaged their points.

        Args:
            log: The events; nothing is learned from them.
            end: How many of them may be looked at.
        """
        rows = packaged_rows(in_rows(log.movie_ids, self._films))
        space = Embeddings.from_bytes(packaged_points())
        there = rows >= 0
        if not there.any():
            raise InvalidInput("ratings", "None of these films is packaged.")
        self._space = replace(
            space, movie_ids=log.movie_ids[there], points=space.points[rows[there]]
        )
        self._scorer = EmbeddingScorer(self._space)


def ours(data: Data, *, protocol: str) -> list[Learner]:
    """List movieloop's own scorers.

    Args:
        data: The ratings.
        protocol: How it is asked.

    Returns:
        Those that take part in such an evaluation: what training makes, where time means nothing
        the timeless plan, for newcomers also what comes with the program.
    """
    trained, timeless = Movieloop(data.films), Timeless()
    if protocol in ("holdout", "group"):
        return [timeless]
    if protocol != "newcomer":
        return [trained]
    timeless.name = "movieloop, timeless"
    there = len(data.films) > 0 and (packaged_rows(data.films) >= 0).any()
    return [trained, timeless, *([Packaged(data.films)] if there else [])]


def absent(key: str, data: Data, *, live: bool) -> str:
    """Say why a peer cannot take part.

    >>> from movieloop.data.interactions import RatingLog
    >>> data = Data("one", RatingLog.of(users="a", movies=[7], ratings=[1], times=[0]))
    >>> absent("genres", data, live=True), absent("knn", data, live=True)
    ('no genres are known', '')

    Args:
        key: Which peer, a key of `BASELINES`.
        data: The ratings.
        live: Whether questions have a time.

    Returns:
        The reason, "" if it can.
    """
    if "live" in key and not live:
        return "nothing is live where people are held out"
    if key.startswith("als"):
        return Als.missing()
    if key.startswith("sasrec"):
        return SasRec.missing()
    if key == "genres":
        return "" if data.genres is not None else "no genres are known"
    if key not in ("random", "popularity", "live") and len(data.log.movie_ids) > MOST_MOVIES:
        return f"a square of more than {MOST_MOVIES:,} films does not fit"
    return ""


def _on(base: str) -> Make:
    """Put a taste on live popularity, both tuned before."""

    def make(data: Data, tuned: Tuned) -> Baseline:
        taste, live = tuned(base), tuned("live")
        assert isinstance(taste, TasteBaseline) and isinstance(live, PopularityBaseline)  # noqa: S101
        return OnPopularity(taste, live)

    return make


def _both(data: Data, tuned: Tuned) -> Baseline:
    one, two = tuned("ease-fading"), tuned("markov")
    assert isinstance(one, TasteBaseline) and isinstance(two, TasteBaseline)  # noqa: S101
    return Both("EASE + Markov", one, two)


def _genres(data: Data, tuned: Tuned) -> Baseline:
    assert data.genres is not None  # noqa: S101 - see `absent`
    return GenreRule(data.genres)


BASELINES: Mapping[str, Make] = {
    "random": lambda data, tuned: RandomBaseline(),
    "popularity": lambda data, tuned: PopularityBaseline(),
    "live": lambda data, tuned: PopularityBaseline("live popularity", 14, tuned=True),
    "genres": _genres,
    "knn": lambda data, tuned: ItemKnn(),
    "als": lambda data, tuned: Als(),
    "ease": lambda data, tuned: Ease(),
    "ease-fading": lambda data, tuned: Ease("EASE fading", fading=True),
    "markov": lambda data, tuned: Markov(),
    "ease-markov": _both,
    "sasrec": lambda data, tuned: SasRec(),
    "knn+live": _on("knn"),
    "als+live": _on("als"),
    "ease+live": _on("ease"),
    "ease-fading+live": _on("ease-fading"),
    "markov+live": _on("markov"),
    "ease-markov+live": _on("ease-markov"),
    "sasrec+live": _on("sasrec"),
}
