"""A connection that answers before it returns, in any thread."""

import asyncio

import pytest

from movieloop.errors import StoreBusy, StoreError, StoreUnusable
from movieloop.store.connection import Damaged
from movieloop.store.postgres_connection import PostgresConnection, numbered, said_plainly


@pytest.fixture
def connection(server):
    made = PostgresConnection(server.database(), lock_seconds=1.0)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("sql", "text", "names"),
    [
        ("SELECT 1", "SELECT 1", ()),
        ("x = :a OR y = :b OR z = :a", "x = $1 OR y = $2 OR z = $1", ("a", "b")),
        ("'import:%' AND a::int = ?", "'import:%' AND a::int = $1", ()),
    ],
)
def test_parameters_are_numbered(sql, text, names):
    assert numbered(sql) == (text, names)


def test_rows_counts_and_columns(connection):
    connection.script("CREATE TABLE t (a BIGINT PRIMARY KEY, b TEXT, c BYTEA)")
    rows = [{"a": n, "b": f"{n}", "c": bytes([n])} for n in range(5)]
    connection.executemany("INSERT INTO t VALUES (:a, :b, :c)", rows)
    assert connection.execute("UPDATE t SET b = ? WHERE a > ?", ("x", 2)).rowcount == 2
    found = connection.execute("SELECT * FROM t ORDER BY a")
    assert [column[0] for column in found.description] == ["a", "b", "c"]
    assert tuple(found.fetchone()) == (0, "0", b"\x00")
    assert len(found.fetchall()) == 4
    assert found.fetchone() is None


def test_a_thread_whose_own_loop_runs_gets_answers_too(connection):
    async def ask():
        return connection.execute("SELECT :n + 1", {"n": 1}).fetchone()[0]

    assert asyncio.run(ask()) == 2


def test_errors_are_said_plainly_and_without_the_password(connection):
    address = "postgresql://films:s3cret@db/m"
    for broken, kind in (
        (lambda: connection.execute("nonsense"), StoreError),
        (lambda: connection.execute("SELECT :n::text", {"n": 7}), StoreError),
        (lambda: connection.script("SET statement_timeout = 1; SELECT pg_sleep(1)"), StoreBusy),
        (lambda: (_ for _ in ()).throw(Damaged("row 7")), StoreUnusable),
        (lambda: (_ for _ in ()).throw(OSError("no route")), StoreBusy),
    ):
        with pytest.raises(kind) as told, said_plainly(address):
            next(broken())
        assert "postgresql://films@db/m" in str(told.value)
        assert "s3cret" not in str(told.value)


def test_what_is_left_comes_one_after_the_other(connection):
    for _ in range(20):
        connection.leave("SELECT 1")
    assert connection.execute("SELECT 2").fetchone()[0] == 2
