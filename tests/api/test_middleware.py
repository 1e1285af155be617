"""What every request passes first: methods, the limit of a body, the key."""

import asyncio
import json

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.api.metrics import CountRequests, Metrics
from movieloop.api.middleware import PROBES, BodyLimit, InFlight
from movieloop.store.api_keys import create_key
from tests.api.asking import JSON, LIKE, PATHS
from tests.conftest import assert_problem

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}


@pytest.mark.parametrize("path", [*PATHS, "/docs", "/redoc", "/openapi.json"])
def test_every_route_says_which_methods_it_understands(
    reading_client: TestClient, path: str
) -> None:
    known = {method.upper() for method in PATHS.get(path, {"get": None})}
    known |= {"HEAD"} if "GET" in known else set()
    for method in METHODS - known:
        answer = reading_client.request(method, path.replace("{", "").replace("}", ""))
        assert_problem(answer, 405, method)
        assert set(answer.headers["allow"].split(", ")) == known


@pytest.mark.parametrize("path", ["/", "/recommend/ada", "/user/ada/profile", "/docs", "/livez"])
def test_head_is_get_without_the_body(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers["content-length"] == str(len(get.content))
    assert client.head("/nowhere").status_code == 404


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("path", ["/feedback", "/preview", "/session/recommend", "/nowhere"])
def test_a_body_over_64_kib_is_refused(client: TestClient, path: str, chunked: bool) -> None:
    body = json.dumps({**LIKE, "user_id": "a" * 70_000}).encode()
    pieces = (body[start : start + 1_000] for start in range(0, len(body), 1_000))
    answer = client.post(path, content=pieces if chunked else body, headers=JSON)
    assert ("content-length" in answer.request.headers) is not chunked
    assert_problem(answer, 413, "65536 bytes")


def test_a_body_of_exactly_64_kib_is_read(client: TestClient) -> None:
    body = json.dumps(LIKE).encode().ljust(65_536)
    assert client.post("/preview", content=body, headers=JSON).status_code == 200
    assert client.post("/preview", content=iter([body]), headers=JSON).status_code == 200
    assert_problem(client.post("/preview", content=body + b" ", headers=JSON), 413)


def test_without_a_known_key_only_probes_and_documentation_answer(loop: MovieLoop) -> None:
    app = create_app(lambda: loop, require_key=True)
    with TestClient(app, raise_server_exceptions=False) as client:
        for sent in ({}, {"X-API-Key": "wrong"}, {"Authorization": "Bearer wrong"}):
            for path in [*PATHS, "/nowhere", "/docsx/../user/ada"]:
                if path not in ("/livez", "/readyz"):
                    answer = client.get(path, headers=sent)
                    players = path == "/api/recommendations"  # the key is a token of Jellyfin
                    assert_problem(answer, 401, "MediaBrowser" if players else "X-API-Key")
                    kind = "MediaBrowser" if players else "Bearer"
                    assert answer.headers["www-authenticate"] == kind
            assert_problem(client.post("/feedback", json=LIKE, headers=sent), 401)
        for path in ("/livez", "/readyz", "/docs", "/redoc", "/openapi.json"):
            assert client.get(path).status_code == 200
        assert loop.users.counts() == (0, 0)


def test_the_right_key_opens_the_door_in_either_header(loop: MovieLoop) -> None:
    app, key = create_app(lambda: loop, require_key=True), create_key(loop.store)
    with TestClient(app) as client:
        for name, value in (
            ("X-API-Key", key),
            ("Authorization", f"Bearer {key}"),
            ("authorization", f"bearer {key}"),
        ):
            assert client.get("/recommend/ada", headers={name: value}).status_code == 200
        assert_problem(client.get("/recommend/ada", headers={"X-API-Key": key[:-1]}), 401)
        assert_problem(client.get("/recommend/ada", headers={"X-API-Key": key + "x"}), 401)
        assert_problem(client.get("/recommend/ada", headers={"X-API-Key": "ключ".encode()}), 401)


async def _nothing(scope: object, receive: object, send: object) -> None:
    raise AssertionError("the application must not be asked")


def test_more_than_can_be_answered_in_time_is_refused_and_probes_are_not() -> None:
    async def story() -> None:
        release, answers = asyncio.Event(), []

        async def slow(scope, receive, send) -> None:
            if scope["path"] not in PROBES:
                await release.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        async def send(message) -> None:
            if message["type"] == "http.response.start":
                answers.append((message["status"], dict(message["headers"])))

        guard = InFlight(slow, most=2)
        held = [
            asyncio.ensure_future(guard({"type": "http", "path": "/"}, None, send))
            for _ in range(2)
        ]
        await asyncio.sleep(0)
        await guard({"type": "http", "path": "/"}, None, send)
        assert answers[0][0] == 503 and answers[0][1][b"retry-after"] == b"1"
        await guard({"type": "http", "path": "/livez"}, None, send)
        assert answers[1][0] == 200
        release.set()
        await asyncio.gather(*held)
        await guard({"type": "http", "path": "/"}, None, send)
        assert [status for status, _ in answers[2:]] == [200, 200, 200]

    asyncio.run(story())


def test_whoever_hangs_up_is_no_bug() -> None:
    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    metrics = Metrics()
    scope = {"type": "http", "method": "POST", "path": "/feedback", "headers": []}
    asyncio.run(CountRequests(BodyLimit(_nothing), metrics)(scope, receive, _nothing))
    assert 'status="499"' in metrics.text(users=0, feedback=0)


def test_a_right_key_in_one_place_is_enough(loop: MovieLoop) -> None:
    key = create_key(loop.store)
    with TestClient(create_app(lambda: loop, require_key=True)) as client:
        for sent in (
            {"X-API-Key": "wrong", "Authorization": f"Bearer {key}"},
            {"X-API-Key": key, "Authorization": "Bearer wrong"},
        ):
            assert client.get("/model", headers=sent).status_code == 200


@pytest.mark.parametrize("path", ["/model", "/nowhere", "/docs", "/livez"])
def test_answers_are_what_they_say_they_are(client: TestClient, path: str) -> None:
    assert client.get(path).headers["x-content-type-options"] == "nosniff"
