"""What waits of media servers: kept once, read in the order it happened, pruned when old."""

import pytest

from movieloop.store import Session, Store, hook_tables, open_store
from movieloop.store.hook_tables import NewEvent


def event(key: str, at: int = 0, person: str = "7") -> NewEvent:
    return NewEvent("home", key, person, "Ada", "{}", None, at)


@pytest.fixture
def store() -> Store:
    with open_store(":memory:") as store:
        store.write(lambda session: session.save_connection("home", "plex", "5e88"))
        yield store


def test_events_are_read_in_the_order_they_happened(store: Store) -> None:
    for key, at in (("b", 20), ("a", 10), ("c", 30), ("a", 99)):
        store.write(lambda session, key=key, at=at: session.keep_event(event(key, at)))
    store.write(lambda session: session.keep_event(event("x", 5, person="8")))
    assert store.write(lambda session: session.name_person("home", "7", "ada"))
    with store.read() as session:
        waiting = session.waiting_events(10)
        assert [one.key for one in waiting] == ["a", "b", "c"]  # nobody has said who 8 is
        assert [one.key for one in session.waiting_events(2)] == ["a", "b"]
    store.write(lambda session: session.end_event(waiting[0].event_id))
    with store.read() as session:
        assert [one.key for one in session.waiting_events(10)] == ["b", "c"]
        assert session.hook_people()[0].waiting == 2


def test_what_is_done_is_known_for_a_while_and_what_waits_for_ever(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("done", "waits"):
        store.write(lambda session, key=key: session.keep_event(event(key)))
    store.write(lambda session: session.name_person("home", "Ada", "ada"))
    with store.read() as session:
        first = session.waiting_events(1)[0]
    store.write(lambda session: session.end_event(first.event_id))
    assert not store.write(lambda session: session.keep_event(event("done")))
    later = hook_tables.now_ms() + 91 * 86_400_000
    monkeypatch.setattr(hook_tables, "now_ms", lambda: later)
    store.write(lambda session: session.keep_event(event("new")))
    with store.read() as session:
        assert [one.key for one in session.waiting_events(9)] == ["waits", "new"]
    assert store.write(lambda session: session.keep_event(event("done")))


def test_outcomes_are_counted_not_listed(store: Store) -> None:
    for _ in range(3):
        store.write(lambda session: session.count_outcome("home", "passed over", "not a film"))
    with store.read() as session:
        (outcome,) = session.outcomes()
    assert (outcome.outcome, outcome.times) == ("passed over", 3)
    store.write(lambda session: session.drop_connection("home"))
    with store.read() as session:
        assert session.outcomes() == session.connections() == []


def test_one_account_is_found_by_name(store: Store) -> None:
    def work(session: Session) -> None:
        session.note_person("home", "1", "Ada")
        session.note_person("home", "2", "Bob")
        session.name_person("home", "Ada", "countess")

    store.write(work)
    with store.read() as session:
        assert session.user_of_person("home", "1") == "countess"
        assert session.user_of_person("home", "2") is None
        assert session.user_of_person("home", "Ada") is None
