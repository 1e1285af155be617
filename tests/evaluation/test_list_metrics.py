"""Figures of whole lists against scikit-learn and plain counting."""

import numpy as np
import pytest
from sklearn.metrics import ndcg_score

from movieloop.evaluation.list_metrics import ListFigures, coverage, novelty


@pytest.mark.parametrize("seed", range(4))
def test_they_are_what_sorting_by_hand_gives(seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.permutation(600).reshape(4, 150).astype(float)
    relevant = random.random((4, 150)) < 0.1
    found = ListFigures.of(scores, relevant)
    for person in range(4):
        order = np.argsort(-scores[person])
        for n in (1, 20, 100):
            hits = relevant[person, order[:n]].sum()
            assert found.recall(n)[person] == hits / min(n, relevant[person].sum())
            expected = ndcg_score(relevant[[person]].astype(float), scores[[person]], k=n)
            assert found.ndcg(n)[person] == pytest.approx(expected)


def test_what_is_known_is_in_nobodys_list() -> None:
    scores = np.arange(5.0)[None]
    relevant = np.array([[False, False, True, False, False]])
    known = np.array([[False, False, False, True, True]])
    assert ListFigures.of(scores, relevant).recall(1)[0] == 0
    assert ListFigures.of(scores, relevant, known).recall(1)[0] == 1


def test_lists_that_show_everybody_the_same_cover_little_and_surprise_nobody() -> None:
    likes = np.array([90, 5, 3, 2])
    same, mixed = np.zeros((4, 1), int), np.arange(4)[:, None]
    assert coverage(same, 4) == 0.25 < coverage(mixed, 4) == 1.0
    assert novelty(same, likes) < novelty(mixed, likes)
    assert np.isnan(novelty(np.empty((0, 1), int), likes))
