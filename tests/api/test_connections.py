"""One connection costs little before anybody is known: real sockets, a real server."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest
import uvicorn

from movieloop.api import connections
from movieloop.api.connections import HEAD_BYTES, HEAD_LINES, BoundedConnection, allow_many_files
from movieloop.api.middleware import BodyLimit

PATIENCE = 20.0  # seconds; only a failing test waits so long
ASK = b"GET / HTTP/1.1\r\nHost: x\r\n"


async def app(scope, receive, send) -> None:
    """Read the body and tell how long it was."""
    assert scope["type"] == "http"
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message["more_body"]
    text = f"{size} bytes".encode()
    head = [(b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": text})


@contextmanager
def serving(served=app) -> Iterator[int]:
    config = uvicorn.Config(
        served, http=BoundedConnection, ws="none", lifespan="off", log_level="warning",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        end = time.monotonic() + PATIENCE
        while not server.started:
            assert time.monotonic() < end
            time.sleep(0.01)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(connections, "BODY_SECONDS", 0.3)


@pytest.fixture
def port(quick: None) -> Iterator[int]:
    with serving() as port:
        yield port


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def everything(client: socket.socket) -> bytes:
    answer = b""
    try:
        while piece := client.recv(65536):
            answer += piece
    except ConnectionResetError:
        pass
    return answer


def asked(port: int, *pieces: bytes) -> bytes:
    with connect(port) as client:
        for piece in pieces:
            client.sendall(piece)
        return everything(client)


def test_an_honest_request_is_answered_and_the_next_one_too(port: int) -> None:
    body = b"x" * 200_000
    with connect(port) as client:
        for size in (0, len(body), 5):
            head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % size
            client.sendall(head + body[:size])
            answer = b""
            while b"bytes" not in answer:
                answer += client.recv(65536)
            assert answer.endswith(b"%d bytes" % size)


def test_the_head_has_a_size(port: int) -> None:
    line = b"X-A: " + b"a" * 1000 + b"\r\n"
    fits = line * (HEAD_BYTES // len(line) - 1)
    assert b" 200 " in asked(port, ASK + b"Connection: close\r\n" + fits + b"\r\n")
    assert asked(port, ASK, b"X: " + b"a" * HEAD_BYTES).startswith(b"HTTP/1.1 431 ")


def test_the_head_has_a_number_of_lines(port: int) -> None:
    lines = b"A: b\r\n" * (HEAD_LINES - 2)
    assert b" 200 " in asked(port, ASK + b"Connection: close\r\n" + lines + b"\r\n")
    assert asked(port, ASK + b"A: b\r\n" * HEAD_LINES + b"\r\n").startswith(b"HTTP/1.1 431 ")
    assert asked(port, b"no http at all\r\n\r\n").startswith(b"HTTP/1.1 400 ")


def test_a_head_without_end_costs_no_memory(port: int) -> None:
    process = psutil.Process()
    before = process.memory_info().rss
    sent = 0
    with connect(port) as client:
        try:
            client.sendall(ASK + b"X: ")
            for _ in range(2000):
                client.sendall(b"a" * 100_000)
                sent += 100_000
        except (ConnectionResetError, BrokenPipeError):
            pass
    assert sent < 20_000_000  # hung up on long before the 200 MB
    assert process.memory_info().rss - before < 20_000_000


@pytest.mark.parametrize("sent", [b"", b"GET / HT", ASK, ASK + b"X: a"])
def test_a_head_that_does_not_end_is_given_up(port: int, sent: bytes) -> None:
    answer = asked(port, sent)
    assert answer.startswith(b"HTTP/1.1 408 ") if sent else answer == b""


def test_a_body_that_trickles_is_given_up(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"
    assert asked(port, head, b"a" * 10).startswith(b"HTTP/1.1 408 ")
    with connect(port) as client:
        client.sendall(head)
        started = time.monotonic()
        client.settimeout(0.05)
        while time.monotonic() - started < PATIENCE:
            try:
                client.sendall(b"a")
                if client.recv(100).startswith(b"HTTP/1.1 408 "):
                    break
            except TimeoutError:
                continue
        assert time.monotonic() - started < 5


def test_a_slow_body_that_keeps_coming_is_read(port: int) -> None:
    with connect(port) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n")
        client.sendall(b"Content-Length: 60000\r\n\r\n")
        for _ in range(12):
            client.sendall(b"a" * 5000)
            time.sleep(0.1)
        assert everything(client).endswith(b"60000 bytes")


def test_beyond_so_many_connections_all_are_told(
    quick: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", PATIENCE)
    monkeypatch.setattr(BoundedConnection, "most", 3)
    monkeypatch.setattr(BoundedConnection, "_said", -1e9)
    with serving() as port:
        held = [connect(port) for _ in range(3)]
        for client in held:
            client.sendall(b"GET")
        for _ in range(5):
            answer = asked(port)
            assert answer.startswith(b"HTTP/1.1 503 ") and b"retry-after: 1" in answer
        for client in held:
            client.close()
        time.sleep(0.2)
        assert b" 200 " in asked(port, ASK + b"Connection: close\r\n\r\n")
    assert caplog.text.count("3 connections are open") == 1


def test_a_half_sent_body_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BODY_SECONDS", PATIENCE)
    with serving() as port:
        client = connect(port)
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhalf")
        time.sleep(0.2)
        started = time.monotonic()
    assert time.monotonic() - started < 5
    client.close()


def test_there_are_files_left_for_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BoundedConnection, "most", 0)
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        most = allow_many_files()
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert soft >= before[0] and 0 <= most < soft
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_body_too_large_is_answered_not_cut_off() -> None:
    limited = BodyLimit(app)
    with serving(limited) as port, connect(port) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 33000000\r\n\r\n")
        for _ in range(33):
            client.sendall(b"a" * 1_000_000)
        assert everything(client).startswith(b"HTTP/1.1 413 ")
