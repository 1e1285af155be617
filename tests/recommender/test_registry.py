"""Versions of the points: installed once, promoted, rolled back, noticed by every process."""

from dataclasses import replace
from pathlib import Path

import pytest

from movie_recommendation_lesson6 import open_lesson
from movieloop import Embeddings, Memory, Movie, MovieLoop
from movieloop.errors import (
    NoSuchVersion,
)
from movieloop.recommender import registry
from movieloop.recommender.retrain import train_movies
from tests.small_loop import open_small, tell


def test_only_other_films_or_points_make_a_new_version(lesson: MovieLoop, database: Path) -> None:
    space = lesson.live.space()
    points = space.embeddings.to_bytes()
    with open_lesson(database) as loop:
        assert loop.models.live().embeddings_version == 1
    renamed = [replace(film, title=film.title.upper()) for film in space.catalog.movies]
    for _ in range(2):
        with MovieLoop.open(database, films=(renamed, points, "renamed")) as loop:
            assert (loop.models.live().embeddings_version, loop.models.live().origin) == (
                2,
                "renamed",
            )
            assert loop.recommend("ada").recommended_movie == "THE MATRIX"


def test_versions_can_be_promoted_and_rolled_back(small: MovieLoop) -> None:
    tell(small)
    with pytest.raises(NoSuchVersion):
        small.models.rollback()
    trained = train_movies(small.store, small.live).version
    packaged = small.recommend("ada")
    small.models.rollback()
    assert small.recommend("ada").embeddings_version == 1
    small.models.rollback()
    assert small.recommend("ada").embeddings_version == trained
    small.models.promote(1)
    assert [item.version for item in small.models.list().versions if item.live] == [1]
    assert packaged.embeddings_version == trained
    with pytest.raises(NoSuchVersion, match="There are: 2, 1"):
        small.models.promote(99)


def test_another_process_notices_at_its_next_request(small: MovieLoop, database: Path) -> None:
    tell(small)
    with open_small(database) as server:
        assert server.recommend("ada").embeddings_version == 1
        trained = train_movies(small.store, small.live).version
        assert server.recommend("ada").embeddings_version == trained


def test_newer_packaged_points_never_replace_trained_ones(database: Path) -> None:
    with open_small(database) as loop:
        tell(loop)
        trained = train_movies(loop.store, loop.live).version
    newer = Embeddings([41], [[1.0]], [0.0], (Memory("any", 1),)).to_bytes()
    upgraded = ([Movie(41, "Film 41", 2001)], newer, "one more film")
    with MovieLoop.open(database, films=upgraded) as loop:
        assert loop.recommend("ada").embeddings_version == trained
        assert loop.movies.get("Film 41").movie_id == 41
        loop.models.rollback()
        loop.models.promote(trained + 1)
        assert loop.recommend("ada").recommended_movie == "Film 41"


def test_packaged_films_are_read_once(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with MovieLoop.open(database) as loop:
        first = loop.models.list()
    monkeypatch.setattr(registry, "packaged_films", lambda: pytest.fail("read again"))
    with MovieLoop.open(database) as loop:
        assert loop.models.list() == first
