"""What only a server can do to us: go away, come back, refuse, and be written to by others."""

import threading
from collections.abc import Iterator

import pytest

from movieloop import MovieLoop
from movieloop.data import Movie
from movieloop.errors import StoreBusy, StoreError, StoreUnusable
from movieloop.store import Session, Store
from movieloop.store.change_watcher import EVERYBODY
from movieloop.store.migrations import MIGRATIONS
from movieloop.store.postgres import PostgresStore
from movieloop.store.scratch import PREFIX
from tests.conftest import Films
from tests.postgres_server import Server, programs, running

ALIEN = Movie(7, "Alien", 1979, imdb_id="tt0078748")


@pytest.fixture
def address(server: Server) -> str:
    return server.database()


@pytest.fixture
def store(address: str) -> Iterator[PostgresStore]:
    with PostgresStore(address, busy_timeout=2.0) as store:
        store.write(lambda session: session.add_movie(ALIEN))
        yield store


def tell(session: Session, user_id: str) -> int:
    ranks = {"rank_before": None, "popularity_rank_before": None, "embeddings_version": None}
    return session.append_feedback(user_id, 7, 1, **ranks).feedback_id


def log(store: Store) -> list[int]:
    with store.read() as session:
        return [
            line.feedback.feedback_id
            for user in session.users()
            for line in session.whole_log(user)
        ]


def test_work_that_fails_undoes_only_itself(store: PostgresStore) -> None:
    held, go_on = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        held.set()
        go_on.wait(5)

    def fail(session: Session) -> None:
        tell(session, "eve")
        session.save_key("a")
        session.save_key("a")

    first = store.submit(hold)
    held.wait(5)  # what comes now is one group
    told = [store.submit(lambda session, user=user: tell(session, user)) for user in ("a", "b")]
    failing, last = store.submit(fail), store.submit(lambda session: tell(session, "c"))
    go_on.set()
    first.result()
    with pytest.raises(StoreError, match="duplicate key"):
        failing.result()
    numbers = [future.result() for future in (*told, last)]
    assert sorted(log(store)) == sorted(numbers)
    with pytest.raises(StoreError, match="duplicate key"):  # alone, too
        store.write(fail)
    assert sorted(log(store)) == sorted(numbers)


def test_a_reading_session_cannot_write(store: PostgresStore) -> None:
    with pytest.raises(StoreError, match="read-only"), store.read() as session:
        tell(session, "ada")
    assert log(store) == []


def test_whoever_follows_the_log_by_its_numbers_misses_nothing(
    store: PostgresStore, address: str
) -> None:
    """A commit that is delayed delays the others: numbers are given in the order of commits."""
    held, go_on = threading.Event(), threading.Event()

    def slowly(session: Session) -> int:
        number = tell(session, "slow")
        held.set()
        go_on.wait(5)
        return number

    with PostgresStore(address, busy_timeout=9.0) as other:
        watch = store.watch()
        assert watch.changed_users() is EVERYBODY
        slow = store.submit(slowly)
        held.wait(5)
        fast = other.submit(lambda session: tell(session, "fast"))
        seen = set(watch.changed_users() or ())
        assert not fast.done()
        go_on.set()
        assert slow.result() < fast.result()
        assert seen | set(watch.changed_users() or ()) == {"slow", "fast"}
        assert watch.changed_users() == set()


def test_a_naive_cursor_would_miss_a_row(store: PostgresStore, monkeypatch, address: str) -> None:
    """Without the lock the same two writers do lose one: the test above can fail."""
    monkeypatch.setattr("movieloop.store.postgres._BEGIN", "BEGIN; SAVEPOINT work")
    held, go_on = threading.Event(), threading.Event()

    def slowly(session: Session) -> None:
        tell(session, "slow")
        held.set()
        go_on.wait(5)

    store.write(lambda session: [tell(session, user) for user in ("slow", "fast")])
    with PostgresStore(address) as other:
        watch = store.watch()
        watch.changed_users()
        slow = store.submit(slowly)
        held.wait(5)
        other.write(lambda session: tell(session, "fast"))
        seen = set(watch.changed_users() or ())
        go_on.set()
        slow.result()
        assert seen | set(watch.changed_users() or ()) == {"fast"}


def test_a_writer_that_hangs_is_waited_for_only_so_long(store: PostgresStore, address: str) -> None:
    held, go_on = threading.Event(), threading.Event()

    def hang(session: Session) -> None:
        held.set()
        go_on.wait(9)

    with PostgresStore(address, busy_timeout=0.3) as other:
        slow = store.submit(hang)
        held.wait(5)
        with pytest.raises(StoreBusy, match="Try again"):
            other.write(lambda session: tell(session, "ada"))
        go_on.set()
        slow.result()
        assert other.write(lambda session: tell(session, "ada"))


@pytest.mark.skipif(programs() is None, reason="no PostgreSQL here")
def test_a_restart_of_the_server_loses_nothing_and_needs_nobody() -> None:
    with running() as server:
        address = server.database()
        with PostgresStore(address, busy_timeout=2.0) as store:
            store.write(lambda session: session.add_movie(ALIEN))
            before = [
                store.write(lambda session, user=f"u{n}": tell(session, user)) for n in range(5)
            ]
            for at_once in (False, True):
                assert sorted(log(store)) == before
                server.stop(at_once=at_once)
                for asked in (lambda: log(store), lambda: store.write(lambda s: tell(s, "no"))):
                    with pytest.raises(StoreBusy, match="cannot be reached") as refused:
                        asked()
                    assert "s3cret" not in str(refused.value)
                server.start()
                before.append(store.write(lambda session: tell(session, "again")))
            assert sorted(log(store)) == before


def test_a_connection_that_is_lost_in_the_middle_stores_nothing(
    store: PostgresStore, address: str
) -> None:
    def cut(session: Session) -> None:
        tell(session, "ada")
        with PostgresStore(address) as other:
            other._apart(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE state = 'idle in transaction' AND datname = current_database()"
            )
        tell(session, "bob")

    with pytest.raises(StoreBusy, match="cannot be reached"):
        store.write(cut)
    assert log(store) == []
    assert store.write(lambda session: tell(session, "ada"))


@pytest.mark.parametrize("secret", ["a/s3cret", "a?s3cret", "a#s3cret", "a:s3cret@x", "s3cret:%zz"])
@pytest.mark.parametrize("place", ["127.0.0.1:1/m", "127.0.0.1:port/m", "/m"])
def test_no_part_of_a_password_is_ever_said(secret: str, place: str) -> None:
    with pytest.raises(StoreError) as refused:
        PostgresStore(f"postgresql://films:{secret}@{place}")
    told: BaseException | None = refused.value
    assert "s3cret" not in str(told)
    assert "Write postgresql" in str(told) or "reached" in str(told)


@pytest.mark.parametrize(
    ("changed", "kind", "says"),
    [
        ({"password": "wrong"}, StoreUnusable, "refuses"),
        ({"name": "nowhere"}, StoreUnusable, "does not exist"),
        ({"port": 1}, StoreBusy, "cannot be reached"),
    ],
)
def test_a_wrong_address_is_said_plainly(server: Server, changed, kind, says) -> None:
    address = server.address(
        changed.get("name", "postgres"), password=changed.get("password", "s3cret")
    )
    address = address.replace(f":{server.port}/", f":{changed.get('port', server.port)}/")
    with pytest.raises(kind, match=says) as refused:
        PostgresStore(address)
    assert "s3cret" not in str(refused.value)
    assert "wrong" not in str(refused.value)


def test_a_database_of_a_newer_movieloop_is_refused(store: PostgresStore, address: str) -> None:
    newer = len(MIGRATIONS) + 1
    store._apart(f"INSERT INTO schema_migrations VALUES ({newer}, 'tomorrow', 0)")
    with pytest.raises(StoreUnusable, match="newer movieloop"):
        PostgresStore(address)


def test_many_may_open_an_empty_database_at_once(address: str) -> None:
    failures: list[BaseException] = []

    def opened() -> None:
        try:
            with PostgresStore(address):
                pass
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=opened) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_forgetting_somebody_takes_their_rows_out(address: str, famous: Films) -> None:
    with MovieLoop.open(address, films=famous) as loop:
        loop.add_feedback("ada", famous[0][0].movie_id, 1)
        assert loop.forget("ada").deleted_feedback == 1
        assert loop.users.list() == []
        with loop.store.read() as session:
            assert session.erasures() == session.erasures_wiped() == 1


def test_a_question_that_goes_wrong_costs_no_connection(store: PostgresStore) -> None:
    def backend() -> int:
        with store.reader() as connection:
            return int(connection.execute("SELECT pg_backend_pid()").fetchone()[0])

    before = backend()
    with pytest.raises(KeyError), store.read():
        raise KeyError
    with pytest.raises(StoreError), store.read() as session:
        session.count("nowhere")
    assert backend() == before


def test_a_server_that_cannot_clean_up_is_asked_again(store: PostgresStore, monkeypatch) -> None:
    store.write(lambda session: tell(session, "ada"))
    store.write(lambda session: session.forget("ada"))
    with monkeypatch.context() as broken:
        broken.setattr("movieloop.store.postgres._TABLES", "nowhere")
        assert not store.wipe()
    assert store.wipe()
    assert store.wipe()


def test_what_a_killed_process_left_is_swept(store: PostgresStore, address: str) -> None:
    left = store.folder / f"{PREFIX}left"
    left.mkdir()
    (left / "export.csv").write_text("somebody's history")
    with PostgresStore(address):
        assert not left.exists()
