"""Feedback over HTTP: an opinion goes in, better films come out, and it can be taken back."""

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from tests.api.asking import LIKE, ask, ids, tell
from tests.conftest import assert_problem


def test_a_like_makes_the_next_recommendation_better(client: TestClient) -> None:
    before = ask(client, "/recommend/ada", n=20)
    alien = ask(client, "/movies", q="Alien (1979)")["movies"][0]["movie_id"]
    like_alien = set(ids(ask(client, f"/movies/{alien}/similar", n=100)["similar"]))

    answer = tell(client, "ada", alien, 1)
    after = ask(client, "/recommend/ada", n=20)

    assert answer["status"] == "success" and answer["retrained"]
    assert answer["unprocessed_feedback_count"] == 0
    assert alien not in ids(after["recommendations"])
    there, then = (set(ids(answer["recommendations"])) for answer in (after, before))
    assert len(like_alien & there) > 18
    assert len(like_alien & then) < 14


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


def test_a_refused_opinion_creates_nothing(client: TestClient, loop: MovieLoop) -> None:
    for movie, rating in (("No such film at all", 1), ("Alien", 2), ("Alien", "like")):
        opinion = {"user_id": "nobody", "movie_name": movie, "rating": rating}
        assert client.post("/feedback", json=opinion).status_code in (404, 422)
    assert (loop.users.counts(), loop.users.list()) == ((0, 0), [])


def test_unknown_feedback_cannot_be_undone_nor_undone_twice(client: TestClient) -> None:
    undoer = "/user/undoer/feedback"
    assert_problem(client.delete(f"{undoer}/{2**53 - 1}"), 404, "no feedback")
    given = client.post("/feedback", json={**LIKE, "user_id": "undoer"}).json()["feedback_id"]
    assert client.delete(f"{undoer}/{given}").status_code == 200
    assert_problem(client.delete(f"{undoer}/{given}"), 404, "undone before")
    assert_problem(client.delete(f"{undoer}/{given + 1}"), 404, "no feedback")  # the retraction


def test_an_idempotency_key_means_one_opinion(client: TestClient) -> None:
    headers = {"Idempotency-Key": "one"}
    assert client.post("/feedback", json=LIKE, headers=headers).status_code == 200
    for other in ({"rating": 0}, {"rating": None}, {"movie_name": "Heat"}):
        answer = client.post("/feedback", json={**LIKE, **other}, headers=headers)
        assert_problem(answer, 409, "new key")


@pytest.mark.parametrize("key", ["", " ", "two words", "ключ".encode(), "k" * 129])
def test_a_malformed_idempotency_key_is_refused(client: TestClient, key: str | bytes) -> None:
    answer = client.post("/feedback", json=LIKE, headers={"Idempotency-Key": key})  # type: ignore[dict-item]
    assert assert_problem(answer, 422)["errors"][0]["field"] == "idempotency-key"


def test_a_key_of_what_was_taken_back_says_so_and_counts_nothing(client: TestClient) -> None:
    like = {"user_id": "ada", "movie_name": "Alien (1979)", "rating": 1}
    key = {"Idempotency-Key": "tap-1"}
    given = client.post("/feedback", json=like, headers=key).json()
    client.delete(f"/user/ada/feedback/{given['feedback_id']}")
    again = client.post("/feedback", json=like, headers=key).json()
    assert again["feedback_id"] == given["feedback_id"]
    assert "taken back" in again["message"]
    assert client.get("/user/ada/feedback").json()["feedback"] == []
