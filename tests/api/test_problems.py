"""Whatever goes wrong is answered in one shape, with what happened and what to do next."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from tests.api.asking import JSON, LIKE
from tests.conftest import assert_problem


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """One for all tests here: what is refused leaves nothing behind."""
    app = create_app(lambda: MovieLoop.open(":memory:"))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"", b"rating=1", b"\xff\xfe", b'{"user_id": "ada",}', b"{'user_id': 'ada'}",
        b'{"rating": 1} {"rating": 0}', b"[" * 30_000, b'{"a":' * 10_000, b"1" * 5_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/feedback", "/preview", "/session/recommend"])
def test_a_body_that_is_not_json_is_refused(client: TestClient, path: str, body: bytes) -> None:
    status = 400 if body else 422
    problem = assert_problem(client.post(path, content=body, headers=JSON), status)
    assert problem["title"] == ("Bad JSON" if body else "Invalid input")


@pytest.mark.parametrize("depth", [10, 400, 900, 990, 1_000, 1_100, 5_000])
def test_deeply_nested_json_is_refused_whatever_its_depth(client: TestClient, depth: int) -> None:
    nested = json.dumps(LIKE).replace('"Alien"', "[" * depth + "]" * depth)
    answer = client.post("/feedback", content=nested, headers=JSON)
    assert_problem(answer, 422 if answer.status_code == 422 else 400)


@pytest.mark.parametrize("path", ["/nowhere", "/recommended", "/docs-assets/no.js", "/%00", "/🎬"])
def test_an_unknown_route_points_to_the_docs(client: TestClient, path: str) -> None:
    assert_problem(client.get(path), 404, "GET /docs")


@pytest.mark.parametrize("path", ["/feedback", "/preview"])
def test_an_unknown_film_is_answered_with_those_that_come_close(
    client: TestClient, path: str
) -> None:
    answer = client.post(path, json={**LIKE, "movie_name": "Dye Hard"})
    problem = assert_problem(answer, 404, "Did you mean 'Die Hard (1988)'")
    assert problem["suggestions"][0] == "Die Hard (1988)"


@pytest.mark.parametrize("name", ["qqqqzzzzxxxx", "\u0000", "Zz\u0000qqqq", "🎬" * 300, "%", " "])
def test_a_name_nothing_looks_like_is_answered_without_suggestions(
    client: TestClient, name: str
) -> None:
    problem = assert_problem(client.post("/feedback", json={**LIKE, "movie_name": name}), 404)
    assert "suggestions" not in problem


@pytest.mark.parametrize("number", [1, 2**53 - 1])
def test_an_unknown_number_is_not_found(client: TestClient, number: int) -> None:
    for path in (f"/movies/{number}", f"/movies/{number}/similar", f"/user/ada/why/{number}"):
        assert_problem(client.get(path), 404, f"id {number}")
    opinion = {"movie_id": number, "rating": 1}
    assert_problem(client.post("/feedback", json={"user_id": "ada", **opinion}), 404)
    assert_problem(client.post("/session/recommend", json={"opinions": [opinion]}), 404)


@pytest.mark.parametrize(
    "declared", ["text/plain", "text/json", "application/jsonp", "multipart/form-data", "", "json"]
)
def test_a_body_must_be_declared_as_json(client: TestClient, declared: str) -> None:
    body, headers = json.dumps(LIKE).encode(), {"Content-Type": declared}
    answer = client.post("/feedback", content=body, headers=headers if declared else {})
    assert_problem(answer, 415, "application/json")


@pytest.mark.parametrize("declared", ["application/json; charset=utf-8", "APPLICATION/JSON"])
def test_json_may_be_declared_in_any_legal_way(client: TestClient, declared: str) -> None:
    headers = {"Content-Type": declared}
    good, wrong = json.dumps(LIKE).encode(), b'["a list"]'
    assert client.post("/preview", content=good, headers=headers).status_code == 200
    assert_problem(client.post("/preview", content=wrong, headers=headers), 422)


def test_a_bug_is_answered_without_a_word_of_the_inside(
    loop: MovieLoop, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(lambda: loop)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("a secret of the inside")

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/broken")
        assert_problem(answer, 500, "log says more")
        assert "secret" not in answer.text and "Runtime" not in answer.text
        assert 'route="/broken",status="500"} 1.0' in client.get("/metrics").text
    assert "a secret of the inside" in caplog.text


@pytest.mark.sqlite
def test_a_locked_database_asks_to_try_again_and_reading_goes_on(database: Path) -> None:
    loop = MovieLoop.open(database, busy_timeout=0.05)
    with (
        TestClient(create_app(lambda: loop), raise_server_exceptions=False) as client,
        closing(sqlite3.connect(database, isolation_level=None)) as other,
    ):
        given = client.post("/feedback", json=LIKE).json()["feedback_id"]
        other.execute("BEGIN IMMEDIATE")
        for answer in (
            client.post("/feedback", json=LIKE),
            client.delete(f"/user/ada/feedback/{given}"),
            client.delete("/user/ada"),
        ):
            assert_problem(answer, 503, "locked by another program")
            assert int(answer.headers["retry-after"]) > 0
        assert client.get("/recommend/ada").status_code == 200
        assert client.get("/readyz").status_code == 200
        assert client.post("/preview", json=LIKE).status_code == 200
        other.execute("ROLLBACK")
        assert client.post("/feedback", json=LIKE).status_code == 200
        assert len(client.get("/user/ada/feedback").json()["feedback"]) == 2


@pytest.mark.sqlite
def test_a_failing_database_is_told_as_such_even_by_the_guard(database: Path) -> None:
    loop = MovieLoop.open(database)
    app = create_app(lambda: loop, require_key=True)
    with (
        TestClient(app, raise_server_exceptions=False) as client,
        closing(sqlite3.connect(database, isolation_level=None)) as other,
    ):
        other.execute("DROP TABLE api_keys")
        assert_problem(client.get("/recommend/ada", headers={"X-API-Key": "any"}), 503, "failed")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/models/rollback"), ("POST", "/user/ada/import"), ("DELETE", "/user/ada"),
     ("POST", "/page/rate"), ("POST", "/feedback")],
)  # fmt: skip
def test_a_page_of_another_site_changes_nothing(
    client: TestClient, method: str, path: str, origin: str
) -> None:
    answer = client.request(method, path, headers={"Origin": origin}, content=b"x")
    assert_problem(answer, 403, "may not change anything")
    own = client.request(method, path, headers={"Origin": "http://testserver"}, content=b"x")
    assert own.status_code != 403
