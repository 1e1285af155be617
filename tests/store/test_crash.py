"""`kill -9` in the middle: what was answered is there, once, and nothing else is."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from movieloop import MovieLoop
from movieloop.data import packaged_films
from movieloop.recommender.doctor import examine, examine_file

PATIENCE = 30.0  # seconds; only a failing test waits so long
CLIENTS = 3
ENOUGH = 40  # answers before a kill


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def serving(
    database: Path, arguments: Sequence[str] = ("serve",)
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run `movieloop serve` until the block ends; give the process and its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {"MOVIELOOP_PORT": str(port), "MOVIELOOP_DATABASE": str(database)}
    log = database.with_name("serve.log")
    with log.open("ab") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "movieloop", *arguments],
            env=os.environ | settings,
            stdout=output,
            stderr=output,
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while not ready(url):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield server, url
    finally:
        server.kill()
        server.wait()


def ready(url: str) -> bool:
    try:
        return httpx2.get(f"{url}/readyz").is_success
    except httpx2.TransportError:
        return False


@dataclass
class Told:
    """What the clients said: the answers by film, and the films nobody answered for."""

    waiting: Iterator[int]
    answered: dict[int, int] = field(default_factory=dict)
    unanswered: set[int] = field(default_factory=set)

    def tell(self, client: httpx2.Client, movie_id: int) -> None:
        """Like a film; the same film always comes with the same key."""
        self.unanswered.add(movie_id)
        answer = client.post(
            "/feedback",
            json={"user_id": "ada", "movie_id": movie_id, "rating": movie_id % 2},
            headers={"Idempotency-Key": f"film-{movie_id}"},
        )
        assert answer.status_code == 200, answer.text
        self.answered[movie_id] = answer.json()["feedback_id"]
        self.unanswered.discard(movie_id)

    def tell_until_the_server_dies(self, url: str) -> None:
        with httpx2.Client(base_url=url, timeout=PATIENCE) as client:
            try:
                for movie_id in self.waiting:
                    self.tell(client, movie_id)
            except httpx2.TransportError:
                return

    def tell_again(self, url: str) -> None:
        with httpx2.Client(base_url=url, timeout=PATIENCE) as client:
            for movie_id in sorted(self.unanswered):
                self.tell(client, movie_id)


def kill_in_the_middle(server: subprocess.Popen[bytes], url: str, told: Told) -> None:
    goal = len(told.answered) + ENOUGH
    clients = [
        threading.Thread(target=told.tell_until_the_server_dies, args=[url]) for _ in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    deadline = time.monotonic() + PATIENCE
    while len(told.answered) < goal and time.monotonic() < deadline:
        time.sleep(0.001)
    server.kill()
    for client in clients:
        client.join()
    assert len(told.answered) >= goal


def assert_kept(database: Path, told: Told) -> None:
    with MovieLoop.open(database) as loop:
        log = loop.users.history("ada").feedback
        assert [*examine_file(loop), *examine(loop, loop.users.list())] == []
    kept = {item.movie_id: item.feedback_id for item in log}
    assert len(log) == len(kept), "a film was counted twice"
    assert told.answered.items() <= kept.items()
    assert kept.keys() - told.answered.keys() <= told.unanswered
    assert all(item.rating == item.movie_id % 2 for item in log)


def test_three_kills_lose_nothing_and_learn_nothing_twice(database: Path) -> None:
    films, _, _ = packaged_films()
    told = Told(iter([film.movie_id for film in films]))
    for _ in range(3):
        with serving(database) as (server, url):
            told.tell_again(url)
            kill_in_the_middle(server, url, told)
        assert_kept(database, told)
    with serving(database) as (_, url):
        told.tell_again(url)
    assert told.unanswered == set()
    assert len(told.answered) > 3 * ENOUGH
    assert_kept(database, told)
