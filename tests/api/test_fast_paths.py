"""The short ways answer what the ordinary ones answer, and leave to them whatever is not plain."""

import pytest
from fastapi.testclient import TestClient

from movieloop.api.fast_paths import DEFAULT_SIZE, _size


@pytest.mark.parametrize(
    ("query", "size"),
    [
        (b"", DEFAULT_SIZE), (b"n=7", 7), (b"n=007", 7), (b"n=1000", None), (b"n=", None),
        (b"n=-1", None), (b"n=7&explain=true", None), (b"genre=War", None), (b"N=7", None),
        (b"n=\xd9\xa3", None), (b"n=1e1", None),
    ],
)  # fmt: skip
def test_only_a_plain_size_is_plain(query: bytes, size: int | None) -> None:
    assert _size(query) == size


@pytest.mark.parametrize("query", ["", "?n=10", "?n=0010"])
def test_a_kept_answer_is_the_computed_one(client: TestClient, query: str) -> None:
    computed = client.get("/recommend/ada?n=10&explain=false").json()
    assert client.get(f"/recommend/ada{query}").json() == computed
    assert client.get(f"/recommend/ada{query}").json() == computed  # now it is kept


@pytest.mark.parametrize(
    "body", ['{"user_id": "ada"}', '{"user_id": "ada", "movie_id": 1, "rating": 7}', "", "[]"]
)
def test_what_is_wrong_goes_the_ordinary_way(client: TestClient, body: str) -> None:
    plain = {"Content-Type": "application/json"}
    short = client.post("/feedback", content=body, headers=plain)
    ordinary = client.post("/feedback?n=3", content=body, headers=plain)
    assert short.status_code == ordinary.status_code == 422
    assert short.json()["errors"] == ordinary.json()["errors"]


def test_a_size_out_of_range_is_refused_not_cut(client: TestClient) -> None:
    for size in (0, 101, 999, 1000):
        assert client.get(f"/recommend/ada?n={size}").status_code == 422
