"""A file that is no sound database of ours is refused in one line and left as it was."""

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from movieloop import MovieLoop

PAGE = 4096
NOISE = random.Random(6).randbytes(8 * PAGE)


def recommend(database: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "movieloop", "recommend", "ada", "--database", str(database)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@contextmanager
def left_alone(folder: Path) -> Iterator[None]:
    """Check that no byte of the folder changes and no file comes or goes.

    Of a database, what SQLite counts in its header when it is opened may change: the mode of its
    journal (18, 19) and two counters (24 to 27, 92 to 99).
    """

    def look() -> dict[Path, bytes | None]:
        return {path: look_at(path) if path.is_file() else None for path in folder.iterdir()}

    def look_at(path: Path) -> bytes:
        data = path.read_bytes()
        counted = data.startswith(b"SQLite format 3") and len(data) > 100
        return data[:18] + data[20:24] + data[28:92] + data[100:] if counted else data

    before = look()
    yield
    assert look() == before


def assert_refused(database: Path, says: str) -> None:
    answer = recommend(database)
    assert answer.returncode == 1
    assert answer.stdout == ""
    (line,) = answer.stderr.splitlines()
    assert line.startswith("movieloop: ")
    assert str(database) in line
    assert says in line


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a database that is well."""
    path = tmp_path_factory.mktemp("sound") / "movieloop.db"
    with MovieLoop.open(path) as loop:
        loop.add_feedback("ada", "Alien", 1)
    return path.read_bytes()


def overwritten(data: bytes, noise: bytes, offset: int) -> bytes:
    return data[:offset] + noise + data[offset + len(noise) :]


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a text file": (lambda _: b"Dear diary,\n" * 30, "is not an SQLite database"),
    "random bytes": (lambda _: NOISE, "is not an SQLite database"),
    "cut in the header": (lambda data: data[:50], "its beginning is damaged"),
    "cut in the middle": (lambda data: data[: len(data) // 2], "is damaged"),
    "whole pages lost": (
        lambda data: overwritten(data, NOISE, len(data) // PAGE // 2 * PAGE),
        "is damaged",
    ),
    # SQLite itself does not notice this one: the chain of pages is whole, the films are not.
    "a scratch inside a page": (
        lambda data: overwritten(data, NOISE[:1000], len(data) // PAGE // 2 * PAGE + 1000),
        "is damaged",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused(damage: str, sound: bytes, database: Path) -> None:
    make, says = DAMAGES[damage]
    database.write_bytes(make(sound))
    database.chmod(0o600)
    with left_alone(database.parent):
        assert_refused(database, says)


def test_a_database_of_another_program_is_refused(database: Path) -> None:
    with closing(sqlite3.connect(database)) as other, other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE feedback (note TEXT)")
    with left_alone(database.parent):
        assert_refused(database, "of another program")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with left_alone(tmp_path):
        assert_refused(tmp_path, "Is a directory")


def test_a_file_is_no_folder_to_put_a_database_in(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with left_alone(tmp_path):
        assert_refused(tmp_path / "file" / "movieloop.db", "Not a directory")


def test_a_locked_database_is_refused_after_a_short_wait(
    sound: bytes, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOVIELOOP_BUSY_TIMEOUT", "0.2")
    database.write_bytes(sound)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert_refused(database, "is locked by another program")
    assert database.read_bytes() == sound


@pytest.mark.parametrize("read_only", ["the file", "the folder"])
def test_a_read_only_database_is_refused(read_only: str, sound: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    database = folder / "movieloop.db"
    database.write_bytes(sound)
    target, mode = (database, 0o444) if read_only == "the file" else (folder, 0o555)
    target.chmod(mode)
    if os.access(target, os.W_OK):
        pytest.skip("root may write to read-only files")
    try:
        with left_alone(folder):
            assert_refused(database, "cannot be written")
    finally:
        folder.chmod(0o755)


def test_an_empty_file_is_a_new_database(database: Path) -> None:
    database.touch()
    answer = recommend(database)
    assert (answer.returncode, answer.stderr) == (0, "")
    with MovieLoop.open(database) as loop:
        assert loop.recommend("ada").recommended_movie is not None
