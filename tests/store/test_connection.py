"""Counters of the database grow by what they are told, from nothing."""

from movieloop.store import open_store
from movieloop.store.connection import now_ms


def test_a_counter_begins_at_nothing_and_only_grows() -> None:
    with open_store(":memory:") as store, store.read() as session:
        assert session.corrections() == session.erasures() == 0
    with open_store(":memory:") as store:
        for expected in (1, 2, 3):
            store.write(lambda session: session.count_correction())
            with store.read() as session:
                assert session.corrections() == expected
                assert session.erasures() == 0


def test_the_clock_counts_milliseconds_since_1970() -> None:
    earlier = now_ms()
    assert 1_700_000_000_000 < earlier <= now_ms() < 10_000_000_000_000
