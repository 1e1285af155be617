"""Servers that share one PostgreSQL, and people who tell opinions to any of them."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import httpx2

from movieloop import MovieLoop
from movieloop.recommender.doctor import examine, examine_file
from tests.crashing import PATIENCE, free_port, ready

BUSY = (500, 502, 503)  # while a server is away: nothing was acknowledged


@dataclass
class Replica:
    """One `movieloop serve`."""

    address: str
    log: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        settings = {"MOVIELOOP_DATABASE": self.address, "MOVIELOOP_PORT": str(self.port)}
        settings |= {"MOVIELOOP_TRAIN_AFTER": "150"}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "movieloop", "serve"],
                env=os.environ | settings, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + PATIENCE
        while not ready(self.url):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)

    def kill(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Answer(NamedTuple):
    """When something was asked for, how many seconds it took, and whether it was answered well."""

    asked: float
    took: float
    good: bool


class Client(threading.Thread):
    """Tells opinions to any replica, and asks any other whether they count."""

    def __init__(self, urls: list[str], films: list[int], name: str) -> None:
        super().__init__()
        self.urls, self.films, self.user = urls, films, name
        self.random = random.Random(name)
        self.told: dict[int, int] = {}
        self.answers: list[Answer] = []
        self.over = threading.Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            for film in self.films:
                if self.over.is_set():
                    return
                self.tell(film)
        except BaseException as error:
            self.failure = error

    def tell(self, film: int) -> None:
        """Say it until somebody acknowledges it; a key makes that safe."""
        opinion = {"user_id": self.user, "movie_id": film, "rating": 1}
        headers = {"Idempotency-Key": f"{self.user}-{film}"}
        while not self.over.is_set():
            answer = self.ask("POST", "/feedback", json=opinion, headers=headers)
            if answer is not None and answer.status_code not in BUSY:
                assert answer.status_code == 200, answer.text
                self.told[film] = answer.json()["feedback_id"]
                break
            time.sleep(0.1)
        shown = self.ask("GET", f"/recommend/{self.user}?n=50")
        if shown is not None and shown.status_code == 200:  # read-your-writes through anybody
            listed = {item["movie_id"] for item in shown.json()["recommendations"]}
            assert not listed & set(self.told)

    def ask(self, method: str, path: str, **more: object) -> httpx2.Response | None:
        url, began = self.random.choice(self.urls), time.monotonic()
        answer = None
        with suppress(httpx2.TransportError):
            answer = httpx2.request(method, url + path, timeout=PATIENCE, **more)  # type: ignore[arg-type]
        good = answer is not None and answer.status_code == 200
        self.answers.append(Answer(began, time.monotonic() - began, good))
        return answer


def compare(address: str, clients: list[Client]) -> tuple[int, int]:
    """Count what was acknowledged and is lost, and what was learned twice; let the doctor look."""
    lost = twice = 0
    with MovieLoop.open(address) as loop:
        assert [*examine_file(loop), *examine(loop, loop.users.list())] == []
        with loop.store.read() as session:
            for client in clients:
                lines = [line.feedback for line in session.whole_log(client.user)]
                kept = {item.movie_id: item.feedback_id for item in lines}
                twice += len(lines) - len(kept)
                lost += len(client.told.items() - kept.items())
    return lost, twice
