"""A thousand events, repeated and out of order, and a server that is killed: each counts once."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import httpx2

from movieloop import MovieLoop
from movieloop.data import Movie
from movieloop.importers.hooks import receive
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.status import say_who
from movieloop.recommender.doctor import examine, examine_file
from tests.crashing import PATIENCE, free_port, ready
from tests.importers.hooks.payloads import PLEX, with_

EVENTS, REPEATS, KILLS, SERVERS_OWN = 1_000, 2, 6, 4


def serve(database: Path, port: int) -> subprocess.Popen[bytes]:
    settings = {"MOVIELOOP_DATABASE": str(database), "MOVIELOOP_PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "movieloop", "serve"], env=os.environ | settings,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    end = time.monotonic() + PATIENCE
    while not ready(f"http://127.0.0.1:{port}"):
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.05)
    return process


def watched(films: Sequence[Movie]) -> list[dict[str, object]]:
    """What Plex says of somebody who has watched them one after the other."""
    return [
        with_(PLEX, Metadata={
            "title": film.title, "year": film.year, "guid": f"local://{number}",
            "Guid": [{"id": f"imdb://{film.imdb_id}"}], "lastViewedAt": 1_700_000_000 + number,
        })
        for number, film in enumerate(films)
    ]  # fmt: skip


def test_nothing_is_lost_and_nothing_is_learned_twice(database: Path) -> None:
    with MovieLoop.open(database) as loop:
        secret = create_connection(loop.store, "home", "plex")
        films = loop.live.space().movies[:EVENTS]
        assert receive(loop.store, "home", "plex", with_(PLEX, Metadata={"type": "movie"}))
        say_who(loop, "home", "1", "ada")
        known = loop.users.history("ada").feedback[0]
        loop.undo(known.feedback_id)
    events = watched(films)
    port = free_port()
    address = f"http://127.0.0.1:{port}/hooks/home/{secret}"
    failures: list[object] = []

    def tell(mine: list[dict[str, object]]) -> None:
        for event in mine:
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end:  # a media server sends again what was not acknowledged
                try:
                    answer = httpx2.post(address, json=event, timeout=PATIENCE)
                except httpx2.TransportError:
                    time.sleep(0.05)
                    continue
                if answer.status_code == 202:
                    break
                if answer.status_code != 503:
                    failures.append(answer.text)
                    return
            else:
                failures.append("never acknowledged")

    shuffled = events * REPEATS
    random.Random(11).shuffle(shuffled)
    process = serve(database, port)
    senders = [
        threading.Thread(target=tell, args=(shuffled[number::SERVERS_OWN],))
        for number in range(SERVERS_OWN)
    ]
    for sender in senders:
        sender.start()
    for _ in range(KILLS):
        time.sleep(0.7)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process = serve(database, port)
    for sender in senders:
        sender.join()
    assert failures == []
    with MovieLoop.open(database) as loop:
        end = time.monotonic() + PATIENCE
        while loop.users.profile("ada").feedback_count < EVENTS and time.monotonic() < end:
            time.sleep(0.1)
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()
    with MovieLoop.open(database) as loop:
        with loop.store.read() as session:
            log = [item.movie_id for item in session.live_feedback("ada")]
            assert session.waiting_events(1) == []
        assert sorted(log) == sorted(film.movie_id for film in films)
        assert [*examine_file(loop), *examine(loop, ["ada"])] == []
