"""Lists over HTTP: unseen films, the nearest first, filtered and dialled."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.recommender.filters import Filters
from tests.api.asking import ask, ids, tell


def test_recommendations_are_unseen_films_the_nearest_first(client: TestClient) -> None:
    answer = ask(client, "/recommend/ada", n=100)
    distances = [film["distance"] for film in answer["recommendations"]]
    assert len(set(ids(answer["recommendations"]))) == 100
    assert distances == sorted(distances)
    assert answer["similarity_score"] == distances[0]
    assert answer["user_id"] == "ada"
    assert not any(film["already_rated"] for film in answer["recommendations"])


def test_the_recommended_name_means_that_very_film(client: TestClient) -> None:
    for _ in range(5):
        answer = ask(client, "/recommend/ada", n=1)
        meant = tell(client, "ada", answer["recommended_movie"], 1)
        assert meant["movie"]["movie_id"] == answer["recommendations"][0]["movie_id"]
        assert meant["rank_before"] == 1


def test_explain_names_the_ratings_behind_a_film(client: TestClient) -> None:
    liked = tell(client, "ada", "Spirited Away", 1)
    first = ask(client, "/recommend/ada", explain=True)["recommendations"][0]
    assert [reason["feedback_id"] for reason in first["because"]] == [liked["feedback_id"]]
    assert first["because"][0]["effect"] > 0
    assert ask(client, "/recommend/ada")["recommendations"][0]["because"] == []


def test_a_session_can_tell_the_taste_and_stores_nothing(client: TestClient) -> None:
    opinions = [{"movie_name": "Unforgiven", "rating": 1}, {"movie_name": "Alien", "rating": 0}]
    plain = client.post("/session/recommend", json={"opinions": opinions}).json()
    told = client.post("/session/recommend", json={"opinions": opinions, "picture": True}).json()
    assert {name: told[name] for name in told if name != "picture"} == plain
    for opinion in opinions:
        tell(client, "ada", opinion["movie_name"], opinion["rating"])
    assert told["picture"]["directions"] == ask(client, "/user/ada/taste")["directions"]
    place, here = told["picture"]["place"], ask(client, "/user/ada/place")
    assert (place["x"], place["y"]) == (here["x"], here["y"])
    assert len(ask(client, "/user/ada/feedback")["feedback"]) == 2


def test_a_session_gets_what_an_account_gets_and_leaves_no_trace(
    client: TestClient, loop: MovieLoop
) -> None:
    opinions = [{"movie_name": "Alien", "rating": 1}, {"movie_name": "Heat", "rating": 0}]
    answer = client.post("/session/recommend", json={"opinions": opinions, "n": 8}).json()
    assert loop.users.counts() == (0, 0)
    for opinion in opinions:
        tell(client, "ada", opinion["movie_name"], opinion["rating"])
    assert answer == {**ask(client, "/recommend/ada", n=8), "user_id": None}
    filtered = client.post("/session/recommend?genre=War", json={"opinions": opinions}).json()
    assert all("War" in film["genres"] for film in filtered["recommendations"])


def test_onboarding_asks_about_known_films_not_rated_yet(client: TestClient) -> None:
    asked = ask(client, "/onboarding/ada")["movies"]
    best_known = ids(ask(client, "/movies", limit=150)["movies"])
    assert len(set(ids(asked))) == 12
    assert set(ids(asked)) <= set(best_known)
    tell(client, "ada", asked[0]["movie_id"], 1)
    assert asked[0]["movie_id"] not in ids(ask(client, "/onboarding/ada", n=100)["movies"])


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ({"genre": "horror"}, lambda film: "Horror" in film["genres"]),
        ({"year_from": 1950, "year_to": 1959}, lambda film: 1950 <= film["year"] <= 1959),
        ({"year_to": 1945}, lambda film: film["year"] <= 1945),
    ],
)
def test_filters_let_only_such_films_through(client: TestClient, query: Any, holds: Any) -> None:
    films = ask(client, "/recommend/ada", n=30, **query)["recommendations"]
    assert len(films) == 30
    assert all(holds(film) for film in films)


def test_filters_that_leave_no_film_are_answered_with_none(client: TestClient) -> None:
    answer = ask(client, "/recommend/ada", year_from=2200)
    assert answer["recommendations"] == []
    assert answer["recommended_movie"] is answer["similarity_score"] is None


def test_excluded_films_stay_away(client: TestClient) -> None:
    first = ids(ask(client, "/recommend/ada", n=6)["recommendations"])
    rest = ids(ask(client, "/recommend/ada", n=3, exclude=first[:3])["recommendations"])
    assert rest == first[3:]


def test_the_dial_goes_from_familiar_to_obscure(client: TestClient) -> None:
    def fame(familiarity: float) -> float:
        films = ask(client, "/recommend/ada", n=20, familiarity=familiarity)["recommendations"]
        known = [ask(client, f"/movies/{film['movie_id']}")["popularity"] for film in films]
        return sum(known) / len(known)

    assert fame(1) > fame(0.5) > fame(0)


def test_variety_and_wishes_are_for_one_answer(client: TestClient) -> None:
    for film in ("Unforgiven", "Spirited Away", "Alien"):
        tell(client, "ada", film, 1)
    plain = ids(ask(client, "/recommend/ada", n=20)["recommendations"])
    assert ids(ask(client, "/recommend/ada", n=20, variety=0)["recommendations"]) == plain
    wished = ask(client, "/recommend/ada", n=10, wish=["Western:4", "Comedy:-1"])["recommendations"]
    assert sum("Western" in film["genres"] for film in wished) >= 5
    assert ids(ask(client, "/recommend/ada", n=20)["recommendations"]) == plain
    for bad in ({"wish": "Gardening:1"}, {"wish": "Western:9"}, {"wish": "x"}, {"variety": 2}):
        assert client.get("/recommend/ada", params=bad).status_code == 422


def test_rows_are_served(client: TestClient) -> None:
    tell(client, "ada", "Unforgiven", 1)
    rows = ask(client, "/user/ada/rows", n=4)["rows"]
    assert rows[0]["kind"] == "because" and rows[0]["because"]["title"] == "Unforgiven"
    assert len(rows[0]["recommendations"]) == 4


def test_a_preview_with_filters_is_what_happens_with_filters(client: TestClient) -> None:
    tell(client, "ada", "Unforgiven", 1)
    body = {"user_id": "ada", "movie_name": "Alien", "rating": 1}
    filters = {"genre": "Horror", "variety": 0.5}
    promised = client.post("/preview", json=body | {"n": 5}, params=filters).json()["change"]
    happened = client.post("/feedback", json=body, params=filters | {"n": 5}).json()["change"]
    assert promised == happened
    assert all("Horror" in film["genres"] for film in happened["recommendations"])
    refused = client.post("/feedback", json=body, params={"n": 5, "genre": "Gardening"})
    assert refused.status_code == 422
    assert len(ask(client, "/user/ada/feedback")["feedback"]) == 2


def test_a_group_is_answered_as_the_loop_answers(client: TestClient, loop: MovieLoop) -> None:
    loop.add_feedback("ada", "Alien", 1)
    loop.add_feedback("bob", "Amélie", 1)
    asked = {"users": ["ada", "bob"], "n": 3, "veto": [1], "seen_by": "all", "fairness": 0.25}
    answer = client.post("/group/recommend?genre=Drama", json=asked)
    assert answer.status_code == 200
    expected = loop.recommend_group(
        ["ada", "bob"], n=3, veto=[1], seen_by="all", fairness=0.25, filters=Filters(genre="Drama")
    )
    assert answer.json() == expected.model_dump(mode="json")
    for wrong in ({"users": []}, {"users": ["ada", "ada"]}, {"users": ["ada"], "fairness": 2}, {}):
        assert client.post("/group/recommend", json=wrong).status_code == 422
    assert client.post("/group/recommend?variety=1", json={"users": ["ada"]}).status_code == 422
