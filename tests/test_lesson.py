"""The original's README, as printed: five films, three opinions, one better recommendation."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop

ROOT = Path(__file__).parent.parent
OPINIONS = [("Die Hard", 1), ("The Matrix", 1), ("The Notebook", 0)]


def tell(client: TestClient, name: str, rating: int) -> dict:
    return client.post(
        "/feedback", json={"user_id": "ada", "movie_name": name, "rating": rating}
    ).json()


def test_a_client_of_the_original_runs_unchanged(lesson_client: TestClient) -> None:
    assert lesson_client.get("/").json()["status"] == "healthy"
    first = lesson_client.get("/recommend/ada").json()
    assert first["recommended_movie"] == "The Matrix"
    assert first["similarity_score"] == 4.0
    assert first["user_profile"] == [3.0, 3.0, 3.0]

    answers = [tell(lesson_client, *opinion) for opinion in OPINIONS]
    assert [answer["status"] for answer in answers] == ["success"] * 3
    assert [answer["retrained"] for answer in answers] == [False, False, True]
    assert [answer["unprocessed_feedback_count"] for answer in answers] == [1, 2, 0]

    profile = lesson_client.get("/user/ada/profile").json()
    assert profile["profile"] == pytest.approx([4.836, 1.074, 3.171])
    assert profile["coordinates"] == pytest.approx(
        {"action": 4.836, "romance": 1.074, "sci-fi": 3.171}
    )
    assert (profile["unprocessed_feedback"], profile["retrain_threshold"]) == (0, 3)

    second = lesson_client.get("/recommend/ada").json()
    assert second["recommended_movie"] == "Blade Runner"
    assert second["similarity_score"] == pytest.approx(4.739)

    movies = lesson_client.get("/movies").json()
    assert movies["total_movies"] == 5
    matrix = next(movie for movie in movies["movies"] if movie["title"] == "The Matrix")
    assert matrix["coordinates"] == {"action": 4.0, "romance": 1.0, "sci-fi": 4.0}


def test_pending_feedback_waits_and_undo_is_exact(lesson: MovieLoop) -> None:
    for name, rating in OPINIONS:
        last = lesson.add_feedback("ada", name, rating)
    lesson.undo(last.feedback_id)
    # As if never given: two opinions wait for a third, so the profile is a newcomer's again.
    profile = lesson.users.profile("ada")
    assert profile.profile == [3.0, 3.0, 3.0]
    assert profile.unprocessed_feedback == 2


def test_when_all_is_seen_rated_films_come_back(lesson: MovieLoop) -> None:
    for movie_id in range(1, 6):
        lesson.add_feedback("ada", movie_id, 1)
    answer = lesson.recommend("ada")
    assert len(answer.recommendations) == 5
    assert all(item.already_rated for item in answer.recommendations)


def test_the_lesson_needs_no_installation() -> None:
    """`uvicorn movie_recommendation_lesson6:app` starts from a clone: only dependencies needed."""
    said = subprocess.run(
        [sys.executable, "-S", "-c", "import sys; sys.path[:0] = sys.argv[1:];"
         "import movie_recommendation_lesson6 as lesson, movieloop;"
         "print(movieloop.__file__, lesson.app.title)",
         *[path for path in sys.path if "site-packages" in path], str(ROOT)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert str(ROOT / "src") in said
    assert "lesson 6" in said


def test_the_page_of_arithmetic_is_true(lesson: MovieLoop) -> None:
    steps = [[3.6, 2.4, 2.1], [3.72, 1.98, 2.67], [4.836, 1.074, 3.171]]
    embeddings = lesson.live.space().embeddings
    by_title = {movie.title: movie.movie_id for movie in lesson.live.space().catalog.movies}
    history = [(by_title[name], rating) for name, rating in OPINIONS]
    for count, expected in enumerate(steps, start=1):
        np.testing.assert_allclose(embeddings.learn(history[:count]), expected)
