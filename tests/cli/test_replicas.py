"""Three servers on one PostgreSQL, killed and cut off: each answers for all, nothing is lost."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx2
import pytest

from movieloop.data import packaged_films
from tests.crashing import PATIENCE
from tests.postgres_server import PASSWORD, Server, programs, running
from tests.replicas import Client, Replica, compare

CLIENTS = 6  # a training needs five people


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


@pytest.mark.skipif(programs() is None, reason="no PostgreSQL here")
def test_replicas_share_everything_and_lose_nothing(tmp_path: Path) -> None:
    films = [movie.movie_id for movie in packaged_films()[0][:400]]
    with running() as server, three(server, tmp_path) as replicas:
        clients = [
            Client([r.url for r in replicas], films, f"c{number}") for number in range(CLIENTS)
        ]
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
        assert compare(replicas[0].address, clients) == (0, 0)
    for replica in replicas:
        assert PASSWORD not in replica.log.read_text()
