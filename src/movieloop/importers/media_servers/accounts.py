"""Signing in with an account of a connected media server: no key to hand out, none to type.

A Jellyfin or Emby says whether name and password are right; they are passed on and kept nowhere.
Plex asks for them itself: `plex_accounts.py`. What comes back is a key of movieloop that belongs
to this person alone and ends after 90 days.
"""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain, count

import movieloop
from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.event import account_id, part, text
from movieloop.importers.hooks.inbox import learn_waiting
from movieloop.importers.media_servers.asking import TokenRefused, ask
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.fields import checked_user_id
from movieloop.store import Session, Store, now_ms
from movieloop.store.api_keys import expired, key_hash, new_key
from movieloop.store.key_tables import Scope

SIGNED_IN = "sign-in: "  # the names of these keys begin so
DAYS = 90
_PATIENCE = 10.0  # seconds for the server to answer: somebody looks at the form
_ASKED_HERE = ("jellyfin", "emby")  # for name and password
_KINDS = (*_ASKED_HERE, "plex")
_WE = (
    'MediaBrowser Client="movieloop", Device="movieloop", DeviceId="movieloop", '
    f'Version="{movieloop.__version__}"'
)


def doors(store: Store) -> list[tuple[str, str]]:
    """List the connections whose people can sign in.

    >>> from movieloop.store import open_store
    >>> with open_store(":memory:") as store:
    ...     doors(store)
    []

    Args:
        store: The open database.

    Returns:
        (name, kind) pairs; at a Plex they sign in with `plex_accounts`, elsewhere here.
    """
    with store.read() as session:
        known = session.connections()
    return [(one.name, one.kind) for one in known if one.kind in _KINDS and one.address is not None]


def sign_in(loop: MovieLoop, connection: str, name: str, password: str) -> str | None:
    """Let somebody in whom their server knows.

    An account nobody has named yet gets a user of its own; what it has watched is learned.

    Args:
        loop: The open loop.
        connection: Of which server the account is.
        name: What the account is called there.
        password: Its password there.

    Returns:
        A key that may read and write for this person alone, for 90 days; None if the server does
        not know name and password.

    Raises:
        InvalidInput: There is no such connection.
        ServiceError: The server does not answer.
    """
    account = _asked(door(loop, connection, _ASKED_HERE), name, password)
    return None if account is None else let_in(loop, connection, *account)


def door(loop: MovieLoop, connection: str, kinds: tuple[str, ...]) -> str:
    """Find where a server is whose people may sign in.

    Args:
        loop: The open loop.
        connection: Which.
        kinds: What it may be.

    Returns:
        Its address.

    Raises:
        InvalidInput: There is no such server.
    """
    with loop.store.read() as session:
        known = session.connection(connection)
    if known is None or known.kind not in kinds or known.address is None:
        raise InvalidInput("connection", "Nobody can sign in with an account of this server.")
    return known.address


def let_in(loop: MovieLoop, connection: str, person: str, called: str) -> str:
    """Give somebody a key who has proved which account is theirs.

    Args:
        loop: The open loop.
        connection: Of which server.
        person: The server's own name for the account.
        called: What it is called there.

    Returns:
        A key that may read and write for this person alone, for 90 days.
    """
    key = new_key()

    def work(session: Session) -> None:
        session.note_person(connection, person, called)
        user_id = session.user_of_person(connection, person) or _new_user(
            session, connection, called
        )
        session.name_person(connection, person, user_id)
        for old in session.api_keys():
            if old.name.startswith(SIGNED_IN) and expired(old):
                session.revoke_key(old.name)
        label = f"{_label(connection)} {secrets.token_hex(4)}"
        until = now_ms() + DAYS * 86_400_000
        session.save_key(key_hash(key), label, Scope.WRITE, user_id, until)

    loop.store.write(work)
    learn_waiting(loop)
    return key


def end_sign_ins(session: Session, connection: str, people: Iterable[str]) -> None:
    """End the sign-ins at a server of whoever has no account there any more.

    Args:
        session: An open, writing transaction.
        connection: Which server.
        people: Its accounts, by its own names for them.
    """
    still = {session.user_of_person(connection, person) for person in people}
    for key in session.api_keys():
        if key.name.rpartition(" ")[0] == _label(connection) and key.user_id not in still:
            session.revoke_key(key.name)


def _label(connection: str) -> str:
    return f"{SIGNED_IN}{connection}"


def _asked(address: str, name: str, password: str) -> tuple[str, str] | None:
    """Ask a server who somebody is: the account's number and name."""
    said = {"Username": name, "Pw": password}
    headers = {"Authorization": _WE}
    path = "/Users/AuthenticateByName"
    try:
        told = ask(address, path, headers=headers, method="POST", body=said, timeout=_PATIENCE)
    except TokenRefused:
        return None
    told = told if isinstance(told, dict) else {}
    user, token = part(told, "User"), text(told, "AccessToken")
    person = account_id(text(user, "Id"))
    if not person:
        raise ServiceError(f"{address} does not say whose account that is.")
    if token.isascii() and token.isalnum():  # it has told who it is, and is needed no more
        own = {"Authorization": f'{_WE}, Token="{token}"'}
        with suppress(ServiceError):
            ask(address, "/Sessions/Logout", headers=own, method="POST", timeout=_PATIENCE)
    return person, text(user, "Name") or person


def _new_user(session: Session, connection: str, called: str) -> str:
    """Find a name nobody has here: an account must not become somebody by being called so."""
    called = called.strip()[:64]
    names = chain([called, f"{called} ({connection})"], (f"{called} {n}" for n in count(2)))
    return next(checked_user_id(name) for name in names if session.number_of(name) is None)
