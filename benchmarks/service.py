"""The real server in a process of its own, and what it takes of the processor."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import psutil
from measuring import ROOT

sys.path.insert(0, str(ROOT))
from tests.crashing import free_port, ready
from tests.postgres_server import Server

CLIENTS = 8
Request = tuple[str, str, object]  # method, path, JSON or None


@dataclass
class Service:
    """A running server, and what its database is."""

    database: str
    port: int
    process: psutil.Process
    server: Server | None

    def processor(self) -> tuple[float, float]:
        """Read the processor seconds of movieloop and of the database's server so far."""
        ours = self.process.cpu_times()
        return ours.user + ours.system, 0.0 if self.server is None else self.server.processor()


@contextmanager
def serving(address: str, server: Server | None) -> Iterator[Service]:
    """Run the real server for as long as the block runs."""
    port = free_port()
    settings = {"MOVIELOOP_DATABASE": address, "MOVIELOOP_PORT": str(port)}
    settings |= {"MOVIELOOP_TRAIN_AFTER": "0"}
    process = subprocess.Popen(
        [sys.executable, "-m", "movieloop", "serve"],
        env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not ready(f"http://127.0.0.1:{port}"):
            if process.poll() is not None:
                raise SystemExit("the server did not start")
            time.sleep(0.1)
        yield Service(address, port, psutil.Process(process.pid), server)
    finally:
        process.terminate()
        process.wait()


def taken(service: Service, requests: Sequence[Request]) -> tuple[float, float]:
    """Ask, and tell what an answer cost: microseconds of movieloop and of the database's server."""
    before = service.processor()
    ask(service, requests)
    after = service.processor()
    ours, theirs = (1e6 * (b - a) / len(requests) for a, b in zip(before, after, strict=True))
    return ours, theirs


def ask(
    service: Service, requests: Sequence[Request], *, wait: Callable[[int], None] = lambda _: None
) -> None:
    """Make requests from some clients at once; each of them must succeed."""

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
        for place in range(number, len(requests), CLIENTS):
            wait(place)
            method, path, body = requests[place]
            sent = None if body is None else json.dumps(body)
            headers = {} if body is None else {"Content-Type": "application/json"}
            connection.request(method, path, sent, headers)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status != HTTPStatus.OK:
                raise SystemExit(said.decode())
        connection.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))


def size(server: Server | None, address: str) -> int:
    """Tell how many bytes a database has.

    Args:
        server: Where it is; None for a file.
        address: Its address, or its path.

    Returns:
        Bytes on disk.
    """
    if server is not None:
        return server.size(address)
    return sum(file.stat().st_size for file in Path(address).parent.glob("films.db*"))
