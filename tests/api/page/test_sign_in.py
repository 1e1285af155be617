"""Signing in to the page: a cookie no script can read, and nobody else's page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.api.page.sign_in import Attempts
from movieloop.api.permissions import KEY_COOKIE
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.media_servers import connect_server, plex_accounts
from movieloop.store import now_ms
from movieloop.store.api_keys import create_key, stored_keys
from movieloop.store.key_tables import Scope
from tests.importers.media_servers.servers import TOKEN, FakeServer, plex_tv, speaking

HTML = {"Accept": "text/html"}


@pytest.fixture
def loop(loop: MovieLoop) -> MovieLoop:
    loop.add_feedback("ada", "Alien (1979)", 1)
    loop.add_feedback("bob", "Heat (1995)", 1)
    return loop


@pytest.fixture
def client(loop: MovieLoop) -> Iterator[TestClient]:
    with TestClient(create_app(lambda: loop, require_key=True), follow_redirects=False) as client:
        yield client


def adas(loop: MovieLoop, until: int | None = None) -> str:
    return create_key(loop.store, "ada's", scope=Scope.WRITE, user_id="ada", expires_at=until)


def test_without_a_key_there_is_a_form_and_nothing_else(client: TestClient) -> None:
    for path in ("/", "/you", "/film/78748"):
        page = client.get(path, headers=HTML)
        assert page.status_code == 200
        assert 'action="/page/sign-in"' in page.text
        assert "poster" not in re.sub(r"<head>.*</head>", "", page.text, flags=re.DOTALL)


@pytest.mark.parametrize("body", ["", "key=", "key=ml_wrong", "other=x", b"\xff\xfe", "key=%00"])
def test_a_wrong_key_opens_nothing_and_says_so(client: TestClient, body: str | bytes) -> None:
    answer = client.post("/page/sign-in", content=body, headers=HTML)
    assert answer.status_code == 401
    assert "opens nothing" in answer.text
    assert "set-cookie" not in answer.headers


def test_the_cookie_is_for_the_browser_alone(client: TestClient, loop: MovieLoop) -> None:
    key = adas(loop)
    answer = client.post("/page/sign-in", data={"key": f" {key}\n"}, headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie
    page = client.get("/", headers=HTML)
    assert "Your next films" in page.text and '"owner": "ada"' in page.text
    assert client.get("/user/ada/feedback").status_code == 200
    assert client.get("/user/bob/feedback").status_code == 403
    out = client.post("/page/sign-out", headers=HTML)
    assert (out.status_code, out.headers["location"]) == (303, "/")
    assert client.get("/user/ada/feedback").status_code == 401


def test_a_form_rates_for_the_key_s_owner_whatever_the_other_cookie_says(
    client: TestClient, loop: MovieLoop
) -> None:
    film = loop.movies.get("Alien (1979)").movie_id
    for signing in ({"cookies": {KEY_COOKIE: adas(loop)}},):
        client.cookies.update(signing["cookies"])
    client.cookies.set("movieloop_user", "bob")
    form = {"movie_id": str(film), "rating": "0"}
    assert client.post("/page/rate", data=form, headers=HTML).status_code == 303
    assert [item.title for item in loop.users.history("bob").feedback] == ["Heat"]
    assert [item.rating for item in loop.users.history("ada").feedback] == [1, 0]


def test_a_key_that_has_ended_signs_nobody_in(client: TestClient, loop: MovieLoop) -> None:
    key = adas(loop, until=now_ms() - 1)
    assert client.post("/page/sign-in", data={"key": key}).status_code == 401
    client.cookies.set(KEY_COOKIE, key)
    assert client.get("/user/ada/feedback").status_code == 401
    assert 'action="/page/sign-in"' in client.get("/", headers=HTML).text


def test_a_header_counts_before_the_cookie(client: TestClient, loop: MovieLoop) -> None:
    client.cookies.set(KEY_COOKIE, adas(loop))
    everybody = create_key(loop.store, "all", scope=Scope.READ)
    assert client.get("/user/bob/feedback", headers={"X-API-Key": everybody}).status_code == 200
    assert client.get("/user/ada/feedback", headers={"X-API-Key": "ml_wrong"}).status_code == 401


def test_a_form_of_another_page_cannot_sign_anybody_in(client: TestClient, loop: MovieLoop) -> None:
    evil = {"Origin": "https://evil.example", **HTML}
    answer = client.post("/page/sign-in", data={"key": adas(loop)}, headers=evil)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_at_https_the_cookie_never_travels_in_the_open(loop: MovieLoop) -> None:
    app = create_app(lambda: loop, require_key=True)
    with TestClient(app, base_url="https://testserver", follow_redirects=False) as client:
        answer = client.post("/page/sign-in", data={"key": adas(loop)}, headers=HTML)
        assert "secure" in answer.headers["set-cookie"].lower()


@pytest.fixture
def jellyfin(loop: MovieLoop) -> Iterator[tuple[TestClient, FakeServer]]:
    with speaking("jellyfin") as fake:
        fake.passwords = {"Ada": "tea"}
        create_connection(loop.store, "home", "jellyfin")
        connect_server(loop, "home", fake.address, TOKEN)
        app = create_app(lambda: loop, require_key=True)
        with TestClient(app, follow_redirects=False) as client:
            yield client, fake


def with_account(client: TestClient, password: str, connection: str = "home") -> Any:
    form = {"connection": connection, "name": "Ada", "password": password}
    return client.post("/page/sign-in", data=form, headers=HTML)


def test_an_account_of_the_media_server_opens_the_page_of_its_person_alone(
    jellyfin: tuple[TestClient, FakeServer],
) -> None:
    client, _ = jellyfin
    assert "With your account of <b>home</b>" in client.get("/", headers=HTML).text
    assert with_account(client, "tea").status_code == 303
    assert '"owner": "Ada"' in client.get("/", headers=HTML).text
    assert client.get("/user/bob/feedback").status_code == 403
    key = client.cookies[KEY_COOKIE]
    client.post("/page/sign-out", headers=HTML)
    assert client.get("/user/Ada/feedback", headers={"X-API-Key": key}).status_code == 401
    assert stored_keys(client.app.state.loop.store) == []  # type: ignore[attr-defined]


def test_with_plex_the_browser_goes_there_and_comes_back_as_somebody(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with speaking("plex") as fake, plex_tv() as tv, MovieLoop.open(database) as loop:
        monkeypatch.setattr(plex_accounts, "HOME", tv.address)
        create_connection(loop.store, "home", "plex")
        connect_server(loop, "home", fake.address, TOKEN)
        app = create_app(lambda: loop, require_key=True)
        with TestClient(app, follow_redirects=False) as client:
            assert 'href="/page/plex?connection=home"' in client.get("/", headers=HTML).text
            refused = client.get("/page/plex/back", headers=HTML)
            assert refused.status_code == 401 and "Nobody has signed in at Plex" in refused.text
            away = client.get("/page/plex", params={"connection": "home"})
            assert away.status_code == 303
            assert away.headers["location"].startswith("https://app.plex.tv/auth#?clientID=")
            assert "testserver%2Fpage%2Fplex%2Fback" in away.headers["location"]
            assert "httponly" in away.headers["set-cookie"].lower()
            assert client.get("/page/plex/back", headers=HTML).status_code == 401
            tv.signs_in("bobs")
            back = client.get("/page/plex/back", headers=HTML)
            assert (back.status_code, back.headers["location"]) == (303, "/")
            assert '"owner": "bob"' in client.get("/", headers=HTML).text
            tv.mood = "down"
            down = client.get("/page/plex", params={"connection": "home"}, headers=HTML)
            assert "does not answer" in down.text
            for _ in range(10):
                client.get("/page/plex", params={"connection": "home"})
            assert "Too many" in client.get("/page/plex?connection=home", headers=HTML).text


def test_a_wrong_password_and_a_server_that_is_down_are_told_apart(
    jellyfin: tuple[TestClient, FakeServer],
) -> None:
    client, fake = jellyfin
    assert "does not know this name" in with_account(client, "wine").text
    assert "does not answer" in with_account(client, "tea", "elsewhere").text
    fake.mood = "down"
    answer = with_account(client, "tea")
    assert answer.status_code == 401 and "does not answer" in answer.text


def test_guessing_ends_after_ten(jellyfin: tuple[TestClient, FakeServer]) -> None:
    client, _ = jellyfin
    for _ in range(10):
        assert "does not know" in with_account(client, "wine").text
    assert "Too many" in with_account(client, "tea").text


def test_after_a_minute_it_goes_on() -> None:
    now = [0.0]
    guesses = Attempts(lambda: now[0])
    for _ in range(10):
        assert not guesses.too_many()
        guesses.note()
    assert guesses.too_many()
    now[0] = 61
    assert not guesses.too_many()
