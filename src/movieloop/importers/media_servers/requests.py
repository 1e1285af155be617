"""Asking for a film the household lacks: a Seerr (Overseerr, Jellyseerr) takes the request.

Only when somebody clicks, never by itself: what a request sets going is up to the Seerr and to
whoever approves there.

| asked | what for |
|---|---|
| `GET /api/v1/auth/me` | whether the key is right |
| `POST /api/v1/request` | a film, by its number at TMDB |

https://api-docs.overseerr.dev
"""

from enum import StrEnum

from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.connecting import note_asked_only
from movieloop.importers.hooks.event import text
from movieloop.importers.media_servers.asking import (
    AlreadyThere,
    ask,
    checked_address,
    checked_token,
)
from movieloop.importers.media_servers.tokens import save_token, tokens, tokens_file
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.movies import MovieOut
from movieloop.store import Session, Store

NAME = "requests"  # of the one connection that takes requests
KIND = "seerr"
_PATIENCE = 10.0  # seconds: somebody looks at the button


class Outcome(StrEnum):
    """What became of a request."""

    REQUESTED = "requested"
    ALREADY_REQUESTED = "already requested"
    OWNED = "already there"


class NothingTakesRequests(ServiceError):
    """No Seerr is connected."""


def connect_requests(loop: MovieLoop, address: str, token: str) -> str:
    """Note which Seerr takes requests, once it has answered.

    Args:
        loop: The open loop.
        address: Where it is.
        token: Its API key.

    Returns:
        Who the key is there.

    Raises:
        InvalidInput: The address or the key is none, or another connection is called "requests".
        ServiceError: It does not answer, or does not know the key.
        StoreUnusable: The file of the tokens cannot be written.
    """
    where = checked_address(address)
    token = checked_token(token, "Copy the key as Seerr shows it under Settings, General.")
    told = ask(where, "/api/v1/auth/me", headers={"X-Api-Key": token}, timeout=_PATIENCE)
    if not (isinstance(told, dict) and "id" in told):
        raise ServiceError(f"{where} does not answer as Seerr does.")

    def work(session: Session) -> None:
        note_asked_only(session, NAME, KIND)
        session.save_address(NAME, where)

    loop.store.write(work)
    save_token(tokens_file(loop.store.address), NAME, token)
    return text(told, "displayName") or text(told, "email") or "somebody"


def takes_requests(store: Store) -> bool:
    """Tell whether there is a Seerr.

    >>> from movieloop.store import open_store
    >>> with open_store(":memory:") as store:
    ...     takes_requests(store)
    False

    Args:
        store: The open database.

    Returns:
        Whether a film can be requested.
    """
    with store.read() as session:
        known = session.connection(NAME)
    return known is not None and known.kind == KIND


def request(loop: MovieLoop, movie: MovieOut) -> Outcome:
    """Request a film.

    Args:
        loop: The open loop.
        movie: The film.

    Returns:
        What became of it; a film that was requested before is not requested twice.

    Raises:
        NothingTakesRequests: No Seerr is connected.
        InvalidInput: Nobody knows the film's number at TMDB.
        ServiceError: It does not answer, or refuses.
        StoreUnusable: The file of the tokens cannot be read.
    """
    with loop.store.read() as session:
        known = session.connection(NAME)
    token = tokens(tokens_file(loop.store.address)).get(NAME)
    if known is None or known.kind != KIND or known.address is None or token is None:
        raise NothingTakesRequests(
            "No Seerr is connected here: movieloop connect requests http://nas.home:5055"
        )
    if movie.owned_since is not None:
        return Outcome.OWNED
    if movie.tmdb_id is None:
        raise InvalidInput("movie_id", "Nobody knows its number at TMDB, by which Seerr asks.")
    said = {"mediaType": "movie", "mediaId": movie.tmdb_id}
    headers = {"X-Api-Key": token}
    path = "/api/v1/request"
    try:
        ask(known.address, path, headers=headers, method="POST", body=said, timeout=_PATIENCE)
    except AlreadyThere:
        return Outcome.ALREADY_REQUESTED
    return Outcome.REQUESTED
