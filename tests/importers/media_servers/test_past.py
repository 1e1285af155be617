"""What was watched before is learned once, for whoever it is."""

import pytest

from movieloop import MovieLoop
from movieloop.importers.hooks import receive
from movieloop.importers.hooks.connecting import create_connection
from movieloop.importers.hooks.status import connections_out, say_who
from movieloop.importers.media_servers.past import bring_past
from movieloop.importers.media_servers.server import server_of
from tests.importers.hooks.payloads import JELLYFIN, with_
from tests.importers.media_servers.servers import ADA, TOKEN, speaking


def said(loop: MovieLoop, user: str) -> list[tuple[str, int | None]]:
    return [(item.title, item.rating) for item in loop.users.history(user).feedback]


@pytest.mark.parametrize("kind", ["jellyfin", "emby", "plex"])
def test_it_waits_until_it_is_said_who_somebody_is(loop: MovieLoop, kind: str) -> None:
    create_connection(loop.store, "home", kind)
    with speaking(kind) as fake:
        server = server_of(kind, fake.address, TOKEN)
        told = bring_past(loop, "home", server, dry_run=True)
        assert (told.told, told.kept) == ({"Ada": 1, "Bob": 1}, 0)
        assert connections_out(loop.store).connections[0].people == []
        assert bring_past(loop, "home", server).kept == 2
        assert bring_past(loop, "home", server) == ({"Ada": 1, "Bob": 1}, 0, 0)
    say_who(loop, "home", "Bob", "bob")
    assert said(loop, "bob") == [("Alien", None if kind == "plex" else 1)]
    say_who(loop, "home", "Ada", "ada")
    assert said(loop, "ada") == [("Alien", None)]


def test_what_the_server_told_by_itself_is_not_learned_again(loop: MovieLoop) -> None:
    create_connection(loop.store, "home", "jellyfin")
    dashed = "-".join((ADA[:8], ADA[8:12], ADA[12:16], ADA[16:20], ADA[20:]))
    receive(loop.store, "home", "jellyfin", with_(JELLYFIN, UserId=dashed.upper()))
    say_who(loop, "home", "Ada", "ada")
    with speaking("jellyfin") as fake:
        told = bring_past(loop, "home", server_of("jellyfin", fake.address, TOKEN))
    assert (told.kept, said(loop, "ada")) == (2, [("Alien", None)])
    people = connections_out(loop.store).connections[0].people
    assert [(one.called, one.user_id) for one in people] == [("Ada", "ada"), ("Bob", None)]
