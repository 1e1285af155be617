"""Asks the connected servers, and remembers what went wrong with them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.connecting import note_asked_only
from movieloop.importers.hooks.inbox import READERS
from movieloop.importers.media_servers.accounts import end_sign_ins
from movieloop.importers.media_servers.asking import checked_address, checked_token
from movieloop.importers.media_servers.library import LibraryReport, bring_library
from movieloop.importers.media_servers.past import PastReport, bring_past
from movieloop.importers.media_servers.playlists import write_playlists
from movieloop.importers.media_servers.server import MediaServer, server_of
from movieloop.importers.media_servers.tokens import save_token, tokens, tokens_file
from movieloop.importers.media_servers.trakt import HOME
from movieloop.importers.media_servers.trakt_access import (
    Access,
    Code,
    ask_for_code,
    renewed,
    wait_for_access,
)
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.fields import checked_user_id
from movieloop.store import Session
from movieloop.store.connection_tables import StoredConnection

FAILED = "failed"
ASKED = (*READERS, "trakt")  # kinds that have something to tell when they are asked
_NO_NAME = re.compile(r"[^a-z0-9]+")


class Brought(NamedTuple):
    """What a server has told when it was asked.

    Attributes:
        library: Its films.
        past: What was watched.
    """

    library: LibraryReport
    past: PastReport


def connect_server(loop: MovieLoop, connection: str, address: str, token: str) -> str:
    """Note where a server can be asked, once it has answered.

    Args:
        loop: The open loop.
        connection: Which.
        address: Where it is.
        token: Its token.

    Returns:
        The server's name.

    Raises:
        InvalidInput: There is no such connection, or address and token are none.
        ServiceError: It does not answer, or does not know the token.
        StoreUnusable: The file of the tokens cannot be written.
    """
    server = server_of(_connection(loop, connection).kind, address, token)
    name = server.check()
    save_token(_file(loop), connection, token.strip())
    where = checked_address(address)
    loop.store.write(lambda session: session.save_address(connection, where))
    return name


def look_at(loop: MovieLoop, kind: str, address: str, token: str) -> tuple[str, Brought]:
    """Ask a server that is not connected yet what it has to tell; nothing is stored.

    Args:
        loop: The open loop.
        kind: plex, jellyfin or emby.
        address: Where it is.
        token: Its token.

    Returns:
        The server's name, and what it would bring.

    Raises:
        InvalidInput: Address or token are none.
        ServiceError: It does not answer, or does not know the token.
    """
    server = server_of(kind, address, token)
    called = server.check()
    library = bring_library(loop, "", server, dry_run=True)
    return called, Brought(library, bring_past(loop, "", server, dry_run=True))


def connect_trakt(loop: MovieLoop, name: str, token: str, user_id: str | None = None) -> str:
    """Note whose history at Trakt is to be asked for, once Trakt has answered.

    Args:
        loop: The open loop.
        name: The user's name there.
        token: The client id of an app registered at Trakt, or what `open_trakt` has got.
        user_id: Who that is here, if it is to be said now.

    Returns:
        What the connection is called.

    Raises:
        InvalidInput: The name or the token is none.
        ServiceError: Trakt does not answer, or tells nothing of that user.
        StoreUnusable: The file of the tokens cannot be written.
    """
    connection = f"trakt-{_NO_NAME.sub('-', name.strip().lower()).strip('-')}"[:32]
    where = f"{HOME}/users/{quote(name.strip(), safe='')}"
    server = server_of("trakt", where, token)
    called, person = server.check(), where.rpartition("/")[2].lower()

    def work(session: Session) -> None:
        note_asked_only(session, connection, "trakt")
        session.save_address(connection, where)
        session.note_person(connection, person, called)
        if user_id is not None:
            session.name_person(connection, person, checked_user_id(user_id))

    save_token(_file(loop), connection, token.strip())
    loop.store.write(work)
    return connection


def open_trakt(client_id: str, client_secret: str, show: Callable[[Code], None]) -> str:
    """Have the owner of a private profile open it: they type a code at Trakt.

    Args:
        client_id: Of an app registered at Trakt.
        client_secret: Of the same app.
        show: Shows the code to them, while this waits.

    Returns:
        What `connect_trakt` takes for a token.

    Raises:
        InvalidInput: Id or secret are none.
        ServiceError: Trakt does not answer, or nobody types the code in time.
    """
    app, secret = (
        checked_token(text, "Copy it as Trakt shows it.") for text in (client_id, client_secret)
    )
    code = ask_for_code(HOME, app)
    show(code)
    return wait_for_access(HOME, code, app, secret).kept


def synchronise(loop: MovieLoop, connection: str, *, dry_run: bool = False) -> Brought:
    """Ask a server for its library and for what was watched.

    Whoever signed in here with an account that is gone there is signed out.

    Args:
        loop: The open loop.
        connection: Which.
        dry_run: Only tell what would be brought.

    Returns:
        What it has told.

    Raises:
        InvalidInput: There is no such connection, or nobody has said where it is.
        ServiceError: It does not answer; `movieloop connect status` tells so, too.
        StoreUnusable: The file of the tokens cannot be read or written.
    """
    try:
        server = _server(loop, connection)
        library = bring_library(loop, connection, server, dry_run=dry_run)
        past = bring_past(loop, connection, server, dry_run=dry_run)
        if not dry_run:
            accounts = server.accounts()
            if accounts is not None:
                loop.store.write(lambda session: end_sign_ins(session, connection, accounts))
            write_playlists(loop, connection, server)
    except ServiceError as error:
        why = str(error)
        loop.store.write(lambda session: session.count_outcome(connection, FAILED, why[:200]))
        raise
    if not dry_run:
        loop.store.write(lambda session: session.note_answered(connection))
    return Brought(library, past)


def askable(loop: MovieLoop) -> dict[str, int | None]:
    """List the connections that can be asked from here.

    Args:
        loop: The open loop.

    Returns:
        By name, when each last answered, milliseconds since 1970; those without an address or a
        token here are left out.
    """
    known = tokens(_file(loop))
    with loop.store.read() as session:
        servers = session.connections()
    return {
        one.name: one.asked_at
        for one in servers
        if one.address and one.name in known and one.kind in ASKED
    }


def want_playlists(loop: MovieLoop, connection: str, *, wanted: bool) -> None:
    """Say whether a server gets a playlist for everybody; those that are there go if not.

    Args:
        loop: The open loop.
        connection: Which.
        wanted: Whether it does.

    Raises:
        InvalidInput: There is no such connection, or nobody has said where it is.
        ServiceError: It does not answer.
    """
    server = _server(loop, connection)
    if server.kind not in READERS:
        raise InvalidInput("name", f"{connection!r} is no media server.")
    loop.store.write(lambda session: session.write_playlists(connection, wanted))
    write_playlists(loop, connection, server)


def disconnect(loop: MovieLoop, connection: str) -> None:
    """Forget a server: its secret, people, films and token. What was learned stays.

    Args:
        loop: The open loop.
        connection: Which.

    Raises:
        InvalidInput: There is no such connection.
        StoreUnusable: The file of the tokens cannot be written.
    """
    _connection(loop, connection)

    def work(session: Session) -> None:
        end_sign_ins(session, connection, ())
        session.drop_connection(connection)

    loop.store.write(work)
    save_token(_file(loop), connection, None)


def _server(loop: MovieLoop, connection: str) -> MediaServer:
    known = _connection(loop, connection)
    token = tokens(_file(loop)).get(connection)
    if known.address is None or token is None:
        raise InvalidInput(
            "name",
            f"Nobody has said where {connection!r} is: movieloop connect server {connection} "
            "http://...",
        )
    access = Access.read(token) if known.kind == "trakt" else None
    if access is not None and access.ends:
        token = renewed(known.address.partition("/users/")[0], access).kept
        save_token(_file(loop), connection, token)
    return server_of(known.kind, known.address, token)


def _connection(loop: MovieLoop, name: str) -> StoredConnection:
    with loop.store.read() as session:
        known = session.connection(name)
    if known is None:
        raise InvalidInput(
            "name", f"There is no connection {name!r}. Begin with: movieloop connect add"
        )
    return known


def _file(loop: MovieLoop) -> Path:
    return tokens_file(loop.store.address)
