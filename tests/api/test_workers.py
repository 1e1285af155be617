"""Several worker processes on one file: whoever answers knows what was said a moment ago."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "movieloop", "serve", "--workers", "2", "--port", str(port),
         "--train-after", "0", "--database", str(tmp_path / "films.db")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=2).read()
            break
        except OSError:
            time.sleep(0.1)
    yield url
    server.send_signal(signal.SIGINT)
    assert server.wait(30) in (0, 130, -signal.SIGINT)


def test_two_workers_read_each_others_writes(url: str) -> None:
    def ask(path: str, body: object = None) -> dict[str, object]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{url}{path}", data, {"Content-Type": "application/json", "Connection": "close"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return dict(json.load(answer))

    for number in range(25):
        shown = ask("/recommend/ada?n=1")["recommendations"]
        movie_id = shown[0]["movie_id"]  # type: ignore[index]
        ask("/feedback", {"user_id": "ada", "movie_id": movie_id, "rating": number % 3 and 1})
        for _ in range(3):  # whichever worker answers: the film just rated is gone
            again = ask("/recommend/ada?n=1")["recommendations"]
            assert again[0]["movie_id"] != movie_id  # type: ignore[index]
    assert len(ask("/user/ada/feedback")["feedback"]) == 25  # type: ignore[arg-type]


def test_any_worker_tells_what_all_have_counted(url: str) -> None:
    def text(path: str) -> str:
        request = urllib.request.Request(f"{url}{path}", headers={"Connection": "close"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return str(answer.read().decode())

    for _ in range(40):
        text("/genres")
    asked = 'movieloop_http_requests_total{method="GET",route="/genres",status="200"} 40.0'
    for _ in range(5):
        assert asked in text("/metrics").splitlines()
        assert "movieloop_log_size 0.0" in text("/metrics").splitlines()
