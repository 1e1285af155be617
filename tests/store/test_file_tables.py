"""What a database knows of itself as a file."""

from pathlib import Path

from movieloop.store import open_store


def test_a_bare_copy_is_noted_until_it_is_accepted(database: Path) -> None:
    with open_store(database) as store:
        with store.read() as session:
            assert session.bare_copy_at() is None
        for _ in range(2):
            store.write(lambda session: session.note_bare_copy())
        with store.read() as session:
            assert (session.bare_copy_at() or 0) > 1_700_000_000_000
        store.write(lambda session: session.accept_bare_copy())
        with store.read() as session:
            assert session.bare_copy_at() is None


def test_erasures_are_wiped_in_order_and_never_fewer(database: Path) -> None:
    with open_store(database) as store:
        for number, wiped in ((3, 3), (2, 3), (4, 4)):
            store.write(lambda session, number=number: session.note_wiped(number))
            with store.read() as session:
                assert session.erasures_wiped() == wiped
