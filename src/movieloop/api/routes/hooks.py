"""The routes by which media servers tell what was watched, and that show what came of it."""

import json
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Path, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from movieloop.api.parameters import Loop
from movieloop.api.problems import described, problem
from movieloop.errors import InvalidInput
from movieloop.importers.hooks import PassedOver, learn_waiting, receive
from movieloop.importers.hooks.connecting import kind_of
from movieloop.importers.hooks.status import connections_out, say_who
from movieloop.schemas.connections import ConnectionsOut, HookOut, PersonIn

router = APIRouter(tags=["connections"])
Connection = Annotated[str, Path(max_length=64, description="The name of the connection.")]
_FIELDS = ("payload", "data")  # of a form: Plex's, Emby's
_PARTS = 20  # of a form
_BODY = {
    "requestBody": {
        "required": True,
        "description": "What the server sends: JSON, or a form that holds it in a field.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


@router.post(
    "/hooks/{connection}/{secret}",
    operation_id="hook",
    status_code=HTTPStatus.ACCEPTED,
    response_model=HookOut,
    responses=described(404, 413, 422, 503),
    openapi_extra=_BODY,
)
async def hook(
    connection: Connection,
    secret: Annotated[str, Path(max_length=200, description="Its secret.")],
    loop: Loop,
    request: Request,
    after: BackgroundTasks,
) -> HookOut | Response:
    """Take what a media server tells: kept when answered, learned right afterwards.

    The same event again changes nothing. What says nothing about a film is answered well, too.
    """
    kind = await run_in_threadpool(kind_of, loop.store, connection, secret)
    if kind is None:
        return problem(
            HTTPStatus.NOT_FOUND,
            "No such connection",
            "There is none of that name and secret. `movieloop connect status` lists them.",
        )
    payload = await _payload_of(request)
    try:
        new = await run_in_threadpool(receive, loop.store, connection, kind, payload)
    except PassedOver as passed:
        return HookOut(outcome="passed over", reason=str(passed))
    except ValueError as error:
        raise InvalidInput("payload", f"{error}.") from None
    if new:
        after.add_task(learn_waiting, loop)
    return HookOut(outcome="kept" if new else "repeated")


@router.get("/connections", operation_id="connections", responses=described(401, 403, 503))
def connections(loop: Loop) -> ConnectionsOut:
    """The connected media servers: who their people are, what was learned, what was not and why."""
    return connections_out(loop.store)


@router.put(
    "/connections/{connection}/people/{person}",
    operation_id="name_person",
    responses=described(400, 401, 403, 413, 415, 422, 503),
)
def name_person(
    connection: Connection,
    person: Annotated[str, Path(max_length=200, description="The account's name there.")],
    named: PersonIn,
    loop: Loop,
) -> ConnectionsOut:
    """Say who an account of a media server is here; what waited of it is learned."""
    return say_who(loop, connection, person, named.user_id)


async def _payload_of(request: Request) -> dict[str, Any]:
    """Find the JSON in what was sent."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    told: str | bytes = await request.body()
    if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        told = await _field_of(request)
    try:
        payload = json.loads(told)
    except (ValueError, RecursionError):
        raise InvalidInput("payload", "It holds no JSON.") from None
    if not isinstance(payload, dict):
        raise InvalidInput("payload", "It holds no JSON object.")
    return payload


async def _field_of(request: Request) -> str | bytes:
    try:
        async with request.form(max_files=_PARTS, max_fields=_PARTS) as form:
            for name in _FIELDS:
                part = form.get(name)
                if part is not None:
                    return await part.read() if isinstance(part, UploadFile) else part
    except HTTPException as error:
        raise InvalidInput("payload", f"The form cannot be read ({error.detail}).") from None
    raise InvalidInput("payload", f"The form has none of the fields {' and '.join(_FIELDS)}.")
