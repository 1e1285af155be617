"""Every reason is exact: shares sum to distances, and 'without it' is what an undo brings."""

from collections.abc import Iterator

import numpy as np
import pytest

from movieloop import MovieLoop
from movieloop.errors import MovieNotFound
from movieloop.model.embeddings import Embeddings, Memory
from movieloop.model.leave_one_out import without_each
from movieloop.store import ImportedFeedback
from tests.opinions import OPINIONS, tell

ASKED = ["Princess Mononoke", "Alien", "Heat (1995)"]


@pytest.fixture(scope="module")
def told() -> Iterator[MovieLoop]:
    """Ada has said everything; the tests only read what she said."""
    with MovieLoop.open(":memory:") as loop:
        tell(loop, "ada", *OPINIONS)
        yield loop


def test_the_shares_sum_to_the_distance_of_the_list(told: MovieLoop) -> None:
    for film in told.recommend("ada", n=8).recommendations:
        account = told.explain("ada", film.movie_id)
        shares = [share.distance for share in account.contributions]
        assert min(shares) >= 0
        assert sum(shares) == pytest.approx(account.distance, rel=1e-12)
        assert account.distance == pytest.approx(film.distance, rel=1e-12)


def test_the_ranks_are_those_of_the_list(told: MovieLoop) -> None:
    for rank, film in enumerate(told.recommend("ada", n=8).recommendations, start=1):
        assert told.explain("ada", film.movie_id).rank == rank


def test_every_without_it_is_what_a_real_undo_brings(told: MovieLoop) -> None:
    for taken in range(len(OPINIONS)):
        user_id = f"eve {taken}"
        taken_id = tell(told, user_id, *OPINIONS)[taken]
        counts = told.users.history(user_id).feedback[taken].counts
        before = {title: told.explain(user_id, title) for title in ASKED}
        told.undo(taken_id)
        for title, account in before.items():
            really = told.explain(user_id, title)
            promised = [rating for rating in account.ratings if rating.feedback_id == taken_id]
            assert len(promised) == counts
            for rating in promised:
                assert rating.distance_without == pytest.approx(really.distance, rel=1e-12)
                assert rating.rank_without == really.rank
                assert rating.effect == pytest.approx(really.distance - account.distance, abs=1e-12)
            if not promised:  # a replaced opinion does nothing, so nothing is told of it
                assert really.distance == account.distance


def test_the_ratings_of_an_account_come_strongest_first(told: MovieLoop) -> None:
    effects = [abs(rating.effect) for rating in told.explain("ada", "Aliens").ratings]
    assert effects == sorted(effects, reverse=True)
    assert len(effects) == len({title for title, _ in OPINIONS})


def test_the_list_names_the_ratings_that_bring_a_film_nearest(told: MovieLoop) -> None:
    listed = told.recommend("ada", n=10, explain=True).recommendations
    assert any(film.because for film in listed)
    for film in listed:
        effects = {r.feedback_id: r.effect for r in told.explain("ada", film.movie_id).ratings}
        helped = sorted((effect for effect in effects.values() if effect > 1e-9), reverse=True)
        assert [reason.effect for reason in film.because] == pytest.approx(helped[:3])
        for reason in film.because:
            assert reason.effect == pytest.approx(effects[reason.feedback_id])


def test_a_repeated_like_is_no_reason_as_nothing_would_change_without_it(told: MovieLoop) -> None:
    repeated = told.users.history("ada").feedback[3]
    assert (repeated.title, repeated.counts) == ("Alien", True)
    for film in told.recommend("ada", n=1000, explain=True).recommendations:
        assert repeated.feedback_id not in [reason.feedback_id for reason in film.because]


def test_a_newcomer_has_a_distance_but_no_ratings(told: MovieLoop) -> None:
    account = told.explain("stranger", "Alien")
    assert account.ratings == [] and account.distance > 0


def test_an_unknown_film_has_no_account(told: MovieLoop) -> None:
    with pytest.raises(MovieNotFound):
        told.explain("ada", "A Film That Nobody Ever Made")


def test_replaying_all_at_once_equals_folding_each_history_to_the_bit() -> None:
    random = np.random.default_rng(4)
    memories = (Memory("slow", 4), Memory("fast", 3, floor=0.3), Memory.popularity())
    space = Embeddings(np.arange(12), random.normal(size=(12, 8)), np.zeros(8), memories)
    for _ in range(20):
        movies = random.permutation(12)[: random.integers(0, 10)].tolist()
        given = [(movie, [1, 0, None][random.integers(3)]) for movie in movies]
        expected = [space.learn(given[:i] + given[i + 1 :]).tolist() for i in range(len(given))]
        assert without_each(space, given).tolist() == expected


def test_a_long_account_is_what_a_real_undo_brings(loop: MovieLoop) -> None:
    random = np.random.default_rng(1)
    movies = [movie.movie_id for movie in loop.live.space().catalog.movies[:900]]
    films = random.permutation(movies)[:150].tolist()
    told = [
        ImportedFeedback("ada", movie, [1, 0, None][random.integers(3)], f"{i}", 10_000 * i)
        for i, movie in enumerate([*films, *films[:3]])
    ]
    loop.store.write(lambda session: session.append_imported(told))
    account = loop.explain("ada", "Princess Mononoke")
    assert len(account.ratings) == 150
    listed = loop.recommend("ada", n=5, explain=True).recommendations
    for rating in [*account.ratings[:4], account.ratings[70], account.ratings[-1]]:
        before = loop.explain("ada", listed[0].movie_id)
        loop.undo(rating.feedback_id)
        really = loop.explain("ada", "Princess Mononoke")
        assert rating.distance_without == pytest.approx(really.distance, abs=1e-9)
        assert rating.rank_without == really.rank
        effects = {item.feedback_id: item.effect for item in before.ratings}
        after = loop.explain("ada", listed[0].movie_id)
        assert after.distance - before.distance == pytest.approx(
            effects[rating.feedback_id], abs=1e-9
        )
        back = next(item for item in told if item.movie_id == rating.movie_id)
        again = [back._replace(idempotency_key=f"again {rating.feedback_id}")]
        if rating.movie_id not in films[:3]:
            loop.store.write(
                lambda session, again=again: (
                    session.append_imported(again), session.drop_profiles(["ada"])
                )
            )  # fmt: skip
            continue
        break
