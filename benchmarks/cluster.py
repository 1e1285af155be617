"""A bad day of three replicas behind nginx: does anybody lose anything, and who has to wait?

    python benchmarks/cluster.py [--plot docs/plots/cluster.svg]

Three `movieloop serve` on one PostgreSQL answer behind nginx while people tell opinions and ask for
lists. One replica is killed, then whoever trains, in the middle of it; PostgreSQL is killed and
comes back; one replica is cut off from it by a proxy that stops. At the end what was acknowledged
is looked for: lost or stored twice ends this with 1. Two to three minutes.

requires: pip install -e '.[test]', nginx
"""

import argparse
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import pairwise
from pathlib import Path

import httpx2
import numpy as np
import psutil
from measuring import ROOT, machine

from movieloop.data import packaged_films
from movieloop.evaluation.plots import Line, draw_lines
from movieloop.store import LONGEST_LEASE

sys.path.insert(0, str(ROOT))
from tests.crashing import free_port
from tests.postgres_server import Server, running
from tests.replicas import Answer, Client, Replica, compare

CLIENTS = 6
TRAINED_WITHIN = 60.0  # seconds
CALM = 6.0
STEP = 2.0  # seconds of one point of the plot


class Gate:
    """A TCP proxy that can stop: the cable between a replica and its database."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.open = threading.Event()
        self.open.set()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        with near, suppress(OSError), socket.create_connection(("127.0.0.1", self._to)) as far:
            other = {near: far, far: near}
            while True:
                for ready in select.select([near, far], [], [])[0]:
                    data = ready.recv(65_536)
                    self.open.wait()
                    if not data:
                        return
                    other[ready].sendall(data)

    def close(self) -> None:
        """Listen no more."""
        self.open.set()
        self._listener.close()


def main() -> int:
    """Live through the day.

    Returns:
        0 if nothing was lost and nothing stored twice.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--plot", type=Path, help="where to draw latency and failures")
    options = parser.parse_args()
    print(machine())
    films = [movie.movie_id for movie in packaged_films()[0]]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="movieloop-cluster-")))
        folder.chmod(0o755)
        server = stack.enter_context(running())
        address = server.database()
        gate = Gate(server.port)
        stack.callback(gate.close)
        beyond = address.replace(f":{server.port}/", f":{gate.port}/")
        replicas = [
            Replica(where, folder / f"{number}.log")
            for number, where in enumerate((address, address, beyond))
        ]
        for replica in replicas:
            stack.callback(replica.kill)
            replica.start()
        url = stack.enter_context(nginx(folder, replicas))
        clients = [Client([url], films, f"c{number}") for number in range(CLIENTS)]
        story = Story(server, replicas, gate)
        for client in clients:
            client.start()
        story.live()
        for client in clients:
            client.over.set()
        for client in clients:
            client.join()
        failures = [client.failure for client in clients if client.failure is not None]
        lost, twice = compare(address, clients)
        answers = sorted(answer for client in clients for answer in client.answers)
        print(table(answers, story.moments))
        told = sum(len(client.told) for client in clients)
        print(f"\n{told:,} opinions acknowledged: {lost} lost, {twice} stored twice")
        if options.plot is not None:
            options.plot.write_text(plot(answers, story.moments))
    for failure in failures:
        print(f"a client failed: {failure!r}")
    return int(bool(lost or twice or failures))


class Story:
    """What happens, and when."""

    def __init__(self, server: Server, replicas: Sequence[Replica], gate: Gate) -> None:
        self.server, self.replicas, self.gate = server, replicas, gate
        self.moments: list[tuple[float, str]] = []

    def live(self) -> None:
        """Let it happen."""
        self._now("calm", lambda: None, CALM)
        self._now("a replica is killed", self.replicas[0].kill, 4.0)
        self._now("it is back", self.replicas[0].start, 4.0)
        self._now("until somebody trains", self._training, 0.0)
        self._now("the trainer is killed", self._kill_trainer, 4.0)
        self._now("PostgreSQL is killed", lambda: self.server.stop(at_once=True), 3.0)
        self._now("it is back", self.server.start, 4.0)
        self._now("a replica is cut off", self.gate.open.clear, 8.0)
        self._now("it is connected", self.gate.open.set, 4.0)
        self._now("calm until another one has trained", self._trained, CALM)

    def _now(self, what: str, do: Callable[[], object], seconds: float) -> None:
        print(f"  {what}", flush=True)
        self.moments.append((time.monotonic(), what))
        do()
        time.sleep(seconds)

    def _trainers(self) -> list[psutil.Process]:
        found = []
        for replica in self.replicas:
            with suppress(psutil.NoSuchProcess):
                assert replica.process is not None
                for child in psutil.Process(replica.process.pid).children(recursive=True):
                    if "train" in child.cmdline():
                        found.append(child)
        return found

    def _training(self) -> None:
        end = time.monotonic() + TRAINED_WITHIN
        while not self._trainers():
            if time.monotonic() > end:
                raise SystemExit("nobody trained")
            time.sleep(0.05)

    def _trained(self) -> None:
        end = time.monotonic() + TRAINED_WITHIN + LONGEST_LEASE / 1000
        while len(httpx2.get(f"{self.replicas[1].url}/models").json()["versions"]) == 1:
            if time.monotonic() > end:
                raise SystemExit("nobody trained after the trainer had died")
            time.sleep(0.5)

    def _kill_trainer(self) -> None:
        for trainer in self._trainers():
            with suppress(psutil.NoSuchProcess):
                trainer.kill()


@contextmanager
def nginx(folder: Path, replicas: Sequence[Replica]) -> Iterator[str]:
    """Run nginx before the replicas."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        raise SystemExit("nginx is missing: apt-get install nginx-light")
    port = free_port()
    servers = "".join(
        f"server 127.0.0.1:{replica.port} max_fails=1 fail_timeout=2s; " for replica in replicas
    )
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in kinds)
    user = "user root; " if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {temporary}\nupstream movieloop {{ {servers}}}\n"
        f"server {{ listen 127.0.0.1:{port}; location / {{\n"
        "proxy_pass http://movieloop; proxy_set_header Host $host;\n"
        "proxy_connect_timeout 1s; proxy_read_timeout 3s;\n"
        "proxy_next_upstream error timeout http_503 non_idempotent;\n"
        "} } }\n"
    )
    process = subprocess.Popen(
        [program, "-c", str(folder / "nginx.conf"), "-g", "daemon off;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def table(answers: Sequence[Answer], moments: Sequence[tuple[float, str]]) -> str:
    """Write how every part of the day was, as a Markdown table."""
    lines = ["| | seconds | answers | of them good | median, ms | p99, ms |", "|---" * 6 + "|"]
    ends = [moment for moment, _ in moments[1:]] + [max(one.asked for one in answers)]
    for (begin, what), end in zip(moments, ends, strict=True):
        part = [one for one in answers if begin <= one.asked < end]
        if part:
            took = [1000 * one.took for one in part if one.good] or [float("nan")]
            good = sum(one.good for one in part) / len(part)
            middle, slow = np.percentile(took, [50, 99])
            lines.append(
                f"| {what} | {end - begin:.0f} | {len(part):,} | {good:.1%} "
                f"| {middle:,.0f} | {slow:,.0f} |"
            )
    return "\n".join(lines)


def plot(answers: Sequence[Answer], moments: Sequence[tuple[float, str]]) -> str:
    """Draw latency and failures over the day."""
    began, end = moments[0][0], max(one.asked for one in answers)
    edges = np.arange(began, end + STEP, STEP)
    slow, failed, steps = [], [], []
    for low, high in pairwise(edges):
        part = [one for one in answers if low <= one.asked < high]
        took = [one.took for one in part if one.good]
        slow.append(float(np.percentile(took, 99)) if took else float("nan"))
        failed.append(1 - sum(one.good for one in part) / len(part) if part else float("nan"))
        happened = [number for number, (moment, _) in enumerate(moments) if low <= moment < high]
        steps.append(",".join(str(number + 1) for number in happened))
    lines = [Line("99th percentile, seconds", slow, ours=True), Line("share that failed", failed)]
    names = [f"{number}. {what}" for number, (_, what) in enumerate(moments, start=1)]
    lines += [Line(name, [float("nan")] * len(steps)) for name in names]
    return draw_lines(lines, steps, "A bad day of three replicas")


if __name__ == "__main__":
    sys.exit(main())
