"""More clients than it can answer: how long those wait that are answered, and what becomes of it.

    python benchmarks/overload.py
    python benchmarks/overload.py --quick

A real server; a thousand clients post one opinion after the other, and wait as long as
`Retry-After` says where they are refused. Before and after it sixteen clients do the same.
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from http import HTTPStatus

import numpy as np
import psutil
from measuring import machine, report

GOALS = {
    "overload_p99_seconds": "<= 1",
    "overload_memory_mb": "<= 20",
    "overload_after_over_before": ">= .8",
    "overload_neither_stored_nor_refused": "<= 0",
}
FEW, MANY = 16, 1_000


class Tally:
    """What the clients met."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.refused = 0
        self.failed = 0


def main() -> None:
    """Serve, then few clients, many, few."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="seconds, to see that it runs")
    quick = parser.parse_args().quick
    print(machine())
    seconds, many = (1.0, 100) if quick else (15.0, MANY)
    with tempfile.TemporaryDirectory(dir=".") as name:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = int(listener.getsockname()[1])
        settings = {"MOVIELOOP_PORT": str(port), "MOVIELOOP_DATABASE": f"{name}/films.db"}
        server = subprocess.Popen(
            [sys.executable, "-m", "movieloop", "serve"],
            env=os.environ | settings, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            asyncio.run(reached(port))
            process = psutil.Process(server.pid)
            before = crowd(port, FEW, seconds / 3)
            memory = process.memory_info().rss
            during = crowd(port, many, seconds)
            grown = (process.memory_info().rss - memory) / 2**20
            after = crowd(port, FEW, seconds / 3)
        finally:
            server.terminate()
            server.wait()
    for clients, tally, lasted in (
        (FEW, before, seconds / 3), (many, during, seconds), (FEW, after, seconds / 3),
    ):  # fmt: skip
        p50, p99 = np.percentile(tally.waits, [50, 99]) * 1000
        print(
            f"{clients:>5} clients: {len(tally.waits) / lasted:.0f} stored a second, "
            f"p50 {p50:.0f} ms, p99 {p99:.0f} ms; refused {tally.refused}, failed {tally.failed}"
        )
    ratios = {
        "overload_p99_seconds": float(np.percentile(during.waits, 99)),
        "overload_memory_mb": grown,
        "overload_after_over_before": len(after.waits) / len(before.waits),
        "overload_neither_stored_nor_refused": during.failed,
    }
    report(ratios, GOALS, keep=not quick)


async def reached(port: int) -> None:
    """Wait until the server answers.

    Args:
        port: Where.
    """
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise SystemExit("the server does not answer")


def crowd(port: int, clients: int, seconds: float) -> Tally:
    """Let clients post opinions for some seconds.

    Args:
        port: Where.
        clients: How many at once.
        seconds: For how long.

    Returns:
        What they met.
    """
    tally = Tally()

    async def all_of_them() -> None:
        end = time.monotonic() + seconds
        await asyncio.gather(*(client(port, number, end, tally) for number in range(clients)))

    asyncio.run(all_of_them())
    return tally


async def client(port: int, number: int, end: float, tally: Tally) -> None:
    """Post one opinion after the other over one connection."""
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    turn = 0
    while time.monotonic() < end:
        turn += 1
        told = {"user_id": f"u{number}", "movie_name": "Alien (1979)", "rating": turn % 2}
        body = json.dumps(told).encode()
        head = (
            f"POST /feedback HTTP/1.1\r\nHost: localhost:{port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        try:
            if reader is None or writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            began = time.perf_counter()
            writer.write(head.encode() + body)
            status, wait = await answered(reader)
        except (OSError, asyncio.IncompleteReadError):
            tally.failed += 1
            reader = None
            await asyncio.sleep(0.2)
            continue
        if status == HTTPStatus.OK:
            tally.waits.append(time.perf_counter() - began)
        elif status == HTTPStatus.SERVICE_UNAVAILABLE:
            tally.refused += 1
            await asyncio.sleep(wait)
        else:
            tally.failed += 1
    if writer is not None:
        writer.close()


async def answered(reader: asyncio.StreamReader) -> tuple[int, float]:
    """Read an answer: its status, and after how many seconds to come again."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
    fields = dict(line.split(b": ", 1) for line in head[1:] if b": " in line)
    await reader.readexactly(int(fields.get(b"content-length", b"0")))
    return int(head[0].split()[1]), float(fields.get(b"retry-after", b"0"))


if __name__ == "__main__":
    main()
