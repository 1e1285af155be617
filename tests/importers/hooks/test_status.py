"""Accounts are told apart by the server's own names, whatever they are called."""

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput
from movieloop.importers.hooks import receive
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.status import connections_out, say_who
from tests.importers.hooks.payloads import PLEX, with_


def test_a_renamed_account_stays_and_two_of_one_name_are_told_apart(loop: MovieLoop) -> None:
    create_connection(loop.store, "home", "plex")
    accounts = ((1, "Ada"), (1, "Ada L."), (5, "Ada L."))
    for at, (number, called) in enumerate(accounts, start=1_700_000_000):
        account = {"id": number, "title": called}
        event = with_(PLEX, Account=account, Metadata={"lastViewedAt": at})
        receive(loop.store, "home", "plex", event)
        if at == 1_700_000_000:
            say_who(loop, "home", "Ada", "ada")
    people = connections_out(loop.store).connections[0].people
    assert [(one.person, one.called, one.user_id) for one in people] == [
        ("1", "Ada L.", "ada"), ("5", "Ada L.", None),
    ]  # fmt: skip
    with pytest.raises(InvalidInput, match="has not told of one account"):
        say_who(loop, "home", "Ada L.", "eve")
    say_who(loop, "home", "5", "eve")
    assert [item.title for item in loop.users.history("eve").feedback] == ["Alien"]
