"""The row a player shows: what Streamyfin reads from a Streamystats."""

from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, Response

from movieloop.api.parameters import Loop
from movieloop.api.problems import described, problem
from movieloop.errors import ServiceError
from movieloop.importers.media_servers.player import (
    PlayerTokens,
    ids_only,
    row_for,
    token_of,
)
from movieloop.importers.media_servers.which_jellyfin import WhichJellyfin
from movieloop.schemas.player import PlayerIdsRow, PlayerRow

router = APIRouter(tags=["connections"])


@router.get(
    "/api/recommendations",
    operation_id="player_row",
    response_model=PlayerRow | PlayerIdsRow,
    responses=described(401, 422, 503),
)
def player_row(
    request: Request,
    loop: Loop,
    authorization: Annotated[
        str, Header(max_length=2000, description='`MediaBrowser Token="..."`, of Jellyfin.')
    ] = "",
    serverName: Annotated[  # noqa: N803 - the player's word
        str | None,
        Query(
            max_length=200, description="If there are several: the connection's or Jellyfin's name."
        ),
    ] = None,
    jellyfinServerId: Annotated[  # noqa: N803 - the player's word
        str | None,
        Query(max_length=64, description="If there are several: Jellyfin's number for itself."),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many films at most.")] = 20,
    type: Annotated[
        Literal["Movie", "Series", "all"], Query(description="Series are never recommended.")
    ] = "all",
    format: Annotated[
        Literal["full", "ids"], Query(description="`ids`: only Jellyfin's names for the films.")
    ] = "full",
    includeBasedOn: Annotated[  # noqa: N803 - the player's word
        bool, Query(description="Whether to name the films of the library behind each.")
    ] = True,
    includeReasons: Annotated[  # noqa: N803 - the player's word
        bool, Query(description="Whether to say why.")
    ] = True,
) -> PlayerRow | PlayerIdsRow | Response:
    """A row inside the player: the nearest films of the library of a connected Jellyfin.

    As Streamyfin asks a Streamystats: the player shows the token it has from Jellyfin, which says
    whose it is. `serverId` and `range` are taken and change nothing.
    """
    token = token_of(authorization)
    if token is None:
        return _refused()
    which: WhichJellyfin = request.app.state.which_jellyfin
    tokens: PlayerTokens = request.app.state.player_tokens
    try:
        connection, address = which.meant(loop, serverName, jellyfinServerId)
        account = tokens.account(connection, address, token)
    except ServiceError as error:
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "Jellyfin does not answer", str(error))
    if account is None:
        return _refused()
    asked = {"limit": limit, "type": type, "format": format}
    row = row_for(
        loop,
        account,
        {**asked, "includeBasedOn": includeBasedOn, "includeReasons": includeReasons},
    )
    return ids_only(row) if format == "ids" else row


def _refused() -> Response:
    return problem(
        HTTPStatus.UNAUTHORIZED,
        "No token of Jellyfin",
        'Send the header Authorization: MediaBrowser Token="..." with a token of Jellyfin.',
        headers={"WWW-Authenticate": "MediaBrowser"},
    )
