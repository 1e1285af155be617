"""The slow loop: trained beside the live points, promoted only if no worse, one at a time."""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from movieloop import Embeddings, Memory, Movie, MovieLoop
from movieloop.doctor import examine
from movieloop.errors import NoSuchVersion, TooLittleData, TrainingRuns
from movieloop.slow_loop import LEASE, read_log, train_movies
from movieloop.store import ImportedFeedback, now_ms
from movieloop.versions import models, promote, rollback

FILMS = [Movie(number, f"Film {number}", 2000, popularity=50 - number) for number in range(1, 41)]


def open_small(database: Path) -> MovieLoop:
    """Forty films that stand anywhere: half of them are one taste, half another."""
    points = np.random.default_rng(0).random((len(FILMS), 4))
    space = Embeddings(
        np.array([film.movie_id for film in FILMS]), points, np.full(4, 0.5), (Memory("any", 4),)
    )
    return MovieLoop.open(database, films=(FILMS, space.to_bytes(), "forty films"))


@pytest.fixture
def small(database: Path) -> Iterator[MovieLoop]:
    with open_small(database) as loop:
        yield loop


def tell(loop: MovieLoop, people: int = 120, likes: int = 12) -> None:
    """People like odd films, or even ones, an hour apart."""
    rng = np.random.default_rng(1)
    told = []
    for person in range(people):
        liked = rng.permutation(np.arange(1 + person % 2, 41, 2))[:likes]
        for number, movie_id in enumerate(liked.tolist()):
            moment = 1_600_000_000_000 + (number * people + person) * 3_600_000
            told.append(ImportedFeedback(f"u{person}", movie_id, 1, f"{person}-{number}", moment))
    loop.store.write(lambda session: session.append_imported(told))


def test_a_better_candidate_goes_live_and_profiles_follow(small: MovieLoop) -> None:
    tell(small)
    for movie_id in (1, 3, 5):
        small.add_feedback("ada", movie_id, 1)
    before = small.profile("ada")
    answer = train_movies(small)
    assert answer.promoted
    assert answer.hit_rate > answer.live_hit_rate
    assert (answer.people, answer.ratings) == (121, 120 * 12 + 3)
    after = small.profile("ada")
    assert after.embeddings_version == answer.version != before.embeddings_version
    odd = [item.movie_id % 2 for item in small.recommend("ada", n=10).recommendations]
    assert sum(odd) >= 9, "who likes odd films gets odd films"
    small.add_feedback("ada", 7, 1)
    assert list(examine(small, small.users())) == []


def test_a_worse_candidate_is_kept_but_not_promoted(small: MovieLoop) -> None:
    tell(small)
    first = train_movies(small)
    # The same people now say the opposite of what their tastes were, at random: noise.
    rng = np.random.default_rng(2)
    newest = now_ms() - 10_000_000
    noise = [
        ImportedFeedback(f"n{person}", int(movie_id), 1, f"n{person}-{i}", newest + i * 3_600)
        for person in range(40)
        for i, movie_id in enumerate(rng.permutation(np.arange(1, 41))[:20])
    ]
    small.store.write(lambda session: session.append_imported(noise))
    second = train_movies(small)
    listed = models(small).versions
    live = [item.version for item in listed if item.live]
    assert live == [second.version if second.promoted else first.version]
    assert second.promoted == (second.hit_rate >= second.live_hit_rate)
    assert [item.version for item in listed] == [second.version, first.version, 1]


def test_versions_can_be_promoted_and_rolled_back(small: MovieLoop) -> None:
    tell(small)
    with pytest.raises(NoSuchVersion):
        rollback(small)
    trained = train_movies(small).version
    packaged = small.recommend("ada")
    rollback(small)
    assert small.recommend("ada").embeddings_version == 1
    rollback(small)
    assert small.recommend("ada").embeddings_version == trained
    promote(small, 1)
    assert [item.version for item in models(small).versions if item.live] == [1]
    assert packaged.embeddings_version == trained
    with pytest.raises(NoSuchVersion, match="There are: 2, 1"):
        promote(small, 99)


def test_another_process_notices_at_its_next_request(small: MovieLoop, database: Path) -> None:
    tell(small)
    with open_small(database) as server:
        assert server.recommend("ada").embeddings_version == 1
        trained = train_movies(small).version
        assert server.recommend("ada").embeddings_version == trained


def test_newer_packaged_points_never_replace_trained_ones(database: Path) -> None:
    with open_small(database) as loop:
        tell(loop)
        trained = train_movies(loop).version
    newer = Embeddings([41], [[1.0]], [0.0], (Memory("any", 1),)).to_bytes()
    upgraded = ([Movie(41, "Film 41", 2001)], newer, "one more film")
    with MovieLoop.open(database, films=upgraded) as loop:
        assert loop.recommend("ada").embeddings_version == trained
        assert loop.movie("Film 41").movie_id == 41
        rollback(loop)
        promote(loop, trained + 1)
        assert loop.recommend("ada").recommended_movie == "Film 41"


def test_only_one_trains_at_a_time(small: MovieLoop) -> None:
    tell(small)
    small.store.write(lambda session: session.take_lease(LEASE, "somebody else", 60_000))
    with pytest.raises(TrainingRuns):
        train_movies(small)
    small.store.write(lambda session: session.take_lease(LEASE, "somebody else", -1))
    assert train_movies(small).version == 2  # that lease has run out


def test_a_crash_leaves_the_live_version_and_frees_the_lease(small: MovieLoop) -> None:
    tell(small)

    def crash(what: str, share: float) -> None:
        if what == "storing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_movies(small, say=crash)
    assert [item.version for item in models(small).versions] == [1]
    assert train_movies(small).version == 2


def test_too_little_is_refused_politely(small: MovieLoop) -> None:
    small.add_feedback("ada", 1, 1)
    with pytest.raises(TooLittleData, match="there are 1"):
        train_movies(small)
    assert models(small).versions[0].version == 1


def test_training_reads_what_counts(small: MovieLoop) -> None:
    first = small.add_feedback("ada", 1, 1)
    small.add_feedback("bob", 2, 0)
    small.add_feedback("bob", 3, None)
    small.undo(first.feedback_id)
    log = read_log(small).ratings
    assert log.users == 1
    told = zip(log.movie_ids[log.movie].tolist(), log.rating.tolist(), strict=True)
    assert sorted(told) == [(2, 0), (3, -1)]
    assert len(log.movie_ids) == len(FILMS)


def test_popularity_follows_everybodys_likes_and_takes_them_back(small: MovieLoop) -> None:
    tell(small)
    train_movies(small)
    small.recommend("new")
    plain = small.space().likes
    assert plain is not None
    for person in range(30):
        small.add_feedback(f"fan {person}", 40, 1)
    small._followed = 0  # do not wait for the second between two looks
    liked = small.space().likes
    assert liked is not None
    assert np.argmax(liked - plain) == 39
    newcomer = small.recommend("nobody", n=40).recommendations
    assert newcomer[0].movie_id == 40
    for person in range(30):
        small.forget(f"fan {person}")
    small._followed = 0
    np.testing.assert_allclose(small.space().likes, plain, rtol=1e-9)


def test_the_command_trains_lists_and_rolls_back(small: MovieLoop, database: Path) -> None:
    import json
    import subprocess

    tell(small)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "movieloop", *words, "--database", str(database)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    trained = run("train", "--json")
    assert trained.returncode == 0, trained.stderr
    version = json.loads(trained.stdout)["version"]
    listed = json.loads(run("models", "--json").stdout)["versions"]
    assert [item["version"] for item in listed if item["live"]] == [version]
    assert run("rollback").returncode == 0
    refused = run("promote", "77")
    assert refused.returncode == 1
    assert refused.stderr.startswith("movieloop: There is no version 77.")
