"""Signing in with Plex: at plex.tv, which tells us afterwards who that was.

| asked | what for |
|---|---|
| `POST /api/v2/pins?strong=true` | a number to begin with |
| the browser goes to `app.plex.tv/auth` | there one signs in, and comes back |
| `GET /api/v2/pins/{number}` | the token of whoever did |
| `GET /api/v2/resources`, `/api/v2/user` | whether the server is theirs to use, and who they are |
| `DELETE /api/v2/users/signout` | the token is needed no more |

No password is seen here, and the token is kept nowhere. https://developer.plex.tv/pms
"""

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import urlencode

from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.event import text, whole
from movieloop.importers.media_servers.accounts import door, let_in
from movieloop.importers.media_servers.asking import NotThere, TokenRefused, ask
from movieloop.importers.media_servers.plex import OWNER, Plex
from movieloop.importers.media_servers.tokens import tokens, tokens_file
from movieloop.recommender.loop import MovieLoop

HOME = "https://plex.tv"
_SIGN_IN = "https://app.plex.tv/auth#?"
_STATE = re.compile(r"([a-z0-9-]{1,32}):([0-9]{1,18}):(movieloop-[0-9a-f]{24})")
_PATIENCE = 10.0  # seconds: somebody waits


class Begun(NamedTuple):
    """A sign-in that was begun.

    Attributes:
        state: What it is finished with; whoever has it can.
        address: Where the browser goes.
    """

    state: str
    address: str


def begin(loop: MovieLoop, connection: str, back: str) -> Begun:
    """Begin to sign in.

    Args:
        loop: The open loop.
        connection: Of which Plex the account is.
        back: Where the browser shall come back to.

    Returns:
        Where to go now.

    Raises:
        InvalidInput: There is no such Plex.
        ServiceError: plex.tv does not answer.
    """
    door(loop, connection, ("plex",))
    client = f"movieloop-{secrets.token_hex(12)}"
    told = _ask(client, "/api/v2/pins", method="POST", strong="true")
    told = told if isinstance(told, dict) else {}
    pin, code = whole(told, "id"), text(told, "code")
    if not (pin and code):
        raise ServiceError("plex.tv does not answer as it should.")
    said = {"clientID": client, "code": code, "forwardUrl": back}
    product = urlencode({"context[device][product]": "movieloop"})
    return Begun(f"{connection}:{pin}:{client}", f"{_SIGN_IN}{urlencode(said)}&{product}")


def finish(loop: MovieLoop, state: str) -> str | None:
    """Let somebody in who has signed in at plex.tv.

    Args:
        loop: The open loop.
        state: Of the sign-in that was begun.

    Returns:
        A key for this person alone, see `accounts.let_in`; None if nobody has signed in, or the
        account may not use this Plex.

    Raises:
        InvalidInput: There is no such Plex, or nobody has said how to ask it.
        ServiceError: The Plex or plex.tv does not answer.
    """
    found = _STATE.fullmatch(state)
    if found is None:
        return None
    connection, pin, client = found.groups()
    machine = _machine(loop, connection)
    try:
        # plex.tv tells a number's token only to the client that began with it, and each is another:
        # nobody finishes what somebody else began by guessing numbers.
        told = _ask(client, f"/api/v2/pins/{pin}")
    except NotThere:
        return None
    token = text(told, "authToken") if isinstance(told, dict) else ""
    if not token:
        return None
    try:
        account = _account(client, token, machine)
    except TokenRefused:
        return None
    finally:
        with suppress(ServiceError):
            _ask(client, "/api/v2/users/signout", token, method="DELETE")
    return None if account is None else let_in(loop, connection, *account)


def _account(client: str, token: str, machine: str) -> tuple[str, str] | None:
    """Tell the account's number and name, if it may use the server."""
    listed = _ask(client, "/api/v2/resources", token)
    servers = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    mine = next((one for one in servers if text(one, "clientIdentifier") == machine), None)
    if mine is None:
        return None
    user = _ask(client, "/api/v2/user", token)
    number = whole(user, "id") if isinstance(user, dict) else None
    if not number:
        raise ServiceError("plex.tv does not say whose account that is.")
    called = text(user, "title") or text(user, "username") or str(number)
    return OWNER if mine.get("owned") is True else str(number), called


def _machine(loop: MovieLoop, connection: str) -> str:
    """Ask the connected Plex which one it is."""
    address = door(loop, connection, ("plex",))
    token = tokens(tokens_file(loop.store.address)).get(connection)
    if token is None:
        raise InvalidInput("connection", "Nobody has said how to ask this Plex.")
    return Plex(address, token).machine()


def _ask(client: str, path: str, token: str = "", *, method: str = "GET", **query: object) -> Any:  # noqa: ANN401 - JSON
    headers: Mapping[str, str] = {
        "X-Plex-Client-Identifier": client,
        "X-Plex-Product": "movieloop",
        **({"X-Plex-Token": token} if token else {}),
    }
    return ask(HOME, path, headers=headers, query=query, method=method, timeout=_PATIENCE)
