"""Figures are checked against scikit-learn, against hand numbers, and for being sure of little."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score, roc_auc_score

from movieloop.evaluation import list_metrics as lists
from movieloop.evaluation.list_metrics import ListFigures
from movieloop.replay import metrics

RANKS = st.lists(st.integers(1, 200).map(lambda half: half / 2 + 0.5), min_size=1, max_size=30)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=20))
def test_ndcg_of_one_film_is_scikit_learns(ranks: list[int]) -> None:
    relevance = np.zeros((len(ranks), 30))
    relevance[np.arange(len(ranks)), np.array(ranks) - 1] = 1
    scores = np.tile(-np.arange(30.0), (len(ranks), 1))
    assert metrics.ndcg(ranks) == pytest.approx(ndcg_score(relevance, scores, k=10))


@given(RANKS, RANKS)
def test_auc_is_scikit_learns_ties_included(liked: list[float], disliked: list[float]) -> None:
    truth = [1] * len(liked) + [0] * len(disliked)
    theirs = roc_auc_score(truth, [-rank for rank in [*liked, *disliked]])
    assert metrics.auc(liked, disliked) == pytest.approx(theirs)


@given(st.integers(0, 2**32 - 1), st.integers(1, 120))
def test_ndcg_of_lists_is_scikit_learns(seed: int, n: int) -> None:
    random = np.random.default_rng(seed)
    relevant = random.random((7, 150)) < 0.1
    relevant[:, 0] = True
    scores = random.permuted(np.tile(np.arange(150.0), (7, 1)), axis=1)
    ours = ListFigures.of(scores, relevant).ndcg(min(n, 100))
    theirs = [
        ndcg_score(relevant[i : i + 1].astype(int), scores[i : i + 1], k=min(n, 100))
        for i in range(7)
    ]
    assert ours == pytest.approx(theirs)


def test_recall_counts_what_can_be_found() -> None:
    scores = np.array([[5.0, 4, 3, 2, 1]])
    few = ListFigures.of(scores, np.array([[True, False, False, False, True]]))
    assert few.recall(2) == pytest.approx([0.5])
    many = ListFigures.of(scores, np.array([[True, True, True, False, False]]))
    assert many.recall(2) == pytest.approx([1.0])  # two places, both filled well


def test_films_folded_in_are_out_of_the_race() -> None:
    scores, relevant = np.array([[9.0, 1, 0]]), np.array([[False, True, False]])
    known = np.array([[True, False, False]])
    assert ListFigures.of(scores, relevant).ndcg(1) == pytest.approx([0.0])
    assert ListFigures.of(scores, relevant, known).ndcg(1) == pytest.approx([1.0])


def test_ties_in_lists_are_decided_by_the_same_shuffle_for_everybody() -> None:
    relevant = np.eye(200, dtype=np.bool_)
    flat = ListFigures.of(np.zeros((200, 200)), relevant)
    assert flat.recall(20).mean() == pytest.approx(0.1)  # chance, not the order of the columns
    assert (flat.hits == ListFigures.of(np.zeros((200, 200)), relevant).hits).all()


def test_a_tie_at_the_edge_of_the_top_10_is_no_hit() -> None:
    assert metrics.hit_rate([10.0, 10.5]) == 0.5
    assert metrics.ndcg([10.5]) == 0.0


def test_buckets_take_every_question_once() -> None:
    known = np.arange(100)
    buckets = metrics.by_known(np.ones(100), known)
    assert [n for _, n in buckets.values()] == [1, 1, 3, 5, 10, 30, 50]
    assert list(buckets) == ["0", "1", "2-4", "5-9", "10-19", "20-49", "50+"]
    assert np.isnan(metrics.by_known([], [])["0"][0])


def test_the_bootstrap_draws_people() -> None:
    """A hundred films of two people say as little as two films of two people."""
    hits = np.repeat([1.0, 0.0], 50)
    assert metrics.interval(hits, np.repeat([1, 2], 50)) == (0.0, 1.0)
    low, high = metrics.interval(hits, np.arange(100))
    assert 0.38 < low < 0.45 and 0.55 < high < 0.62  # .5 +- 1.96 * .05
    assert metrics.interval(hits, np.arange(100)) == (low, high)


def test_a_pair_is_compared_on_the_same_draws() -> None:
    random = np.random.default_rng(0)
    users = np.repeat(np.arange(200), 5)
    base = (random.random(1000) < np.repeat(random.random(200), 5)).astype(float)
    better = np.maximum(base, random.random(1000) < 0.05)
    low, high = metrics.ratio(better, base, users)
    alone = metrics.interval(base, users)
    assert 1.0 < low < high < 1.15
    assert high - low < (alone.high - alone.low) / base.mean()


def test_coverage_and_novelty_by_hand() -> None:
    assert lists.coverage(np.array([[0, 0], [0, 3]]), movies=4) == 0.5
    assert lists.novelty(np.array([[0]]), likes=[3, 3]) == 1.0  # half of all likes: one bit
    assert np.isnan(lists.novelty(np.zeros((0, 10), dtype=int), likes=[1]))
