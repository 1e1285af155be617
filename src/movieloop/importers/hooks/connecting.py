"""Connections: which media servers may tell what was watched, and by which secret.

>>> from movieloop.store import open_store
>>> with open_store(":memory:") as store:
...     secret = create_connection(store, "home", "plex")
...     kind_of(store, "home", secret), kind_of(store, "home", "guessed"), kind_of(store, "x", "")
('plex', None, None)
"""

import hmac
import re
import secrets

from movieloop.errors import InvalidInput
from movieloop.importers.hooks.inbox import READERS, REFUSED
from movieloop.store import Session, Store
from movieloop.store.api_keys import key_hash

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


def create_connection(store: Store, name: str, kind: str) -> str:
    """Let a media server tell what was watched.

    Args:
        store: The open database.
        name: What its owner calls it: small letters, digits and hyphens.
        kind: plex, jellyfin or emby.

    Returns:
        The secret it must say; it cannot be read again.

    Raises:
        InvalidInput: The name is none or taken, or there is no such kind.
    """
    if not _NAME.fullmatch(name):
        raise InvalidInput("name", "Use 1 to 32 small letters, digits and hyphens: home-plex.")
    if kind not in READERS:
        raise InvalidInput("kind", f"Choose of: {', '.join(READERS)}.", choices=list(READERS))
    secret = secrets.token_urlsafe(24)

    def work(session: Session) -> None:
        if session.connection(name) is not None:
            raise InvalidInput(
                "name", f"There is a connection {name!r}. Remove it first, or name another."
            )
        session.save_connection(name, kind, key_hash(secret))

    store.write(work)
    return secret


def note_asked_only(session: Session, name: str, kind: str) -> None:
    """Note a service that tells nothing by itself: nobody learns the secret it would need.

    Args:
        session: An open, writing transaction.
        name: What the connection is called.
        kind: What service it is.

    Raises:
        InvalidInput: A connection to another service has that name.
    """
    known = session.connection(name)
    if known is None:
        session.save_connection(name, kind, key_hash(secrets.token_urlsafe(24)))
    elif known.kind != kind:
        raise InvalidInput("name", f"Another connection is called {name!r}. Remove it first.")


def kind_of(store: Store, name: str, secret: str) -> str | None:
    """Tell what server a connection is of, to whoever knows its secret.

    Args:
        store: The open database.
        name: The name of the connection.
        secret: What the caller says.

    Returns:
        The kind; None if there is no such connection or the secret is another, which is counted.
    """
    with store.read() as session:
        known = session.connection(name)
    if known is None:
        return None
    if hmac.compare_digest(known.secret_hash, key_hash(secret)):
        return known.kind
    store.write(lambda session: session.count_outcome(name, REFUSED, "a wrong secret"))
    return None
