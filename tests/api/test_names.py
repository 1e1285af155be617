"""A user may have any printable name; over a real server, as names are a matter of the wire."""

from collections.abc import Iterator
from urllib.parse import quote

import httpx2
import pytest

from movieloop import MovieLoop
from movieloop.api import create_app
from tests.api.asking import ask, tell
from tests.served import served

ODD_USERS = [
    "ada lovelace", "inner  spaces", "Иван", "孫悟空", "🎬🍿", "a+b&c=d?e#f;g", "..", ".",
    "../../etc/passwd", "a/b/c", "/", "//", "/lead", "trail/", "100%", "%2F", "%00", "%",
    "profile", "a/profile", "a/feedback/profile", "why/1", "x/why/133093", "recommend", "feedback",
    "'; DROP TABLE feedback; --", '"quoted"', "back\\slash", "<b>&amp;</b>", "null", "0", "-1",
    "é", "e\u0301", "A" * 128, "🎬" * 128,
]  # fmt: skip


@pytest.fixture(scope="module")
def client() -> Iterator[httpx2.Client]:
    """One server for all tests here: every test has users of its own."""
    app = create_app(lambda: MovieLoop.open(":memory:"))
    with served(app) as url, httpx2.Client(base_url=url) as client:
        yield client


def encoded(user_id: str) -> str:
    """Percent-encode a user id wholly; dots too, which clients resolve as folders."""
    return quote(user_id, safe="").replace(".", "%2E")


@pytest.mark.parametrize("user_id", ODD_USERS)
def test_every_route_knows_a_user_of_an_odd_name(client: httpx2.Client, user_id: str) -> None:
    name = encoded(user_id)
    feedback_id = tell(client, user_id, "Alien", 1)["feedback_id"]
    alien = ask(client, f"/user/{name}/feedback")["feedback"][0]["movie_id"]

    for path in (
        f"/recommend/{name}", f"/onboarding/{name}", f"/user/{name}/profile",
        f"/user/{name}/feedback", f"/user/{name}/progress", f"/user/{name}/export",
        f"/user/{name}/why/{alien}",
    ):  # fmt: skip
        assert ask(client, path)["user_id"] == user_id, path
    assert ask(client, f"/user/{name}/profile")["likes"] == 1
    assert ask(client, f"/user/{name}/progress")["prompted_likes"] == 1
    exported = ask(client, f"/user/{name}/export")["feedback"]
    assert [item["feedback_id"] for item in exported] == [feedback_id]
    why = ask(client, f"/user/{name}/why/{alien}")
    assert [item["feedback_id"] for item in why["ratings"]] == [feedback_id]

    forgotten = client.delete(f"/user/{name}")
    assert forgotten.status_code == 200
    assert (forgotten.json()["user_id"], forgotten.json()["deleted_feedback"]) == (user_id, 1)
    assert client.delete(f"/user/{name}").json()["deleted_feedback"] == 0


def test_names_that_differ_are_different_people(client: httpx2.Client) -> None:
    tell(client, "ada", "Alien", 1)
    for other in ("Ada", "a da", "ada/", "a%64a", "ad\u0430"):
        assert ask(client, f"/user/{encoded(other)}/feedback")["feedback"] == []


def test_one_users_opinions_never_move_another(client: httpx2.Client) -> None:
    tell(client, "bob", "Heat", 1)
    before = ask(client, "/user/bob/profile"), ask(client, "/recommend/bob")
    tell(client, "ada", "Alien", 1)
    client.delete("/user/ada")
    assert (ask(client, "/user/bob/profile"), ask(client, "/recommend/bob")) == before


def test_a_slash_in_a_name_is_told_from_one_that_divides_the_path(client: httpx2.Client) -> None:
    tell(client, "eve/profile", "Alien", 1)
    assert client.delete("/user/eve/profile").status_code == 405
    assert client.get("/recommend/eve/profile").status_code == 404
    assert ask(client, "/user/eve%2Fprofile/profile")["likes"] == 1
    assert ask(client, "/user/eve%2fprofile/profile")["likes"] == 1
    assert client.delete("/user/eve%2Fprofile").json()["deleted_feedback"] == 1
