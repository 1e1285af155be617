"""Names stand in one place, and leave it without a trace."""

import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput
from movieloop.store import open_store
from movieloop.store.wiping import Wiper

NFC, NFD = "café", unicodedata.normalize("NFD", "café")
PEOPLE = [f"somebody-with-a-rather-long-name-{number:04d}" for number in range(300)]


@pytest.mark.sqlite
def test_only_one_table_knows_what_somebody_is_called(database: Path) -> None:
    with MovieLoop.open(database) as loop:
        loop.add_feedback("ada-lovelace", "Alien (1979)", 1, idempotency_key="ada-lovelace-1")
        loop.watchlist.add("ada-lovelace", "Heat (1995)")
        loop.store.write(lambda session: session.save_key("0af3", "phone", "read", "ada-lovelace"))
    with closing(sqlite3.connect(database)) as connection:
        tables = [row[0] for row in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
        )]  # fmt: skip
        naming = [
            table
            for table in tables
            if "ada-lovelace" in repr(connection.execute(f"SELECT * FROM {table}").fetchall())
        ]
    assert naming == ["users"]


def test_two_spellings_are_one_person(database: Path) -> None:
    with MovieLoop.open(database) as loop:
        loop.add_feedback(NFD, "Alien (1979)", 1)
        loop.add_feedback(NFC, "Heat (1995)", 0)
        assert loop.users.list() == [NFC]
        assert len(loop.users.history(NFD).feedback) == len(loop.users.history(NFC).feedback) == 2
        assert loop.recommend(NFD).recommendations == loop.recommend(NFC).recommendations
        assert loop.forget(NFD).deleted_feedback == 2
        assert loop.users.list() == []


@pytest.mark.parametrize("name", ["ada ", " ", "a\u3164da", "ada\ufe0f"])
def test_nobody_new_may_be_called_so(database: Path, name: str) -> None:
    with MovieLoop.open(database) as loop:
        for ask in (loop.recommend, loop.users.history, loop.users.profile, loop.forget):
            with pytest.raises(InvalidInput, match="user_id"):
                ask(name)
        with pytest.raises(InvalidInput, match="user_id"):
            loop.add_feedback(name, "Alien (1979)", 1)
        assert loop.users.list() == []


@pytest.mark.parametrize("name", ["ada ", NFD, "a\u3164da"])
@pytest.mark.sqlite
def test_whoever_is_called_so_already_is_served(database: Path, name: str) -> None:
    """Older versions took such names."""
    with MovieLoop.open(database) as loop:
        loop.add_feedback("ada", "Alien (1979)", 1)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE users SET user_id = ?", (name,))
    with MovieLoop.open(database) as loop:
        loop.add_feedback(name, "Heat (1995)", 1)
        loop.add_feedback(NFC, "Heat (1995)", 1)
        assert len(loop.users.history(name).feedback) == 2
        assert sorted(loop.users.list()) == sorted([name, NFC])
        assert loop.forget(name).deleted_feedback == 2


@pytest.mark.sqlite
def test_numbers_are_not_given_twice(database: Path) -> None:
    with open_store(database) as store:
        first = store.write(lambda session: (session.save_key("1", "a", "read", "ada"),
                                             session.number_of("ada"))[1])  # fmt: skip
        store.write(lambda session: session.forget("ada"))
        assert Wiper(store).wipe()
        store.write(lambda session: session.save_key("2", "b", "read", "ada"))
        with store.read() as session:
            assert session.number_of("ada") != first


@pytest.mark.sqlite
def test_no_unused_byte_names_anybody(tmp_path: Path) -> None:
    """Pages of an index are divided again and again, and copies of names stay in the gaps."""
    with MovieLoop.open(tmp_path / "a.db") as loop:
        for turn, name in enumerate(PEOPLE):
            loop.add_feedback(name, "Alien (1979)", turn % 2)
        gone = PEOPLE[::3]
        for name in gone:
            loop.store.write(lambda session, name=name: session.forget(name))
        assert Wiper(loop.store).wipe()
        on_disk = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert [name for name in gone if name.encode() in on_disk] == []
        assert loop.users.list() == sorted(set(PEOPLE) - set(gone))
        assert loop.store.check() == []
