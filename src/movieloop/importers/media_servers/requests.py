"""Asking for a film the household lacks: a Seerr takes the request, or a Radarr the film.

Only when somebody clicks, never by itself.
"""

import json

from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.connecting import note_asked_only
from movieloop.importers.media_servers.asking import TokenRefused, checked_address, checked_token
from movieloop.importers.media_servers.radarr import Radarr
from movieloop.importers.media_servers.request_service import (
    NO_WISHES,
    Outcome,
    RequestService,
    Wishes,
)
from movieloop.importers.media_servers.seerr import Seerr
from movieloop.importers.media_servers.tokens import save_token, tokens, tokens_file
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.movies import MovieOut
from movieloop.store import Session, Store

NAME = "requests"  # of the one connection that takes requests
SERVICES: dict[str, type[RequestService]] = {"radarr": Radarr, "seerr": Seerr}


class NothingTakesRequests(ServiceError):
    """Neither a Seerr nor a Radarr is connected."""


def connect_requests(loop: MovieLoop, address: str, token: str, wishes: Wishes = NO_WISHES) -> str:
    """Note what takes requests, once it has answered; which service it is, it tells itself.

    Args:
        loop: The open loop.
        address: Where it is.
        token: Its API key.
        wishes: Which quality and folder a Radarr is to use, where it has several.

    Returns:
        What it is, and how requests are made, in words.

    Raises:
        InvalidInput: The address or the key is none, a wish cannot be fulfilled, or another
            connection is called "requests".
        ServiceError: It does not answer, or does not know the key.
        StoreUnusable: The file of the tokens cannot be written.
    """
    where = checked_address(address)
    token = checked_token(token, "Copy the key as it is shown there under Settings, General.")
    kind, settled, words = _greeted(where, token, wishes)

    def work(session: Session) -> None:
        known = session.connection(NAME)
        if known is not None and known.kind in SERVICES and known.kind != kind:
            session.drop_connection(NAME)
        note_asked_only(session, NAME, kind)
        session.save_address(NAME, where)
        session.save_request_as(NAME, json.dumps(settled._asdict()))

    loop.store.write(work)
    save_token(tokens_file(loop.store.address), NAME, token)
    return f"{SERVICES[kind].called} answers; {words}."


def _greeted(address: str, token: str, wishes: Wishes) -> tuple[str, Wishes, str]:
    """Find out which service it is."""
    why = None
    for kind, service in SERVICES.items():
        try:
            return kind, *service(address, token).greet(wishes)
        except TokenRefused:
            raise
        except ServiceError as error:
            why = error
    raise ServiceError(f"Neither a Radarr nor a Seerr answers there. {why}")


def takes_requests(store: Store) -> bool:
    """Tell whether there is a Seerr or a Radarr.

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
    return known is not None and known.kind in SERVICES


def request(loop: MovieLoop, movie: MovieOut) -> Outcome:
    """Request a film.

    Args:
        loop: The open loop.
        movie: The film.

    Returns:
        What became of it; a film that was requested before is not requested twice.

    Raises:
        NothingTakesRequests: Nothing is connected that does.
        InvalidInput: Nobody knows the film's number at TMDB.
        ServiceError: It does not answer, or refuses.
        StoreUnusable: The file of the tokens cannot be read.
    """
    with loop.store.read() as session:
        known = session.connection(NAME)
    token = tokens(tokens_file(loop.store.address)).get(NAME)
    if known is None or known.kind not in SERVICES or known.address is None or token is None:
        raise NothingTakesRequests(
            "Neither a Seerr nor a Radarr is connected here: "
            "movieloop connect requests http://nas.home:5055"
        )
    if movie.owned_since is not None:
        return Outcome.OWNED
    if movie.tmdb_id is None:
        raise InvalidInput("movie_id", "Nobody knows its number at TMDB, by which it is requested.")
    wishes = Wishes(**json.loads(known.request_as or "{}"))
    return SERVICES[known.kind](known.address, token).request(movie.tmdb_id, wishes)
