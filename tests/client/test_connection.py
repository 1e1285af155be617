"""What gets lost on the way is asked again, and counts once; what cannot be had is told."""

import select
import socket
import threading

import pytest

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.client import Client, ServerError, connection
from movieloop.errors import InvalidInput
from tests.served import served


def test_an_opinion_whose_answer_got_lost_counts_once(loop: MovieLoop) -> None:
    with served(create_app(lambda: loop)) as url, cutting(url) as cut, Client(cut) as films:
        said = films.rate("ada", "Alien (1979)", 1)
        assert [item.feedback_id for item in films.history("ada").feedback] == [said.feedback_id]


def test_nobody_there_and_somebody_else_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PAUSE", 0.0)
    with Client("http://127.0.0.1:9") as films, pytest.raises(ServerError, match="reached") as told:
        films.profile("ada")
    assert told.value.status == 0
    for address in ("films.home", "ftp://films.home", "http://"):
        with pytest.raises(InvalidInput):
            Client(address)


class cutting:  # noqa: N801 - reads as a verb
    """A way to a server on which the first answer gets lost."""

    def __init__(self, url: str) -> None:
        self._to = int(url.rpartition(":")[2])
        self._listener = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> str:
        threading.Thread(target=self._carry, daemon=True).start()
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _carry(self) -> None:
        for number in range(10):
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            with near, socket.create_connection(("127.0.0.1", self._to)) as far:
                while True:
                    ready, _, _ = select.select([near, far], [], [], 20)
                    if far in ready and number == 0:
                        break  # it was stored, and nobody hears of it
                    said = [(one, one.recv(65_536)) for one in ready]
                    if not said or not all(part for _, part in said):
                        break
                    for one, part in said:
                        (far if one is near else near).sendall(part)
