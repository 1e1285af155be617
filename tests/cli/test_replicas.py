"""Three servers on one PostgreSQL, killed and cut off: each answers for all, nothing is lost."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

from movieloop import MovieLoop
from movieloop.data import packaged_films
from movieloop.recommender.doctor import examine, examine_file
from tests.crashing import PATIENCE, free_port, ready
from tests.postgres_server import PASSWORD, Server, programs, running

CLIENTS = 6  # a training needs five people
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


@contextmanager
def three(server: Server, folder: Path) -> Iterator[list[Replica]]:
    """Run three replicas on an empty database."""
    address = server.database()
    with ExitStack() as stack:
        replicas = [Replica(address, folder / f"{number}.log") for number in range(3)]
        for replica in replicas:
            stack.callback(replica.kill)
            replica.start()
        yield replicas


class Client(threading.Thread):
    """Tells opinions to any replica, and asks any other whether they count."""

    def __init__(self, replicas: list[Replica], films: list[int], name: str) -> None:
        super().__init__()
        self.urls, self.films, self.user = [r.url for r in replicas], films, name
        self.random = random.Random(name)
        self.told: dict[int, int] = {}
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
        url = self.random.choice(self.urls)
        try:
            return httpx2.request(method, url + path, timeout=PATIENCE, **more)  # type: ignore[arg-type]
        except httpx2.TransportError:
            return None


@pytest.mark.skipif(programs() is None, reason="no PostgreSQL here")
def test_replicas_share_everything_and_lose_nothing(tmp_path: Path) -> None:
    films = [movie.movie_id for movie in packaged_films()[0][:400]]
    with running() as server, three(server, tmp_path) as replicas:
        clients = [Client(replicas, films, f"c{number}") for number in range(CLIENTS)]
        for client in clients:
            client.start()
        time.sleep(3)
        replicas[0].kill()
        time.sleep(2)
        replicas[0].start()
        server.stop(at_once=True)
        time.sleep(1)
        server.start()
        end = time.monotonic() + PATIENCE
        versions = 1
        while versions < 2 or sum(len(client.told) for client in clients) < 300:
            assert time.monotonic() < end
            assert all(client.failure is None for client in clients), clients
            with suppress(httpx2.TransportError):
                answer = httpx2.get(f"{replicas[1].url}/models", timeout=PATIENCE)
                versions = len(answer.json()["versions"]) if answer.is_success else 1
            time.sleep(0.5)
        for client in clients:
            client.over.set()
        for client in clients:
            client.join()
        assert [client.failure for client in clients] == [None] * CLIENTS
        live = {httpx2.get(f"{r.url}/model").json()["embeddings_version"] for r in replicas}
        assert len(live) == 1
        with MovieLoop.open(replicas[0].address) as loop:
            assert [*examine_file(loop), *examine(loop, loop.users.list())] == []
            with loop.store.read() as session:
                for client in clients:
                    kept = {
                        line.feedback.movie_id: line.feedback.feedback_id
                        for line in session.whole_log(client.user)
                    }
                    assert len(session.whole_log(client.user)) == len(kept)
                    assert client.told.items() <= kept.items()
    for replica in replicas:
        assert PASSWORD not in replica.log.read_text()
