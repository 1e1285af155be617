"""Gorse's own client, unchanged, against our server."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from gorse import AsyncGorse, Gorse, GorseException

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.store.api_keys import create_key
from tests.conftest import assert_problem
from tests.served import served

ALIEN, HEAT = "78748", "113277"


@pytest.fixture
def url(loop: MovieLoop) -> Iterator[str]:
    with served(create_app(lambda: loop, require_key=True)) as url:
        yield f"{url}/gorse"


@pytest.fixture
def gorse(loop: MovieLoop, url: str) -> Gorse:
    return Gorse(url, create_key(loop.store))


def rows(*said: tuple[str, str, str], at: str = "2024-02-24") -> list[dict[str, Any]]:
    return [
        {"FeedbackType": what, "UserId": who, "ItemId": item, "Value": 1.0, "Timestamp": at}
        for what, who, item in said
    ]


def test_feedback_comes_in_is_listed_and_taken_back(gorse: Gorse) -> None:
    both = rows(("star", "bob", "tt0078748"), ("read", "bob", HEAT))
    assert gorse.insert_feedbacks(both) == {"RowAffected": 2}
    assert gorse.insert_feedbacks(both) == {"RowAffected": 0}
    assert gorse.insert_feedback("like", "eve", ALIEN, "", 1.0) == {"RowAffected": 1}
    (star,) = gorse.list_feedbacks("star", "bob")
    assert (star["ItemId"], star["FeedbackType"], star["Timestamp"][:10]) == (
        ALIEN,
        "star",
        "2024-02-24",
    )
    first, cursor = gorse.get_feedbacks(2)
    rest, end = gorse.get_feedbacks(2, cursor)
    assert [(one["UserId"], one["FeedbackType"], one["ItemId"]) for one in first + rest] == [
        ("bob", "like", ALIEN), ("bob", "read", HEAT), ("eve", "like", ALIEN),
    ]  # fmt: skip
    assert end == ""
    assert gorse.delete_feedback("bob", ALIEN) == {"RowAffected": 1}
    assert gorse.list_feedbacks("like", "bob") == []
    assert [one["UserId"] for one in gorse.get_feedbacks(9)[0]] == ["bob", "eve"]


def test_recommendations_are_ours_page_by_page(gorse: Gorse, loop: MovieLoop) -> None:
    gorse.insert_feedbacks(rows(("like", "bob", ALIEN)))
    ours = loop.recommend("bob", n=20).recommendations
    scores = gorse.get_recommend("bob", n=20)
    assert [one.id for one in scores] == [str(film.movie_id) for film in ours]
    assert [one.score for one in scores] == pytest.approx([1 / (1 + f.distance) for f in ours])
    second = gorse.get_recommend("bob", n=5, offset=5, write_back_type="read")
    assert [one.id for one in second] == [one.id for one in scores[5:10]]
    horror = gorse.get_recommend("bob", "Horror", n=3)
    assert all("Horror" in gorse.get_item(one.id)["Categories"] for one in horror)


def test_neighbours_and_a_visitor_s_films(gorse: Gorse, loop: MovieLoop) -> None:
    near = [str(film.movie_id) for film in loop.movies.similar(int(ALIEN), n=4).similar]
    assert [one["Id"] for one in gorse.get_neighbors(ALIEN, n=2, offset=2)] == near[2:]  # type: ignore[call-overload, index]
    visitor = gorse.session_recommend(rows(("like", "", ALIEN)), n=3)
    assert visitor[0]["Id"] in near


def test_items_are_listed_found_and_added(gorse: Gorse) -> None:
    first, cursor = gorse.get_items(3)
    second, _ = gorse.get_items(3, cursor)
    assert len({one["ItemId"] for one in first + second}) == 6
    assert gorse.search_items("alien", 1)[0]["Comment"] == "Alien (1979)"
    new = {"ItemId": "tt9999999", "IsHidden": False, "Categories": ["Horror"], "Comment": "",
           "Labels": {"title": "Zed", "year": 2021}, "Timestamp": "2021-01-01"}  # fmt: skip
    assert [gorse.insert_item(new) for _ in range(2)] == [{"RowAffected": 1}, {"RowAffected": 0}]
    assert gorse.get_item("tt9999999")["Labels"]["title"] == "Zed"


def test_users_are_known_listed_and_deleted(gorse: Gorse) -> None:
    assert gorse.insert_user({"UserId": "zoe", "Labels": {"a": 1}}) == {"RowAffected": 1}
    assert gorse.insert_users([{"UserId": "zoe"}, {"UserId": "eve"}]) == {"RowAffected": 2}
    assert gorse.get_user("zoe")["UserId"] == "zoe"
    gorse.insert_feedbacks(rows(*(("like", who, ALIEN) for who in ("bob", "eve", "zoe"))))
    first, cursor = gorse.get_users(2)
    second, end = gorse.get_users(2, cursor)
    assert [one["UserId"] for one in first + second] == ["bob", "eve", "zoe"] and end == ""
    assert gorse.delete_user("eve") == {"RowAffected": 1}
    assert [one["UserId"] for one in gorse.get_users(9)[0]] == ["bob", "zoe"]


def test_its_async_client_works_too(loop: MovieLoop, url: str) -> None:
    async def ask() -> list[str]:
        client = AsyncGorse(url, create_key(loop.store, "async"))
        await client.insert_feedbacks(rows(("like", "bob", ALIEN)))
        return [one.id for one in await client.get_recommend("bob", n=3)]

    assert asyncio.run(ask()) == [
        str(f.movie_id) for f in loop.recommend("bob", n=3).recommendations
    ]


def test_what_is_wrong_is_said_and_nothing_stored(gorse: Gorse) -> None:
    with pytest.raises(GorseException) as refused:
        gorse.insert_feedbacks(rows(("like", "bob", ALIEN), ("click", "bob", HEAT)))
    assert refused.value.status_code == 422 and "'click' is no opinion" in refused.value.message
    assert gorse.list_feedbacks("like", "bob") == []
    for call, status in (
        (lambda: gorse.get_item("no such film at all"), 404),
        (lambda: gorse.get_recommend("bob", "No genre"), 422),
        (lambda: gorse.get_items(3, "x"), 422),
        (lambda: gorse.update_item(ALIEN, True), 405),
        (lambda: gorse.insert_feedback("like", "bob", ALIEN, "yesterday"), 422),
    ):
        with pytest.raises(GorseException) as refused:
            call()
        assert refused.value.status_code == status


def test_plain_ids_without_the_version_and_large_batches(client: TestClient) -> None:
    many = rows(*(("like", f"user {i}", ALIEN) for i in range(5_000)))
    assert client.post("/gorse/api/feedback", json=many).json() == {"RowAffected": 5_000}
    assert all(isinstance(one, str) for one in client.get("/gorse/api/recommend/user 7").json())
    assert_problem(client.post("/gorse/api/feedback", json=many * 3), 422)
    assert_problem(client.post("/gorse/api/feedback", content=b"[" + b" " * 3_000_000), 413)
