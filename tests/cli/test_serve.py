"""Serving as people start it: a taken port, a key that is shown once, the browser."""

import signal
import socket
import stat
import time
from pathlib import Path

import httpx2
import pytest

import movieloop
from movieloop.data import packaged_films
from movieloop.store.sqlite_file import copied_while_open
from tests.cli.running import assert_one_line, run
from tests.crashing import PATIENCE, free_port, ready, serving

KEY_SAID = "The first API key is in "


def test_a_taken_port_is_one_line(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        answer = run("serve", "--port", port, database=database, port=str(free_port()))
    assert_one_line(answer, f"Cannot listen at 127.0.0.1:{port}")
    assert "--port" in answer.stderr


def test_listening_to_everybody_asks_for_a_key_that_only_its_owner_can_read(
    database: Path,
) -> None:
    log = database.with_name("serve.log")
    with serving(database, ["serve", "--host", "0.0.0.0"]) as (_, url):
        start = log.read_text()
        assert url.replace("127.0.0.1", "0.0.0.0") in start.splitlines()[0]
        file = Path(start.split(KEY_SAID)[1].splitlines()[0])
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        key = file.read_text().strip()
        refused = httpx2.get(f"{url}/recommend/ada")
        assert (refused.status_code, refused.json()["title"]) == (401, "API key needed")
        assert httpx2.get(f"{url}/recommend/ada", headers={"X-API-Key": key}).is_success
    with serving(database, ["serve", "--host", "0.0.0.0"]) as (_, url):
        assert httpx2.get(f"{url}/recommend/ada").status_code == 401
        assert httpx2.get(f"{url}/recommend/ada", headers={"X-API-Key": key}).is_success
    assert log.read_text().count(KEY_SAID) == 1 and key not in log.read_text()
    with serving(database, ["serve", "--host", "0.0.0.0", "--insecure"]) as (_, url):
        assert httpx2.get(f"{url}/recommend/ada").is_success


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


@pytest.mark.parametrize("workers", ["1", "2"])
def test_sigterm_closes_everything(workers: str, database: Path) -> None:
    with serving(database, ["serve", "--workers", workers]) as (server, url):
        like = {"user_id": "ada", "movie_name": "Alien (1979)", "rating": 1}
        assert httpx2.post(f"{url}/feedback", json=like).is_success
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE) == 0
    assert not list(database.parent.glob("movieloop.db-*"))  # the log is folded in
    assert not copied_while_open(database)


def test_workers_end_when_the_first_process_is_killed(database: Path) -> None:
    with serving(database, ["serve", "--workers", "2"]) as (server, url):
        assert httpx2.get(url, timeout=PATIENCE).is_success
        server.kill()
        server.wait()
        deadline = time.monotonic() + PATIENCE
        while ready(url):
            assert time.monotonic() < deadline
            time.sleep(0.2)
