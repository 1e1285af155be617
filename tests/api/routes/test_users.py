"""What is known of a person, over HTTP: progress, reasons, everything, and nothing any more."""

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from tests.api.asking import ask, tell


def test_progress_is_made_of_the_ranks_before_each_like(client: TestClient) -> None:
    assert ask(client, "/user/ada/progress")["hit_rate"] is None
    given = [
        client.post(
            "/feedback",
            json={"user_id": "ada", "movie_name": name, "rating": 1, "source": "search"},
        ).json()
        for name in ("Alien", "Aliens", "Heat")
    ]
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


def test_progress_compares_with_the_profile_that_stopped_learning(client):
    for opinion in client.get("/demo?seed=3&n=30").json()["opinions"]:
        body = {"user_id": "curve", "movie_id": opinion["movie_id"], "rating": opinion["rating"]}
        body["source"] = "search"
        client.post("/feedback", json=body)
    progress = client.get("/user/curve/progress").json()
    low, high = progress["interval"]
    assert 0 <= low <= progress["hit_rate"] <= high <= 1
    later = [item for item in progress["promises"] if item["frozen_rank"] is not None]
    assert len(later) == progress["frozen_likes"] > 10
    everybody = client.get("/progress").json()
    assert everybody["likes"] >= progress["likes"]
    assert sum(item["likes"] for item in everybody["after"]) == everybody["likes"]
    assert sum(item["likes"] for item in everybody["versions"]) == everybody["likes"]


def test_a_blind_list_is_served_and_judged(client: TestClient) -> None:
    tell(client, "ada", "Alien", 1)
    shown = ask(client, "/user/ada/blind")
    assert len(shown["movies"]) == 12 and "distance" not in shown["movies"][0]
    body = {"user_id": "ada", "movie_id": shown["movies"][0]["movie_id"], "rating": 1}
    body |= {"source": "list", "blind": shown["as_of"]}
    assert client.post("/feedback", json=body).status_code == 200
    judged = ask(client, "/user/ada/progress")["blind"]
    assert sum(one["wins"] + one["losses"] for one in judged) == 1
    assert ask(client, "/user/ada/feedback")["feedback"][-1]["source"] == "list"
    for bad in ({"source": "elsewhere"}, {"blind": -1}, {"blind": "1"}):
        assert client.post("/feedback", json=body | bad).status_code == 422
