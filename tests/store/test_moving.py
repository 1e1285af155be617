"""Everything of one database into another, whole or not at all."""

from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.errors import StoreUnusable
from movieloop.recommender.doctor import examine, examine_file
from movieloop.store import Store, opening
from movieloop.store.moving import TABLES, move
from movieloop.store.postgres import PostgresStore
from movieloop.store.sqlite import SqliteStore
from tests.postgres_server import Server
from tests.small_loop import open_small


@pytest.fixture
def address(server: Server) -> str:
    return server.database()


def everything(store: Store) -> dict[str, list[dict[str, object]]]:
    with store.read() as session:
        return {
            table: [dict(row) for row in session.rows(table, keys, None, 10**6)]
            for table, keys in TABLES.items()
        }


@pytest.fixture
def lived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in which some things were said."""
    monkeypatch.setattr(opening, "SqliteStore", SqliteStore)
    path = tmp_path / "lived.db"
    with open_small(path) as loop:
        numbers = [movie.movie_id for movie in loop.live.space().movies]
        for place, number in enumerate(numbers[:6]):
            said = loop.add_feedback(f"u{place % 3}", number, (1, 0, None)[place % 3])
        loop.undo(said.feedback_id)
        loop.watchlist.add("u1", numbers[7])
        loop.store.write(lambda session: session.save_key("k", "phone", user_id="u1"))
    return path


def test_everything_moves_to_a_server_and_back(lived: Path, address: str, tmp_path: Path) -> None:
    with SqliteStore(lived) as file, PostgresStore(address) as store:
        copied = move(file, store)
        assert copied["feedback"] == 7
        assert everything(store) == everything(file)
        assert set(move(file, store).values()) == {0}
        store.back_up(tmp_path / "back.db")
        ranks = {"rank_before": None, "popularity_rank_before": None, "embeddings_version": None}
        new = store.write(lambda session: session.append_feedback("new", 1, 1, **ranks))
        assert new.feedback_id == 8
        with pytest.raises(StoreUnusable, match="other people"):
            move(file, store)
    with SqliteStore(lived) as file, SqliteStore(tmp_path / "back.db") as back:
        assert everything(back) == everything(file)
    with MovieLoop.open(address) as loop:
        assert [*examine_file(loop), *examine(loop, loop.users.list())] == []


def test_a_move_that_was_cut_short_goes_on(lived: Path, address: str) -> None:
    class Cut(Exception):
        pass

    def cut(table: str, share: float) -> None:
        if table == "feedback" and share:
            raise Cut

    with SqliteStore(lived) as file, PostgresStore(address) as store:
        with pytest.raises(Cut):
            move(file, store, cut)
        move(file, store)
        assert everything(store) == everything(file)


def test_nothing_is_moved_onto_other_people(lived: Path, address: str) -> None:
    with PostgresStore(address) as store:
        store.write(lambda session: session.save_key("x", "phone", user_id="somebody else"))
        before = everything(store)
        with SqliteStore(lived) as file, pytest.raises(StoreUnusable, match="other people"):
            move(file, store)
        assert everything(store) == before


def test_every_table_moves_or_is_said_to_stay(address: str) -> None:
    """A table that is added must be put among those that move, or here."""
    with PostgresStore(address) as store, store.reader() as connection:
        rows = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
        assert {row[0] for row in rows} == {*TABLES, "leases", "import_runs", "schema_migrations"}
