"""Newcomers: unknown to training, asked after a few taps, judged by what else they like."""

from dataclasses import replace

import numpy as np
import pytest

from movieloop.data import Movie, packaged_films
from movieloop.data.interactions import DISLIKED, LIKED, RatingLog
from movieloop.errors import InvalidInput
from movieloop.evaluation.baselines.popularity import PopularityBaseline
from movieloop.evaluation.loading import Data, among_packaged
from movieloop.evaluation.methods import Movieloop, Packaged, Timeless
from movieloop.evaluation.newcomers import TAPS, Newcomers
from tests.small_logs import small_data

LOG = small_data(people=60, films=60, events=2500).log
NEWCOMERS = Newcomers(LOG)


class Knows:
    """Somebody who scores films by a table."""

    name, kind = "knows", "peer"

    def __init__(self, table: np.ndarray) -> None:
        self.table = table

    def fit(self, log: RatingLog, end: int) -> None:
        assert not np.isin(log.user[:end], NEWCOMERS.people).any()

    def fold_scores(self, histories: RatingLog) -> np.ndarray:
        return self.table.astype(float)


def test_newcomers_are_unknown_and_their_taps_are_likes_of_theirs() -> None:
    assert not np.isin(NEWCOMERS.people, NEWCOMERS.learned.user).any()
    assert len(np.intersect1d(NEWCOMERS.earlier.user, NEWCOMERS.people)) == 0
    assert NEWCOMERS.earlier.users <= NEWCOMERS.learned.users <= LOG.users
    for count in TAPS:
        tapped = NEWCOMERS.taps(count)
        assert (tapped.rating == LIKED).all()
        assert np.bincount(tapped.user).tolist() == [count] * len(NEWCOMERS.people)
        pairs = set(zip(tapped.user.tolist(), tapped.movie.tolist(), strict=True))
        assert len(pairs) == len(tapped)
        assert all(NEWCOMERS.test.liked[pair] for pair in pairs)


def test_who_knows_it_all_fills_the_list_and_who_knows_it_wrong_does_not() -> None:
    liked, disliked = NEWCOMERS.test.liked, NEWCOMERS.test.disliked
    best = NEWCOMERS.measure(Knows(liked)).taps  # type: ignore[arg-type]
    wanted = np.minimum(liked.sum(axis=1) - 3, 10).mean() / 10
    assert best[3].liked10 == pytest.approx(wanted)
    assert best[3].ndcg100 == pytest.approx(1.0)
    worst = NEWCOMERS.measure(Knows(disliked)).taps[3]  # type: ignore[arg-type]
    assert worst.disliked10 == pytest.approx(np.minimum(disliked.sum(axis=1), 10).mean() / 10)
    assert worst.disliked10 > best[3].disliked10


def test_the_same_list_for_everybody_is_told() -> None:
    same = np.tile(np.arange(60.0), (len(NEWCOMERS.people), 1))
    assert NEWCOMERS.measure(Knows(same)).taps[1].different < 20  # type: ignore[arg-type]


@pytest.mark.parametrize("make", [Movieloop, Timeless, PopularityBaseline])
def test_all_take_part(make: type) -> None:
    result = NEWCOMERS.measure(make())
    assert set(result.taps) == set(TAPS)
    assert result.liked10 == result.taps[3].liked10 == pytest.approx(result.headline.mean())
    assert result.as_json()["taps"]["10"]["different"] > 9
    assert 0 < NEWCOMERS.judge(make_practised(make)) < 1


def make_practised(make: type) -> Movieloop | Timeless | PopularityBaseline:
    """Somebody who knows what lies before the validation."""
    learner: Movieloop = make()
    NEWCOMERS.practise(learner)
    return learner


def test_the_packaged_points_have_learned_nothing_and_answer_for_their_films() -> None:
    films = packaged_films()[0][:60]
    log = RatingLog(LOG.user, LOG.movie, LOG.rating, LOG.time, np.arange(60))
    numbered = [replace(film, movie_id=number) for number, film in enumerate(films)]
    packaged = Packaged(numbered)
    packaged.fit(log, 0)
    scores = packaged.fold_scores(NEWCOMERS.taps(3))
    assert np.isfinite(scores).all()
    assert len(np.unique(scores[0])) > 50


def test_only_packaged_films_take_part_where_most_are() -> None:
    data = small_data()
    assert among_packaged(data) is data
    films = [replace(film, movie_id=i) for i, film in enumerate(packaged_films()[0][:30])]
    films[3] = Movie(3, "Nobody knows")
    smaller = among_packaged(Data("some", data.log, data.genres, 0, films))
    assert 3 not in smaller.log.movie_ids
    assert len(smaller.log.movie_ids) == len(smaller.films) == 29
    assert (smaller.log.rating == DISLIKED).any()


def test_where_nobody_likes_enough_it_says_so() -> None:
    with pytest.raises(InvalidInput, match="0 people like 15 films"):
        Newcomers(small_data(people=60, films=10, events=400).log)
