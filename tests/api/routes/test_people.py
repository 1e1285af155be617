"""People like oneself over HTTP."""

from fastapi.testclient import TestClient

from movieloop import MovieLoop
from tests.api.asking import ask, tell
from tests.conftest import assert_problem


def test_people_agree_find_each_other_and_hide(client: TestClient, loop: MovieLoop) -> None:
    for user in ("ada", "bob"):
        for film in ("Alien", "Aliens", "Heat"):
            tell(client, user, film, 1)
    assert ask(client, "/user/ada/similar")["found_as"] is None
    alone = client.put("/user/ada/findable", json={"name": "Ada"}).json()
    assert alone["people"] == [] and "Nobody else" in alone["note"]
    (found,) = client.put("/user/bob/findable", json={"name": "Robert"}).json()["people"]
    assert found["name"] == "Ada" and found["likes_in_common"] == 3
    (found,) = ask(client, "/user/ada/similar", n=1)["people"]
    assert found["name"] == "Robert" and "bob" not in str(found)
    assert client.delete("/user/bob/findable").json()["found_as"] is None
    assert ask(client, "/user/ada/similar")["people"] == []
    assert loop.users.export("ada").found_as == "Ada"


def test_a_name_must_be_one(client: TestClient) -> None:
    for body in ({}, {"name": ""}, {"name": 7}, {"name": "a\nb"}, {"name": "Ada", "more": 1}):
        assert_problem(client.put("/user/ada/findable", json=body), 422)
