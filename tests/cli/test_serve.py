"""Serving as people start it: a taken port, a key that is shown once, the browser."""

import signal
import socket
import time
from pathlib import Path

import httpx2
import pytest

import movieloop
from movieloop.data import packaged_films
from tests.cli.running import assert_one_line, run
from tests.store.test_crash import PATIENCE, free_port, serving

KEY_SHOWN = "API key, shown only now: "


def test_a_taken_port_is_one_line(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        answer = run("serve", "--port", port, database=database, port=str(free_port()))
    assert_one_line(answer, f"Cannot listen at 127.0.0.1:{port}")
    assert "--port" in answer.stderr


def test_listening_to_everybody_asks_for_a_key_that_is_shown_once(database: Path) -> None:
    log = database.with_name("serve.log")
    with serving(database, ["serve", "--host", "0.0.0.0"]) as (_, url):
        start = log.read_text()
        assert url.replace("127.0.0.1", "0.0.0.0") in start.splitlines()[0]
        key = start.split(KEY_SHOWN)[1].split()[0]
        refused = httpx2.get(f"{url}/recommend/ada")
        assert (refused.status_code, refused.json()["title"]) == (401, "API key needed")
        assert httpx2.get(f"{url}/recommend/ada", headers={"X-API-Key": key}).is_success
    with serving(database, ["serve", "--host", "0.0.0.0"]) as (_, url):
        assert httpx2.get(f"{url}/recommend/ada").status_code == 401
        assert httpx2.get(f"{url}/recommend/ada", headers={"X-API-Key": key}).is_success
    assert log.read_text().count(KEY_SHOWN) == log.read_text().count(key) == 1
    with serving(database, ["serve", "--host", "0.0.0.0", "--insecure"]) as (_, url):
        assert httpx2.get(f"{url}/recommend/ada").is_success
    assert log.read_text().count("API key") == 2


def test_movieloop_alone_says_where_it_is_and_opens_the_browser(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{opened}"\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.setenv("DISPLAY", ":0")
    log = database.with_name("serve.log")
    with serving(database, []) as (server, url):
        films = f"{len(packaged_films()[0]):,} films"
        start = log.read_text().splitlines()[0]
        for part in (f"movieloop {movieloop.__version__}", url, films, str(database)):
            assert part in start
        deadline = time.monotonic() + PATIENCE
        while not (opened.exists() and opened.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert opened.read_text() == url
        server.send_signal(signal.SIGINT)
        interrupted = 128 + signal.SIGINT
        assert server.wait(PATIENCE) == interrupted
    assert len(log.read_text().split("Ctrl+C")[1].strip()) == 0
