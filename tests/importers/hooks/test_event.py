"""Whatever a server sends, reading it gives a value or nothing; it never fails otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.importers.hooks import READERS
from movieloop.importers.hooks.event import (
    PassedOver,
    Payload,
    moment,
    points,
    seconds,
    text,
    whole,
)
from tests.importers.hooks.payloads import EMBY, JELLYFIN, PLEX, with_

NAMES = st.text(max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(READERS)), st.data())
def test_a_payload_of_another_version_is_read_passed_over_or_refused(
    kind: str, data: st.DataObject
) -> None:
    payload = {"plex": PLEX, "jellyfin": JELLYFIN, "emby": EMBY}[kind]
    names = data.draw(st.lists(st.sampled_from(sorted(payload)), max_size=4))
    other = payload | {name: data.draw(VALUES) for name in names}
    nested = [name for name, value in other.items() if isinstance(value, dict) and value]
    if nested:
        name = data.draw(st.sampled_from(nested))
        inside = data.draw(st.sampled_from(sorted(other[name])))
        other = with_(other, **{name: {inside: data.draw(VALUES)}})
    try:
        event = READERS[kind](other, 0)
    except (PassedOver, ValueError):
        return
    assert event.key and event.person and event.film.key


@pytest.mark.parametrize("value", [None, True, [], {}, "x", float("nan"), float("inf"), "1e999"])
def test_what_is_no_number_is_none(value: object) -> None:
    assert points({"n": value}, "n") is None
    assert whole({"n": value}, "n") is None
    assert seconds({"n": value}, "n") is None
    assert moment({"n": value}, "n") is None


def test_what_is_too_long_is_cut_and_times_out_of_the_world_are_none() -> None:
    assert len(text({"n": "a" * 5_000}, "n")) == 200
    assert seconds({"n": 1e15}, "n") is None
    assert moment({"n": "0001-01-01T00:00:00.0000000Z"}, "n") is None  # Jellyfin's "never"
    assert moment({"n": "2023-11-14T23:13:20+01:00"}, "n") == 1_700_000_000_000


@pytest.mark.parametrize(
    ("kind", "payload", "number", "name"),
    [
        ("plex", PLEX, {"Account": {"id": None}}, {"Account": {"title": None}}),
        ("jellyfin", JELLYFIN, {"UserId": None}, {"NotificationUsername": None}),
        ("emby", EMBY, {"User": {"Id": None}}, {"User": {"Name": None}}),
    ],
)
def test_an_account_is_told_by_its_number_or_its_name_or_it_is_nobody_s(
    kind: str, payload: Payload, number: Payload, name: Payload
) -> None:
    read = READERS[kind]
    event = read(payload, 0)
    by_name, by_number = read(with_(payload, **number), 0), read(with_(payload, **name), 0)
    assert by_name.person == by_name.called == event.called
    assert by_number.person == by_number.called == event.person
    with pytest.raises(PassedOver, match="no account"):
        read(with_(with_(payload, **number), **name), 0)
