"""Rounds of `kill -9` while people tell, undo, import, forget, promote and back up, and it trains.

    python -m tests.crashing --rounds 200 [--part 60] [--report build/crash.json]

A round starts a server, lets clients do all of that at once, kills it at a random moment - where
it has workers, first one of them alone - and compares the database with what had been acknowledged:
that is there, once; what was taken back does not count; of whoever was forgotten no byte is left; a
backup that was fetched whole holds what had been acknowledged before it was asked for. What was
asked for but not answered may have happened or not, but never by half.

A part ends after so many rounds, and what was counted is kept: the same command goes on.
"""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import psutil

from movieloop import MovieLoop
from movieloop.data import packaged_films
from movieloop.recommender.doctor import examine, examine_file
from movieloop.store import open_store

PATIENCE = 60.0  # seconds; only a failing round waits so long
CLIENTS = 4
FILMS = 400
BROUGHT = ("Alien,1979,5", "Heat,1995,4", "Psycho,1960,5", "Jaws,1975,1", "Casablanca,1942,4")
IMPORTED = len(BROUGHT)
VERSIONS = (1, 2)
TRAIN_AFTER = "100"  # opinions, of which half are likes: enough to train on
IN_TRAINING = 3  # every so many rounds one is killed in the middle of a training
WHOLE_TRAINING = 20  # every so many rounds one is killed after a training
WAYS = (
    ("serve", "--train-after", TRAIN_AFTER),
    ("serve", "--train-after", TRAIN_AFTER, "--workers", "2"),
)


def free_port() -> int:
    """Find a port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def ready(url: str) -> bool:
    """Tell whether a server answers."""
    try:
        return httpx2.get(f"{url}/readyz", timeout=PATIENCE).is_success
    except httpx2.TransportError:
        return False


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
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while not ready(url):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield server, url
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@dataclass
class Ledger:
    """What was asked for, and what of it was answered; threads share it."""

    asked: dict[tuple[str, int], int | None] = field(default_factory=dict)
    answered: dict[tuple[str, int], int] = field(default_factory=dict)
    undoing: set[tuple[str, int]] = field(default_factory=set)
    undone: set[tuple[str, int]] = field(default_factory=set)
    forgetting: set[str] = field(default_factory=set)
    forgotten: set[str] = field(default_factory=set)
    imports: dict[str, bool] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


class Client(threading.Thread):
    """Somebody who does everything until the server dies."""

    def __init__(
        self, url: str, ledger: Ledger, films: Sequence[int], name: str, copies: Path
    ) -> None:
        super().__init__()
        self._url, self._ledger, self._films = url, ledger, films
        self._who, self._copies = name, copies
        self._random = random.Random(name)
        self._turn = 0
        self.failure: BaseException | None = None
        self.over = threading.Event()

    def run(self) -> None:
        """Do one thing after the other."""
        ways = [self._tell] * 24 + [self._undo] * 6 + [self._forget, self._import] * 2
        ways += [self._promote, self._back_up]
        while not self.over.is_set():
            with httpx2.Client(base_url=self._url, timeout=PATIENCE) as self._http:
                try:
                    while True:
                        self._turn += 1
                        self._random.choice(ways)()
                except httpx2.TransportError:  # what was asked may have happened or not
                    time.sleep(0.05)
                except BaseException as error:  # told by the main thread
                    self.failure = error
                    return

    def _ask(self, method: str, path: str, **more: object) -> httpx2.Response:
        answer = self._http.request(method, path, **more)  # type: ignore[arg-type]
        assert answer.status_code in (200, 202), f"{method} {path}: {answer.text}"
        return answer

    def _tell(self, user: str | None = None) -> None:
        said = (user or self._who, self._films[self._turn % len(self._films)])
        rating = self._random.choice([1, 1, 1, 0, None])
        if said in self._ledger.asked:
            return
        self._ledger.asked[said] = rating
        opinion = {"user_id": said[0], "movie_id": said[1], "rating": rating}
        answer = self._ask("POST", "/feedback", json=opinion)
        self._ledger.answered[said] = answer.json()["feedback_id"]
        self._ledger.counts["told"] += 1

    def _undo(self) -> None:
        mine = [said for said in self._ledger.answered if said[0] == self._who]
        mine = [said for said in mine if said not in self._ledger.undoing]
        if mine:
            said = self._random.choice(mine)
            self._ledger.undoing.add(said)
            number = self._ledger.answered[said]
            self._ask("DELETE", f"/user/{self._who}/feedback/{number}")
            self._ledger.undone.add(said)
            self._ledger.counts["undone"] += 1

    def _forget(self) -> None:
        user = f"forgotten-{self._who}-{self._turn}"
        self._tell(user)
        self._ledger.forgetting.add(user)
        self._ask("DELETE", f"/user/{user}")
        self._ledger.forgotten.add(user)
        self._ledger.counts["forgotten"] += 1

    def _import(self) -> None:
        user = f"brought-{self._who}-{self._turn}"
        table = "\n".join(["title,year,rating", *BROUGHT, ""])
        self._ledger.imports[user] = False
        headers = {"Content-Type": "text/csv"}
        self._ask("POST", f"/user/{user}/import", content=table.encode(), headers=headers)
        self._ledger.imports[user] = True
        self._ledger.counts["imported"] += 1

    def _promote(self) -> None:
        self._ask("POST", f"/models/{self._random.choice(VERSIONS)}/promote")
        self._ledger.counts["promoted"] += 1

    def _back_up(self) -> None:
        known = dict(self._ledger.answered)
        gone = set(self._ledger.forgetting)
        copy = self._copies / f"{self._who}-{self._turn}.db"
        copy.touch(0o600)
        copy.write_bytes(self._ask("GET", "/backup").content)
        holds(copy, {said for said in known if said[0] not in gone})
        copy.unlink()
        self._ledger.counts["backups"] += 1


def holds(copy: Path, said: set[tuple[str, int]]) -> None:
    """Make sure that a backup has what had been acknowledged before it was asked for."""
    with open_store(copy) as store, store.read() as session:
        for user in {user for user, _ in said}:
            kept = {line.feedback.movie_id for line in session.whole_log(user)}
            assert {film for who, film in said if who == user} <= kept, f"{copy}: {user}"


def kept(database: Path, ledger: Ledger) -> None:
    """Compare a database with what was acknowledged."""
    with MovieLoop.open(database) as loop:
        store = loop.store
        deadline = time.monotonic() + PATIENCE
        while True:
            with store.read() as session:
                if session.erasures() == session.erasures_wiped():
                    break
            assert time.monotonic() < deadline, "an erasure was never wiped"
            time.sleep(0.05)
        assert [*examine_file(loop), *examine(loop, loop.users.list())] == []
        with store.read() as session:
            logs = {user: session.whole_log(user) for user in session.users()}
    there = [file for file in database.parent.rglob("*") if file.is_file()]
    on_disk = b"".join(file.read_bytes() for file in there)
    for user in ledger.forgotten:
        assert user not in logs, user
        assert user.encode() not in on_disk, f"{user} is still on the disk"
    for (user, film), number in ledger.answered.items():
        if user in ledger.forgetting:
            continue
        (line,) = (line for line in logs[user] if line.feedback.movie_id == film)
        assert line.feedback.feedback_id == number
        assert line.feedback.rating == ledger.asked[user, film]
        undone = line.undone_at is not None
        assert undone or (user, film) not in ledger.undone, f"{user} {film}: undone, and counts"
        assert not undone or (user, film) in ledger.undoing, f"{user} {film}: nobody took it back"
    for user, log in logs.items():
        films = [line.feedback.movie_id for line in log]
        assert len(films) == len(set(films)), f"{user}: something was counted twice"
        if user in ledger.imports:
            assert len(films) in (0, IMPORTED), f"{user}: an import by half"
        else:
            assert all((user, film) in ledger.asked for film in films), user
    for user, whole in ledger.imports.items():
        assert not whole or len(logs[user]) == IMPORTED, f"{user}: an import was lost"


def training(url: str) -> bool:
    """Tell whether a training runs."""
    return bool(httpx2.get(f"{url}/model", timeout=PATIENCE).json()["training"])


def versions(url: str) -> int:
    """Count the versions of the points."""
    return len(httpx2.get(f"{url}/models", timeout=PATIENCE).json()["versions"])


def until(true: Callable[[], bool], clients: Sequence[Client]) -> None:
    """Wait until something is true, while everybody goes on."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it was never trained"
        assert all(client.is_alive() for client in clients)
        time.sleep(0.2)


def one_round(folder: Path, ledger: Ledger, number: int) -> None:
    """Serve, let everybody do everything, kill, compare.

    Args:
        folder: Where the database is; the same for all rounds.
        ledger: What was acknowledged in the rounds before.
        number: Which round; it decides the way to serve and the moment of the kill.
    """
    chance = random.Random(number)
    (folder / "data").mkdir(exist_ok=True)
    database = folder / "data" / "movieloop.db"
    films = [film.movie_id for film in packaged_films()[0][:FILMS]]
    way = WAYS[number % len(WAYS)]
    if not database.exists():
        with MovieLoop.open(database) as loop:
            points = loop.live.space().embeddings.to_bytes()
            loop.store.write(
                lambda session: session.save_embeddings(points, digest="2", origin="the same again")
            )
    with serving(database, way) as (server, url):
        names = [f"r{number}-{client}" for client in range(CLIENTS)]
        clients = [Client(url, ledger, films, name, folder) for name in names]
        for client in clients:
            client.start()
        time.sleep(chance.uniform(0.3, 2.5))
        workers = psutil.Process(server.pid).children()
        if "--workers" in way and workers:
            with suppress(psutil.NoSuchProcess):
                chance.choice(workers).kill()
                ledger.counts["workers killed"] += 1
            time.sleep(chance.uniform(0.3, 2.5))
        if number % WHOLE_TRAINING == WHOLE_TRAINING - 1:
            known = versions(url)
            until(lambda: versions(url) > known, clients)
            ledger.counts["trained"] += 1
        elif number % IN_TRAINING == IN_TRAINING - 1:
            until(lambda: training(url), clients)
            time.sleep(chance.uniform(0, 3))
            ledger.counts["killed while training"] += training(url)
        for client in clients:
            client.over.set()
        os.killpg(server.pid, signal.SIGKILL)
        for client in clients:
            client.join()
    for client in clients:
        if client.failure is not None:
            raise client.failure
    kept(database, ledger)
    ledger.counts["kills"] += 1


def main() -> int:
    """Run rounds and keep what was counted.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--part", type=int, default=60, help="rounds of one call")
    parser.add_argument("--report", type=Path, default=Path("build/crash.json"))
    options = parser.parse_args()
    known = json.loads(options.report.read_text()) if options.report.exists() else {}
    counts = Counter(known)
    first = counts["kills"]
    last = min(options.rounds, first + options.part)
    with tempfile.TemporaryDirectory() as name:
        ledger = Ledger()
        for number in range(first, last):
            if (number - first) % 20 == 0:  # a database of its own for twenty rounds
                ledger = Ledger()
                folder = Path(name) / str(number)
                folder.mkdir()
            before = Counter(ledger.counts)
            one_round(folder, ledger, number)
            counts += ledger.counts - before
            options.report.parent.mkdir(parents=True, exist_ok=True)
            options.report.write_text(json.dumps(counts, indent=2, sort_keys=True) + "\n")
            print(f"round {number + 1} of {options.rounds}: {dict(counts)}", flush=True)
    print("all is well" if last >= options.rounds else f"{options.rounds - last} rounds are left")
    return 0


if __name__ == "__main__":
    sys.exit(main())
