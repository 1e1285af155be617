"""What people have a word for is a direction of the space, as sure as the area under the curve."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from movieloop import Embeddings, Memory, Movie
from movieloop.model.concept_directions import ConceptDirections, _sureness

FILMS = [
    Movie(i, f"Film {i}", 1955 + i % 60, ("War",) if i % 3 else ("Western",), popularity=i)
    for i in range(60)
]
MEMORIES = (Memory("slow", 2), Memory("fast", 2, floor=0.5), Memory("popularity", 1))


@pytest.fixture(scope="module")
def directions() -> ConceptDirections:
    points = np.random.default_rng(0).normal(size=(60, 5))
    points[::3, 0] += 4.0  # westerns
    return ConceptDirections.of(Embeddings(np.arange(60), points, np.zeros(5), MEMORIES), FILMS)


def test_only_kinds_with_enough_films_have_a_direction(directions: ConceptDirections) -> None:
    kinds = dict(zip(directions.names, directions.kinds, strict=True))
    assert kinds["War"] == kinds["Western"] == "genre"
    assert "before 1950" not in kinds  # nothing is that old
    assert not any(kind == "mainstream" for kind in kinds.values())  # 12 films are too few


def test_going_to_the_westerns_is_told_as_such(directions: ConceptDirections) -> None:
    west = directions.names.index("Western")
    gone = directions.start.copy()
    gone[0] += 3.0
    assert directions.of_profile(directions.start).tolist() == [0.0] * len(directions.names)
    assert directions.of_profile(gone)[west] > 1.0
    assert directions.of_profile(gone)[directions.names.index("War")] < -1.0
    assert directions.sure[west] > 0.9


def test_the_memories_add_up_to_the_whole(directions: ConceptDirections) -> None:
    profile = np.array([1.0, -0.5, 2.0, 0.3, 7.0])
    slow = directions.of_profile(profile, memory=directions.slow)
    fast = directions.of_profile(profile, memory=directions.fast)
    np.testing.assert_allclose(slow + fast, directions.of_profile(profile))


def test_popularity_is_no_part_of_a_taste(directions: ConceptDirections) -> None:
    popular = np.array([0.0, 0.0, 0.0, 0.0, 100.0])
    assert (directions.of_profile(popular) == 0).all()


@pytest.mark.parametrize("seed", range(5))
def test_sureness_is_scikit_learns_area_rescaled(seed: int) -> None:
    random = np.random.default_rng(seed)
    along = random.integers(0, 6, 80).astype(float)  # with ties
    members = random.random(80) < 0.3
    area = roc_auc_score(members, along)
    assert _sureness(along, members) == pytest.approx(max(0.0, 2 * area - 1))
