"""Requests have numbers, in answers and in the log; the log names nobody."""

import logging

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.api.request_log import HEADER, RequestId


def test_every_answer_has_a_number_of_its_own(client: TestClient) -> None:
    answers = [client.get("/livez"), client.get("/nowhere"), client.get("/recommend/ada")]
    numbers = [answer.headers[HEADER] for answer in answers]
    assert len(set(numbers)) == 3
    assert all(len(number) == 16 for number in numbers)


@pytest.mark.parametrize("mine", ["a", "trace-1.2_3", "x" * 64])
def test_a_caller_s_own_number_is_kept(client: TestClient, mine: str) -> None:
    assert client.get("/livez", headers={HEADER: mine}).headers[HEADER] == mine


@pytest.mark.parametrize("mine", ["", "a b", "x" * 65, "a\tb", "<script>", "é"])
def test_what_is_no_number_is_replaced(client: TestClient, mine: str) -> None:
    headers = {HEADER: mine.encode("latin-1")}
    assert client.get("/livez", headers=headers).headers[HEADER] != mine


def test_a_line_a_request_with_its_pattern_and_without_a_name(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "movieloop.requests")
    caplog.handler.addFilter(RequestId())
    answer = client.get("/user/ada-lovelace/profile?n=ada-lovelace")
    (line,) = caplog.records
    assert line.getMessage().startswith("GET /user/{user_id}/profile 200 ")
    assert vars(line)["request_id"] == answer.headers[HEADER]
    assert "lovelace" not in str(vars(line))


def test_a_bug_is_logged_with_the_number_and_without_a_name(
    loop: MovieLoop, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(type(loop.users), "profile", broken)
    caplog.handler.addFilter(RequestId())
    with TestClient(create_app(lambda: loop), raise_server_exceptions=False) as client:
        answer = client.get("/user/ada-lovelace/profile", headers={HEADER: "tap-7"})
    assert answer.status_code == 500
    assert answer.headers[HEADER] == "tap-7"
    (line,) = (line for line in caplog.records if line.levelno == logging.ERROR)
    assert vars(line)["request_id"] == "tap-7"
    assert "lovelace" not in line.getMessage()


def test_a_bug_and_what_head_asks_are_told_as_they_are_counted(
    loop: MovieLoop, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(type(loop.users), "profile", broken)
    caplog.set_level(logging.INFO, "movieloop.requests")
    with TestClient(create_app(lambda: loop), raise_server_exceptions=False) as client:
        client.get("/user/ada/profile")
        client.head("/livez")
    told = [line.getMessage() for line in caplog.records if line.name == "movieloop.requests"]
    assert told[0].startswith("GET /user/{user_id}/profile 500 ")
    assert told[1].startswith("GET /livez 200 ")
