"""EASE and item-kNN are the textbook ones."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from movieloop.data.interactions import RatingLog
from movieloop.evaluation.baselines.item_item import ItemKnn, ease
from tests.evaluation.baselines.asked import DATA, END


@pytest.mark.parametrize("shape", [(12, 7), (7, 12)], ids=["more people", "more films"])
def test_ease_is_the_textbook_one(shape: tuple[int, int]) -> None:
    likes = (np.random.default_rng(1).random(shape) < 0.4).astype(np.float32)
    inverse = np.linalg.inv(likes.T @ likes + 3.0 * np.eye(shape[1]))
    expected = np.eye(shape[1]) - inverse / np.diag(inverse)
    found = ease(csr_array(likes), ridge=3.0)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert (np.diag(found) == 0).all()


def test_ease_is_the_best_way_to_rebuild_the_likes() -> None:
    random = np.random.default_rng(2)
    likes = (random.random((30, 6)) < 0.5).astype(np.float32)

    def cost(square: np.ndarray) -> float:
        return float(((likes - likes @ square) ** 2).sum() + 2.0 * (square**2).sum())

    best = ease(csr_array(likes), ridge=2.0)
    for _ in range(20):
        step = random.normal(scale=0.01, size=(6, 6))
        np.fill_diagonal(step, 0)
        assert cost(best) < cost(best + step)


def test_item_knn_is_the_cosine() -> None:
    log = RatingLog.of("aabbc", [7, 8, 7, 8, 7], [1] * 5, range(5))
    knn = ItemKnn()
    knn.shrink = 0.0
    knn.fit(log, 5)
    assert knn.square[0, 1] == pytest.approx(2 / np.sqrt(3 * 2))
    assert knn.square[0, 0] == 0


def test_item_knn_keeps_the_nearest_of_every_film() -> None:
    knn = ItemKnn()
    knn.fit(DATA.log, END)
    full = knn.square.copy()
    knn.neighbours = 3.0
    knn.fit(DATA.log, END)
    for film in range(full.shape[1]):
        kept = np.flatnonzero(knn.square[:, film])
        assert len(kept) >= 3  # ties may share the last place
        assert full[kept, film].min() >= np.delete(full[:, film], kept).max()
