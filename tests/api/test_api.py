"""The main job over HTTP: opinions go in, better films come out, and all of it can be undone."""

from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from tests.conftest import assert_problem


def tell(
    client: httpx2.Client, user_id: str, movie: str | int, rating: int | None, **more: Any
) -> Any:
    """Give an opinion and return the answer."""
    key = "movie_id" if isinstance(movie, int) else "movie_name"
    opinion = {"user_id": user_id, key: movie, "rating": rating}
    answer = client.post("/feedback", json=opinion, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ask(client: httpx2.Client, path: str, **query: Any) -> Any:
    """Ask a question that must be answered."""
    answer = client.get(path, params=query or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(films: list[dict[str, Any]]) -> list[int]:
    return [film["movie_id"] for film in films]


def test_a_like_makes_the_next_recommendation_better(client: TestClient) -> None:
    before = ask(client, "/recommend/ada", n=20)
    alien = ask(client, "/movies", q="Alien (1979)")["movies"][0]["movie_id"]
    like_alien = set(ids(ask(client, f"/movies/{alien}/similar", n=100)["similar"]))

    answer = tell(client, "ada", alien, 1)
    after = ask(client, "/recommend/ada", n=20)

    assert answer["status"] == "success" and answer["retrained"]
    assert answer["unprocessed_feedback_count"] == 0
    assert alien not in ids(after["recommendations"])
    assert len(like_alien & set(ids(after["recommendations"]))) > 2 * len(
        like_alien & set(ids(before["recommendations"]))
    )


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


def test_feedback_with_n_tells_the_list_that_follows(client: TestClient) -> None:
    answer = tell(client, "ada", "Alien", 1, params={"n": 7})
    assert (
        answer["change"]["recommendations"] == ask(client, "/recommend/ada", n=7)["recommendations"]
    )
    assert answer["change"]["moves"]
    assert tell(client, "ada", "Heat", 1)["change"] is None


@pytest.mark.parametrize("rating", [1, 0, None])
def test_a_preview_is_what_feedback_brings_about(client: TestClient, rating: int | None) -> None:
    tell(client, "ada", "Heat", 1)
    opinion = {"user_id": "ada", "movie_name": "Alien", "rating": rating}
    seen = client.post("/preview", json={**opinion, "n": 15}).json()
    assert ask(client, "/user/ada/profile")["profile"] == seen["profile_before"]

    given = client.post("/feedback", json=opinion, params={"n": 15}).json()
    assert seen["change"] == given["change"]
    assert seen["movie"] == given["movie"]
    assert ask(client, "/user/ada/profile")["profile"] == seen["profile_after"]


def test_undo_is_as_if_it_had_never_been_said(client: TestClient) -> None:
    tell(client, "ada", "Heat", 1)
    before = [ask(client, f"/user/ada/{what}") for what in ("profile", "feedback", "progress")]
    listed = ask(client, "/recommend/ada")

    regretted = tell(client, "ada", "Alien", 0)
    path = f"/user/ada/feedback/{regretted['feedback_id']}"
    undone = client.delete(path)

    assert undone.status_code == 200
    assert undone.json()["movie"]["title"] == "Alien"
    after = [ask(client, f"/user/ada/{what}") for what in ("profile", "feedback", "progress")]
    assert after == before
    assert ask(client, "/recommend/ada") == listed
    assert client.delete(path).status_code == 404


def test_nobody_takes_back_the_ratings_of_others(client: TestClient) -> None:
    given = tell(client, "ada", "Heat", 1)["feedback_id"]
    assert_problem(client.delete(f"/user/eve/feedback/{given}"), 404)
    assert_problem(client.delete(f"/feedback/{given}?user_id=eve"), 404)
    assert_problem(client.delete(f"/feedback/{given}"), 422, "user_id")
    assert len(ask(client, "/user/ada/feedback")["feedback"]) == 1
    assert client.delete(f"/feedback/{given}?user_id=ada").status_code == 200
    assert ask(client, "/user/ada/feedback")["feedback"] == []


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


def test_a_change_of_mind_counts_instead_of_the_first_opinion(client: TestClient) -> None:
    tell(client, "ada", "Alien", 1)
    tell(client, "ada", "Alien", 0)
    tell(client, "bob", "Alien", 0)
    history = ask(client, "/user/ada/feedback")["feedback"]
    profile = ask(client, "/user/ada/profile")
    assert [(item["rating"], item["counts"]) for item in history] == [(1, False), (0, True)]
    assert profile["profile"] == ask(client, "/user/bob/profile")["profile"]
    assert (profile["likes"], profile["dislikes"], profile["feedback_count"]) == (0, 1, 2)


def test_an_idempotency_key_makes_a_retry_count_once(client: TestClient) -> None:
    headers = {"Idempotency-Key": "request-1"}
    first = tell(client, "ada", "Alien", 1, headers=headers)
    profile = ask(client, "/user/ada/profile")
    again = tell(client, "ada", "Alien", 1, headers=headers)
    other = tell(client, "bob", "Heat", 0, headers=headers)
    assert again["feedback_id"] == first["feedback_id"] != other["feedback_id"]
    assert again["rank_before"] == first["rank_before"]
    assert ask(client, "/user/ada/profile") == profile
    assert len(ask(client, "/user/ada/feedback")["feedback"]) == 1


def test_a_name_may_carry_its_year_and_an_id_means_the_same(client: TestClient) -> None:
    new, old = tell(client, "ada", "Dune", 1), tell(client, "ada", "dune (1984)", None)
    assert (new["movie"]["year"], old["movie"]["year"]) == (2021, 1984)
    assert "2 films are called" in new["message"]
    assert tell(client, "bob", new["movie"]["movie_id"], 1)["movie"] == new["movie"]


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


def test_progress_is_made_of_the_ranks_before_each_like(client: TestClient) -> None:
    assert ask(client, "/user/ada/progress")["hit_rate"] is None
    given = [tell(client, "ada", name, 1) for name in ("Alien", "Aliens", "Heat")]
    progress = ask(client, "/user/ada/progress")
    promises = progress["promises"]
    assert [item["rank"] for item in promises] == [item["rank_before"] for item in given]
    assert progress["likes"] == 3
    assert progress["hit_rate"] == sum(item["rank"] <= 10 for item in promises) / 3


def test_why_is_an_exact_account(client: TestClient) -> None:
    liked = tell(client, "ada", "Alien", 1)
    for rank, film in enumerate(ask(client, "/recommend/ada", n=5)["recommendations"], start=1):
        why = ask(client, f"/user/ada/why/{film['movie_id']}")
        shares = [share["distance"] for share in why["contributions"]]
        assert why["rank"] == rank
        assert why["distance"] == pytest.approx(film["distance"])
        assert sum(shares) == pytest.approx(why["distance"])
        assert [rating["feedback_id"] for rating in why["ratings"]] == [liked["feedback_id"]]


def test_export_holds_everything_and_forget_leaves_nothing(
    client: TestClient, loop: MovieLoop
) -> None:
    newcomer = ask(client, "/user/ada/profile")
    tell(client, "bob", "Heat", 1)
    for name, rating in (("Alien", 1), ("Heat", 0), ("Titanic", None)):
        tell(client, "ada", name, rating)
    export = ask(client, "/user/ada/export")
    assert [item["rating"] for item in export["feedback"]] == [1, 0, None]
    assert export["feedback"] == ask(client, "/user/ada/feedback")["feedback"]
    assert export["profile"] == ask(client, "/user/ada/profile")["profile"]

    assert client.delete("/user/ada").json()["deleted_feedback"] == 3
    assert ask(client, "/user/ada/profile") == newcomer
    assert ask(client, "/user/ada/feedback")["feedback"] == []
    assert loop.users.list() == ["bob"]


def test_metrics_count_routes_and_opinions_but_name_nobody(
    client: TestClient, loop: MovieLoop
) -> None:
    for user, rating in (("secretive-ada", 1), ("secretive-ada", 0), ("secretive-bob", None)):
        tell(client, user, "Alien", rating)
    ask(client, "/recommend/secretive-ada")
    client.get("/secretive-ada/elsewhere")
    page = client.get("/metrics")
    assert page.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = page.text.splitlines()
    for line in (
        'movieloop_http_requests_total{method="POST",route="/feedback",status="200"} 3.0',
        'movieloop_http_requests_total{method="GET",route="/recommend/{user_id}",status="200"} 1.0',
        'movieloop_http_requests_total{method="ANY",route="unknown",status="404"} 1.0',
        'movieloop_feedback_total{rating="like"} 1.0',
        'movieloop_feedback_total{rating="dislike"} 1.0',
        'movieloop_feedback_total{rating="seen"} 1.0',
        f"movieloop_users {loop.users.counts()[0]}.0",
        "movieloop_log_size 3.0",
    ):
        assert line in lines
    assert "secretive" not in page.text


def test_reading_creates_nothing(client: TestClient, loop: MovieLoop) -> None:
    film = ask(client, "/movies", q="Alien (1979)")["movies"][0]["movie_id"]
    for path in (
        "/", "/model", "/metrics", "/livez", "/readyz", "/movies", f"/movies/{film}",
        f"/movies/{film}/similar", "/recommend/nobody?explain=true", "/onboarding/nobody",
        "/user/nobody/profile", "/user/nobody/feedback", "/user/nobody/progress",
        "/user/nobody/export", f"/user/nobody/why/{film}",
    ):  # fmt: skip
        assert client.get(path).status_code == 200, path
    opinion = {"movie_id": film, "rating": 1}
    assert client.post("/preview", json={"user_id": "nobody", **opinion}).status_code == 200
    assert client.post("/session/recommend", json={"opinions": [opinion]}).status_code == 200
    assert client.delete("/user/nobody").json()["deleted_feedback"] == 0
    assert (loop.users.counts(), loop.users.list()) == ((0, 0), [])


def test_a_refused_opinion_creates_nothing(client: TestClient, loop: MovieLoop) -> None:
    for movie, rating in (("No such film at all", 1), ("Alien", 2), ("Alien", "like")):
        opinion = {"user_id": "nobody", "movie_name": movie, "rating": rating}
        assert client.post("/feedback", json=opinion).status_code in (404, 422)
    assert (loop.users.counts(), loop.users.list()) == ((0, 0), [])
