"""The route that takes an export of another service; a dry run shows what would come over."""

import asyncio
from collections.abc import Collection
from functools import partial
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as PathParameter
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from movieloop.api.import_runs import import_run_out, run_of
from movieloop.api.parameters import Loop, User
from movieloop.api.problems import described, problem
from movieloop.errors import InvalidInput
from movieloop.importers import import_history, import_out
from movieloop.importers.batches import Progress, no_progress
from movieloop.recommender.loop import MovieLoop
from movieloop.schemas.imports import ImportOut, ImportRunOut, ImportRunsOut
from movieloop.store import Session
from movieloop.store.import_runs import ImportRun
from movieloop.store.scratch import scratch

router = APIRouter(tags=["user"])
ImportId = Annotated[str, PathParameter(max_length=64, description="The name of an import.")]
UNPACKED_LIMIT = 64 * 2**20  # bytes; the command line reads more
_MOST_FILES = 20
_FORM = "application/x-www-form-urlencoded"  # what curl says of --data-binary, too
_FILE = {
    "requestBody": {
        "required": True,
        "description": "The file as it is, or a form with it.",
        "content": {
            "application/octet-stream": {
                "schema": {"type": "string", "format": "binary", "minLength": 1}
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
        },
    }
}


@router.post(
    "/user/{user_id:user}/import",
    operation_id="import_file",
    response_model=ImportOut,
    responses={
        202: {"model": ImportRunOut, "description": "It goes on; ask the address in `Location`."},
        **described(401, 409, 413, 415, 422, 503),
    },
    openapi_extra=_FILE,
)
async def import_file(
    user_id: User,
    loop: Loop,
    request: Request,
    dry_run: Annotated[bool, Query(description="Store nothing, only report.")] = False,
    profile: Annotated[
        str | None, Query(description="Whose rows to take if the file holds several people's.")
    ] = None,
    accept: Annotated[
        list[Annotated[str, Query(max_length=400)]] | None,
        Query(
            max_length=50,
            description="Films of the report whose first candidate is meant, or `all`; repeat the "
            "parameter.",
        ),
    ] = None,
) -> ImportOut | Response:
    """Bring a history over: the export of Letterboxd, IMDb, Trakt, Netflix or TMDB, or ratings.

    Send the file as the body or in a form, gzipped or not, 32 MiB at most, 64 MiB unpacked.
    Importing it again changes nothing. A user has one import at a time. With `Prefer:
    respond-async` the answer comes at once, and `GET /user/{user_id}/import` tells how far it is;
    a dry run is always waited for.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):  # what is gzipped is seen by its bytes
        return _not_the_file(f"compressed with {encoding[:20]!r}")
    files = {"export": await request.body()}
    if kind == "multipart/form-data":
        files = await _files_of(request)
    if not any(files.values()):
        raise InvalidInput(
            "file", "There is nothing in it. Send the export itself, a zip or a CSV."
        )
    work = partial(
        _imported, loop, user_id, files, dry_run=dry_run, profile=profile, accept=accept or ()
    )
    try:
        if dry_run:
            return await run_in_threadpool(work, no_progress)
        import_id, task = await request.app.state.imports.begin(user_id, work)
        if _not_waiting(request):
            return await _accepted(loop, user_id, import_id)
        return await asyncio.shield(task)
    except InvalidInput:
        # curl -d takes line ends away
        if kind == _FORM and not {*b"\r\n"} & {*next(iter(files.values()))}:
            return _not_the_file("without its line ends")
        raise


@router.get(
    "/user/{user_id:user}/import",
    operation_id="list_imports",
    responses=described(401, 422, 503),
)
def list_imports(user_id: User, loop: Loop) -> ImportRunsOut:
    """How far a user's imports are, and what came of them: those of the last week."""
    with loop.store.read() as session:
        return ImportRunsOut(imports=[*map(import_run_out, session.import_runs(user_id))])


@router.get(
    "/user/{user_id:user}/import/{import_id}",
    operation_id="import_status",
    responses=described(401, 404, 422, 503),
)
def import_status(user_id: User, import_id: ImportId, loop: Loop) -> ImportRunOut:
    """How far an import is, and what came of it."""
    with loop.store.read() as session:
        return import_run_out(run_of(session.import_runs(user_id), import_id))


@router.delete(
    "/user/{user_id:user}/import/{import_id}",
    operation_id="stop_import",
    status_code=HTTPStatus.ACCEPTED,
    responses=described(401, 404, 422, 503),
)
def stop_import(user_id: User, import_id: ImportId, loop: Loop) -> ImportRunOut:
    """Stop an import, within a second or two. What it has stored stays."""

    def work(session: Session) -> ImportRun:
        found = run_of(session.import_runs(user_id), import_id)
        session.stop_import(user_id, import_id)
        return found

    return import_run_out(loop.store.write(work))


def _not_waiting(request: Request) -> bool:
    """Tell whether the caller prefers an answer at once (RFC 7240)."""
    wishes = ",".join(request.headers.getlist("prefer")).lower().split(",")
    return any(wish.partition(";")[0].strip() == "respond-async" for wish in wishes)


async def _accepted(loop: MovieLoop, user_id: str, import_id: str) -> Response:
    body = await run_in_threadpool(import_status, user_id, import_id, loop)
    return Response(
        body.model_dump_json(),
        HTTPStatus.ACCEPTED,
        {
            "Location": f"/user/{quote(user_id, safe='')}/import/{import_id}",
            "Retry-After": "1",
            "Preference-Applied": "respond-async",
        },
        "application/json",
    )


async def _files_of(request: Request) -> dict[str, bytes]:
    """Take the files out of a form, by the last part of their names."""
    try:
        async with request.form(max_files=_MOST_FILES, max_fields=_MOST_FILES) as form:
            return {
                f"{PurePosixPath(part.filename or 'export').name}": await part.read()
                for _, part in form.multi_items()
                if isinstance(part, UploadFile)
            }
    except HTTPException as error:
        raise InvalidInput("file", f"The form cannot be read ({error.detail}).") from None


def _imported(
    loop: Loop,
    user_id: str,
    files: dict[str, bytes],
    progress: Progress,
    *,
    dry_run: bool,
    profile: str | None,
    accept: Collection[str],
) -> ImportOut:
    """Keep the files on the disk for as long as they are read."""
    with scratch(loop.store.folder) as folder:
        for number, (name, content) in enumerate(files.items()):
            called = "".join(c if c.isalnum() or c in "-." else "_" for c in name)[-80:]
            (folder / f"{number}{called}").write_bytes(content)
        path = folder if len(files) > 1 else next(folder.iterdir())
        report = import_history(
            loop,
            path,
            user_id,
            dry_run=dry_run,
            profile=profile,
            accept=accept,
            called="The file",
            most_bytes=UNPACKED_LIMIT,
            progress=progress,
        )
    return import_out(report)


def _not_the_file(how: str) -> JSONResponse:
    return problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "Unsupported media type",
        f"The file came {how}. Send the file itself as the body, for example with: "
        "curl --data-binary @export.zip",
    )
