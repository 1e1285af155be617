"""Who may do what: every route needs a scope, and a key of one user is nobody else."""

import json
import secrets
from collections.abc import Iterator

import httpx2
import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.api.permissions import needed_scope, users_named
from movieloop.store.api_keys import create_key, stored_keys
from movieloop.store.connection import now_ms
from movieloop.store.key_tables import Scope
from tests.api.asking import LIKE, PATHS

OPERATIONS = sorted((method.upper(), path) for path, known in PATHS.items() for method in known)
FREE = {
    "/livez", "/readyz", "/movies/{movie_id}/poster.svg", "/hooks/{connection}/{secret}",
    "/api/recommendations",
}  # fmt: skip
ADMIN = {
    ("POST", "/movies"), ("POST", "/models/{version}/promote"), ("POST", "/models/rollback"),
    ("GET", "/backup"), ("GET", "/events"), ("GET", "/metrics"),
    ("GET", "/connections"), ("PUT", "/connections/{connection}/people/{person}"),
    ("GET", "/gorse/api/feedback"), ("GET", "/gorse/api/users"), ("POST", "/gorse/api/item"),
    ("POST", "/gorse/api/items"),
}  # fmt: skip
READING = {
    ("POST", "/preview"), ("POST", "/session/recommend"), ("POST", "/group/recommend"),
    ("POST", "/gorse/api/session/recommend"),
}  # fmt: skip


@pytest.fixture
def client(loop: MovieLoop) -> Iterator[TestClient]:
    app = create_app(lambda: loop, require_key=True)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def shared() -> Iterator[TestClient]:
    """One for all routes: what is refused leaves nothing behind, the rest disturbs nobody."""
    app = create_app(lambda: MovieLoop.open(":memory:"), require_key=True)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def key(client: TestClient, scope: Scope, user: str | None = None, until: int | None = None) -> str:
    store = client.app.state.loop.store
    return create_key(
        store, f"{scope} {secrets.token_hex(4)}", scope=scope, user_id=user, expires_at=until
    )


def ask(
    client: TestClient, sent: str, method: str, path: str, user: str = "ada", **more: object
) -> httpx2.Response:
    path = path.replace("{user_id}", user).replace("{", "").replace("}", "")
    return client.request(method, path, headers={"X-API-Key": sent}, **more)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_route_needs_what_it_does(shared: TestClient, method: str, path: str) -> None:
    if path in FREE:
        return
    wanted = Scope.READ if method == "GET" or (method, path) in READING else Scope.WRITE
    wanted = Scope.ADMIN if (method, path) in ADMIN else wanted
    assert needed_scope(method, path) == wanted
    for scope in Scope:
        answer = ask(shared, key(shared, scope), method, path)
        assert (answer.status_code == 403) == (not scope.covers(wanted)), scope
        if answer.status_code == 403:
            assert answer.json()["title"] == "Not allowed" and wanted in answer.json()["detail"]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_key_of_one_user_is_nobody_else(shared: TestClient, method: str, path: str) -> None:
    if "{user_id}" not in path:
        return
    adas = key(shared, Scope.ADMIN, "ada")
    for other in ("bob", "ADA", "ada%20", "bob%2Fada", "%61da%00"):
        assert ask(shared, adas, method, path, other).status_code == 403, other
    # The last may forget ada, and her key with her.
    assert ask(shared, adas, method, path, "%61da").status_code != 403


@pytest.mark.parametrize("path", ["/feedback", "/preview"])
def test_nor_in_a_body(client: TestClient, path: str) -> None:
    adas = key(client, Scope.WRITE, "ada")
    opinion = {**LIKE, "user_id": "ada"}
    assert ask(client, adas, "POST", path, json=opinion).status_code == 200
    assert ask(client, adas, "POST", path, json={**LIKE, "user_id": "bob"}).status_code == 403
    twice = json.dumps(opinion).replace('"ada"', '"bob", "user_id": "ada"')
    for body in (twice, twice.encode("utf-16")):
        sent = {"content": body, "headers": {"X-API-Key": adas, "Content-Type": "application/json"}}
        assert client.post(path, **sent).status_code == 403
    assert ask(client, adas, "POST", path, content="{").status_code in (400, 415)


def test_nor_in_a_query(client: TestClient) -> None:
    adas = key(client, Scope.WRITE, "ada")
    for query in ("?user_id=bob", "?user_id=ada&user_id=bob", "?user%5Fid=bob"):
        assert ask(client, adas, "DELETE", f"/feedback/1{query}").status_code == 403
        assert ask(client, adas, "GET", f"/map/near{query}&x=1&y=1").status_code == 403
    assert ask(client, adas, "DELETE", "/feedback/1?user_id=ada").status_code == 404


def test_what_names_nobody_is_open_to_a_key_of_one_user(client: TestClient) -> None:
    adas = key(client, Scope.READ, "ada")
    for path in ("/movies", "/genres", "/model", "/"):
        assert ask(client, adas, "GET", path).status_code == 200


def test_an_expired_or_revoked_key_opens_nothing(client: TestClient) -> None:
    old = key(client, Scope.ADMIN, until=now_ms() - 1)
    answer = ask(client, old, "GET", "/model")
    assert answer.status_code == 401 and "expired" in answer.json()["detail"]
    fresh = key(client, Scope.ADMIN, until=now_ms() + 60_000)
    assert ask(client, fresh, "GET", "/model").status_code == 200
    store = client.app.state.loop.store
    for known in stored_keys(store):
        assert store.write(lambda session, name=known.name: session.revoke_key(name))
    assert ask(client, fresh, "GET", "/model").status_code == 401


def test_its_use_is_noted(client: TestClient) -> None:
    used, unused = key(client, Scope.READ), key(client, Scope.WRITE)
    assert used != unused
    for _ in range(3):
        assert ask(client, used, "GET", "/model").status_code == 200
    store = client.app.state.loop.store
    store.write(lambda _: None)  # what was submitted before is done
    times = {known.scope: known.used_at for known in stored_keys(store)}
    assert (times[Scope.READ] or 0) > now_ms() - 60_000 and times[Scope.WRITE] is None


def test_users_are_found_wherever_they_are_named() -> None:
    request = {"path": "/onboarding/a\uffffb", "query_string": b"n=3&user_id=&user_id=c"}
    body = b'{"user_id": 7, "deep": {"user_id": "d"}}'
    assert users_named(request, body) == ["a/b", "", "c", "d", "7"]
    assert users_named({"path": "/movies/3"}, b"[" * 100_000) == []


def test_nor_in_gorse_s_spelling(client: TestClient) -> None:
    adas = key(client, Scope.WRITE, "ada")
    path = "/gorse/api/feedback"
    said = [
        {"UserId": who, "ItemId": "tt0078748", "FeedbackType": "like"} for who in ("ada", "bob")
    ]
    assert ask(client, adas, "POST", path, json=said[:1]).status_code == 200
    assert ask(client, adas, "POST", path, json=said).status_code == 403
    assert ask(client, adas, "POST", "/gorse/api/user", json={"UserId": "bob"}).status_code == 403
    assert ask(client, adas, "DELETE", f"{path}/bob/tt0078748").status_code == 403
    assert ask(client, adas, "DELETE", f"{path}/ada/tt0078748").status_code == 200


def test_nor_one_of_a_group(client: TestClient) -> None:
    adas = key(client, Scope.READ, "ada")
    path = "/group/recommend"
    assert ask(client, adas, "POST", path, json={"users": ["ada"]}).status_code == 200
    assert ask(client, adas, "POST", path, json={"users": ["ada", "bob"]}).status_code == 403
    everybodys = key(client, Scope.READ)
    assert ask(client, everybodys, "POST", path, json={"users": ["ada", "bob"]}).status_code == 200
