"""What a server tells is learned once, for whoever it is, in whatever order it comes."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from movieloop import MovieLoop
from movieloop.importers.hooks import PassedOver, inbox, learn_waiting, receive
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.status import connections_out, say_who
from tests.importers.hooks.payloads import PLEX, with_


@pytest.fixture
def home(loop: MovieLoop) -> Iterator[MovieLoop]:
    """A loop whose Plex is called home, and whose Ada is ada."""
    create_connection(loop.store, "home", "plex")
    receive(loop.store, "home", "plex", PLEX)
    say_who(loop, "home", "Ada", "ada")
    yield loop


def said(loop: MovieLoop, user: str = "ada") -> list[tuple[str, int | None]]:
    return [(item.title, item.rating) for item in loop.users.history(user).feedback if item.counts]


def tell(loop: MovieLoop, **changes: Any) -> bool:
    return receive(loop.store, "home", "plex", with_(PLEX, **changes))


def rated(points: float, at: int = 1_700_000_100, **film: object) -> dict[str, Any]:
    return {"event": "media.rate", "rating": points, "Metadata": {"lastRatedAt": at, **film}}


def outcomes(loop: MovieLoop) -> dict[tuple[str, str], int]:
    (one,) = connections_out(loop.store).connections
    return {(outcome.outcome, outcome.reason): outcome.times for outcome in one.outcomes}


def test_what_waits_is_learned_once_it_is_said_who_it_is(loop: MovieLoop) -> None:
    create_connection(loop.store, "home", "plex")
    assert receive(loop.store, "home", "plex", PLEX)
    assert not receive(loop.store, "home", "plex", PLEX)  # a repeat
    assert learn_waiting(loop) == 0
    (person,) = connections_out(loop.store).connections[0].people
    assert (person.called, person.user_id, person.waiting) == ("Ada", None, 1)
    (person,) = say_who(loop, "home", "Ada", "ada").connections[0].people
    assert (person.user_id, person.waiting) == ("ada", 0)
    assert said(loop) == [("Alien", None)]
    assert not receive(loop.store, "home", "plex", PLEX)  # it is known for good
    assert learn_waiting(loop) == 0 and said(loop) == [("Alien", None)]


def test_an_opinion_beats_having_seen_whatever_comes_first(home: MovieLoop) -> None:
    tell(home, **rated(9))
    learn_waiting(home)
    assert said(home) == [("Alien", 1)]
    tell(home, Metadata={"lastViewedAt": 1_700_900_000})  # seen once more
    learn_waiting(home)
    assert said(home) == [("Alien", 1)]
    assert outcomes(home) == {
        ("learned", ""): 2,
        ("passed over", "watched, and more is known of it"): 1,
    }


def test_the_newest_opinion_counts_in_whatever_order_they_come(home: MovieLoop) -> None:
    events = [rated(9, 1_700_000_200), rated(2, 1_700_000_300), rated(8, 1_700_000_400)]
    for order in ((2, 0, 1), (1, 2, 0)):
        for place in order:
            tell(home, **events[place])
            tell(home, **events[place])
        learn_waiting(home)
        assert said(home) == [("Alien", 1)]


def test_a_film_nobody_knows_joins_and_one_that_is_unclear_is_told(home: MovieLoop) -> None:
    new = {"title": "A Film of Ours", "year": 2024, "guid": "local://9", "Guid": None}
    tell(home, Metadata=new)
    tell(home, **rated(9, **new))
    tell(home, Metadata={"title": "Nameless", "year": None, "guid": "local://7", "Guid": None})
    learn_waiting(home)
    assert said(home)[-1] == ("A Film of Ours", 1)
    assert ("unclear", "Nameless: which film is it?") in outcomes(home)


def test_reorderings_and_repeats_change_nothing(home: MovieLoop) -> None:
    films = home.live.space().movies[:40]
    events = [
        {"event": "media.rate", "rating": 9 if i % 3 else 2, "Metadata": {
            "title": film.title, "year": film.year, "guid": f"local://{i}",
            "Guid": [{"id": f"imdb://{film.imdb_id}"}], "lastRatedAt": 1_700_000_001 + i,
        }}
        for i, film in enumerate(films)
    ]  # fmt: skip
    shuffled = events * 3
    random.Random(7).shuffle(shuffled)
    kept = 0
    for place, event in enumerate(shuffled):
        kept += tell(home, **event)
        if place % 17 == 0:
            learn_waiting(home)
    learn_waiting(home)
    assert kept == len(films)
    assert dict(said(home)) | {"Alien": None} == {
        film.title: 1 if i % 3 else 0 for i, film in enumerate(films)
    } | {"Alien": None}
    for event in events:  # in order, on another loop's user: the same profile
        tell(home, **with_(event, Account={"id": 2, "title": "Bob"}))
    tell(home, Account={"id": 2, "title": "Bob"})
    say_who(home, "home", "Bob", "bob")
    assert home.users.profile("bob").profile == home.users.profile("ada").profile


def test_a_batch_that_fails_is_done_again(home: MovieLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(home, **rated(9))
    right = inbox.append
    monkeypatch.setattr(inbox, "append", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        learn_waiting(home)
    assert said(home) == [("Alien", None)]
    monkeypatch.setattr(inbox, "append", right)
    assert learn_waiting(home) == 1
    assert said(home) == [("Alien", 1)]


def test_what_says_nothing_or_is_wrong_is_counted_with_its_reason(home: MovieLoop) -> None:
    with pytest.raises(PassedOver):
        tell(home, Metadata={"type": "episode"})
    with pytest.raises(ValueError, match="no number of points"):
        tell(home, **rated(12))
    counted = outcomes(home)
    assert counted["passed over", "not a film"] == 1
    assert counted["refused", "12 is no number of points from 0 to 10"] == 1


def test_whoever_is_forgotten_leaves_no_account_and_no_event(home: MovieLoop) -> None:
    tell(home, Metadata={"lastViewedAt": 1_700_800_000})
    home.forget("ada")
    (one,) = connections_out(home.store).connections
    assert one.people == []
    assert receive(home.store, "home", "plex", PLEX)  # nobody knows of it any more
    assert learn_waiting(home) == 0
