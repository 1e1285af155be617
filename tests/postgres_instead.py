"""Databases of a server in the place of files, so that one suite tests both engines."""

import hashlib
import tempfile
from pathlib import Path

import pytest

from movieloop.store.moving import move
from movieloop.store.postgres import PostgresStore
from movieloop.store.sqlite import SqliteStore
from tests.postgres_server import Server


class ServerStore(PostgresStore):
    """A store on the server for a test that does not look at files."""

    @property
    def path(self) -> Path:
        """There is none."""
        pytest.skip("looks at a file")


class Instead:
    """Opens a database of a server for every path; a file that has something is copied into it."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._addresses: dict[Path, str] = {}
        self._copied: dict[str, str] = {}  # by the digest of a file

    def __call__(self, path: Path, *, busy_timeout: float = 5.0) -> PostgresStore:
        """Open the database that stands for a file."""
        path = path.absolute()
        if path not in self._addresses:
            content = path.read_bytes() if path.exists() else b""
            self._addresses[path] = self._server.database(self._template(content))
        return ServerStore(self._addresses[path], busy_timeout=busy_timeout)

    def _template(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._copied:
            address = self._copied[digest] = self._server.database()
            with PostgresStore(address) as store, tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / "copied.db"
                copy.write_bytes(content)
                with SqliteStore(copy) as file:
                    move(file, store)
        return self._copied[digest]
