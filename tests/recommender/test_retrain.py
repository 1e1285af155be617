"""The slow loop: trained beside the live points, promoted only if no worse, one at a time."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from movieloop import Movie, MovieLoop
from movieloop.data.interactions import RatingLog
from movieloop.errors import TooLittleData, TrainingRuns
from movieloop.recommender import retrain as slow_loop
from movieloop.recommender.doctor import examine
from movieloop.recommender.retrain import read_log, train_movies
from movieloop.replay.replay import Replay
from movieloop.store import TRAINING, ImportedFeedback, Session
from movieloop.training import train as training
from movieloop.training.ensemble import train_ensemble
from movieloop.training.hyperparameters import CANDIDATES
from movieloop.training.train import Trained
from tests.small_loop import FILMS, open_small, tell
from tests.training.two_tastes import two_tastes


def test_a_better_candidate_goes_live_and_profiles_follow(small: MovieLoop) -> None:
    tell(small)
    for movie_id in (1, 3, 5):
        small.add_feedback("ada", movie_id, 1)
    before = small.users.profile("ada")
    answer = train_movies(small.store, small.live)
    assert answer.promoted
    assert answer.hit_rate > answer.live_hit_rate
    assert (answer.people, answer.ratings) == (121, 120 * 12 + 3)
    after = small.users.profile("ada")
    assert after.embeddings_version == answer.version != before.embeddings_version
    odd = [item.movie_id % 2 for item in small.recommend("ada", n=10).recommendations]
    assert sum(odd) >= 9, "who likes odd films gets odd films"
    small.add_feedback("ada", 7, 1)
    assert list(examine(small, small.users.list())) == []


def noise(
    loop: MovieLoop, *, people: int, likes: int, since: int, who: str = "n", movies: int = 40
) -> None:
    """People who like anything."""
    rng = np.random.default_rng(2)
    told = [
        ImportedFeedback(f"{who}{person}", int(movie_id), 1, f"{person}-{i}", since + i * 3_600_000)
        for person in range(people)
        for i, movie_id in enumerate(rng.permutation(np.arange(1, movies + 1))[:likes])
    ]
    loop.store.write(lambda session: session.append_imported(told))


def live_versions(loop: MovieLoop) -> list[int]:
    return [item.version for item in loop.models.list().versions if item.live]


def test_a_worse_candidate_is_kept_but_not_promoted(
    small: MovieLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The live points know two tastes; the next training is broken and learns from noise."""
    tell(small, people=200)
    first = train_movies(small.store, small.live)
    assert first.promoted
    tell(small, people=60, likes=12, who="later", since=1_700_000_000_000)

    def broken(log: RatingLog, *rest: object, **options: object) -> Trained:
        mixed = np.random.default_rng(3).permutation(len(log))
        return train_ensemble(replace(log, movie=log.movie[mixed]), *rest, **options)

    monkeypatch.setattr(slow_loop, "train_ensemble", broken)
    second = train_movies(small.store, small.live)
    assert not second.promoted and second.judged_by >= 200
    assert second.hit_rate < second.live_hit_rate
    assert "may be worse" in second.reason
    assert live_versions(small) == [first.version]
    assert small.models.list().versions[0].reason == second.reason


def test_a_candidate_with_nothing_to_be_judged_by_is_kept(small: MovieLoop) -> None:
    tell(small)
    first = train_movies(small.store, small.live)
    # Old ratings that come late are newer by number only: the live points may know that time.
    noise(small, people=50, likes=10, since=1_500_000_000_000)
    second = train_movies(small.store, small.live)
    assert not second.promoted and second.judged_by == 0
    assert (second.hit_rate, second.live_hit_rate) == (None, None)
    assert "200 are needed" in second.reason
    assert live_versions(small) == [first.version]


def test_nothing_that_judges_was_learned_by_either_side(
    small: MovieLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(small)
    train_movies(small.store, small.live)
    until = max(read_log(small.store).ratings.time)
    tell(small, people=60, likes=12, who="later", since=1_700_000_000_000)
    learned_until, asked_from = [], []
    trains, ranks = slow_loop.train_ensemble, Replay.ranks

    def watched(log: RatingLog, *rest: object, **options: object) -> Trained:
        learned_until.append(int(log.time[-1]))
        assert options["features"] is not None or slow_loop.features_of is not None
        return trains(log, *rest, **options)

    def watched_ranks(replay: Replay, scorer: object) -> np.ndarray:
        asked_from.append(int(replay.time.min()))
        return ranks(replay, scorer)

    monkeypatch.setattr(slow_loop, "train_ensemble", watched)
    monkeypatch.setattr(Replay, "ranks", watched_ranks)
    train_movies(small.store, small.live)
    trial, candidate = learned_until
    assert len(asked_from) == 2, "the trial and the live points"
    assert min(asked_from) > max(trial, until)
    assert candidate == max(read_log(small.store).ratings.time)


def test_a_small_household_gets_its_first_promotion(database: Path) -> None:
    """Six people, two tastes; the points that came with the program know nothing of them."""
    films = [Movie(number, f"Film {number}", 2000, popularity=1) for number in range(1, 301)]
    with open_small(database, films) as household:
        tell(household, people=6, likes=90, films=300)
        answer = train_movies(household.store, household.live)
        assert (answer.people, answer.ratings) == (6, 540)
        assert answer.judged_by >= 200
        assert answer.promoted, answer.reason
        assert live_versions(household) == [answer.version]


def test_after_a_forget_the_next_training_is_due_and_goes_live(small: MovieLoop) -> None:
    tell(small)
    first = train_movies(small.store, small.live)
    with small.store.read() as session:
        assert not session.forgotten_since_training()
    small.forget("nobody we know")
    with small.store.read() as session:
        assert not session.forgotten_since_training(), "nothing was deleted"
    small.forget("u7")
    with small.store.read() as session:
        assert session.forgotten_since_training()
    second = train_movies(small.store, small.live)
    assert second.promoted and "forgotten" in second.reason
    assert live_versions(small) == [second.version] != [first.version]
    with small.store.read() as session:
        assert not session.forgotten_since_training()
    third = train_movies(small.store, small.live)
    assert not third.promoted, "that was settled; now nothing is newer than what was learned"


def test_a_killed_ensemble_keeps_its_finished_members(
    small: MovieLoop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = two_tastes(people=40, films=12, events=10)
    plan = replace(CANDIDATES[0], half_life=100.0, voices=3, epochs=2)
    trained: list[int] = []
    walk = training._walk

    def counted(*rest: object, **options: object) -> object:
        trained.append(options["seed"])
        if trained == [0, 1, 2]:
            raise KeyboardInterrupt
        return walk(*rest, **options)

    whole = train_ensemble(log, plan)
    monkeypatch.setattr(training, "_walk", counted)
    with pytest.raises(KeyboardInterrupt):
        train_ensemble(log, plan, checkpoint=tmp_path / "kept")
    resumed = train_ensemble(log, plan, checkpoint=tmp_path / "kept")
    assert trained == [0, 1, 2, 2], "the first two had been kept"
    assert resumed.points.tobytes() == whole.points.tobytes()
    assert list(tmp_path.glob("kept*")) == []


def test_only_one_trains_at_a_time(small: MovieLoop) -> None:
    tell(small)
    small.store.write(lambda session: session.take_lease(TRAINING, "somebody else", 60_000))
    with pytest.raises(TrainingRuns):
        train_movies(small.store, small.live)
    small.store.write(lambda session: session.take_lease(TRAINING, "somebody else", -1))
    assert train_movies(small.store, small.live).version == 2  # that lease has run out


@pytest.mark.parametrize("given_back", [False, True])
def test_who_slept_through_the_end_of_its_lease_stores_nothing(
    small: MovieLoop, given_back: bool
) -> None:
    tell(small)

    def ended(session: Session) -> None:
        session._execute("UPDATE leases SET expires_at = 0")
        session.take_lease(TRAINING, "somebody else", 60_000)
        if given_back:
            session.give_lease_back(TRAINING, "somebody else")

    def heard(what: str, share: float) -> None:
        if what == "storing":
            small.store.write(ended)

    with pytest.raises(TrainingRuns, match="meanwhile"):
        train_movies(small.store, small.live, say=heard)
    with small.store.read() as session:
        assert [version.version for version in session.versions()] == [1]
    if not given_back:
        small.store.write(lambda session: session.give_lease_back(TRAINING, "somebody else"))
    assert train_movies(small.store, small.live).version == 2


def test_a_crash_leaves_the_live_version_and_frees_the_lease(small: MovieLoop) -> None:
    tell(small)

    def crash(what: str, share: float) -> None:
        if what == "storing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_movies(small.store, small.live, say=crash)
    assert [item.version for item in small.models.list().versions] == [1]
    assert train_movies(small.store, small.live).version == 2


def test_too_little_is_refused_politely(small: MovieLoop) -> None:
    small.add_feedback("ada", 1, 1)
    with pytest.raises(TooLittleData, match="there are 1"):
        train_movies(small.store, small.live)
    assert small.models.list().versions[0].version == 1


def test_training_reads_what_counts(small: MovieLoop) -> None:
    first = small.add_feedback("ada", 1, 1)
    small.add_feedback("bob", 2, 0)
    small.add_feedback("bob", 3, None)
    small.undo(first.feedback_id)
    log = read_log(small.store).ratings
    assert log.users == 1
    told = zip(log.movie_ids[log.movie].tolist(), log.rating.tolist(), strict=True)
    assert sorted(told) == [(2, 0), (3, -1)]
    assert len(log.movie_ids) == len(FILMS)


def test_popularity_follows_everybodys_likes_and_takes_them_back(small: MovieLoop) -> None:
    tell(small)
    train_movies(small.store, small.live)
    small.recommend("new")
    plain = small.live.space().likes
    assert plain is not None
    for person in range(30):
        small.add_feedback(f"fan {person}", 40, 1)
    small.live.look_again()  # do not wait for the second between two looks
    liked = small.live.space().likes
    assert liked is not None
    assert np.argmax(liked - plain) == 39
    newcomer = small.recommend("nobody", n=40).recommendations
    assert newcomer[0].movie_id == 40
    for person in range(30):
        small.forget(f"fan {person}")
    small.live.look_again()
    np.testing.assert_allclose(small.live.space().likes, plain, rtol=1e-9)
