"""The route that takes an export of another service; a dry run shows what would come over."""

import tempfile
from collections.abc import Collection
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from movieloop.api.parameters import Loop, User
from movieloop.api.problems import described, problem
from movieloop.errors import InvalidInput
from movieloop.importers import import_history, import_out
from movieloop.schemas.imports import ImportOut

router = APIRouter(tags=["user"])
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
    responses=described(401, 409, 413, 415, 422, 503),
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
    Importing it again changes nothing. A user has one import at a time.
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
    running: set[str] = request.app.state.importing
    if user_id in running:
        return problem(
            HTTPStatus.CONFLICT,
            "Import is running",
            f"Another file of {user_id!r} is being imported. Wait until it is done.",
            headers={"Retry-After": "5"},
        )
    running.add(user_id)
    try:
        return await run_in_threadpool(
            _imported, loop, user_id, files, dry_run=dry_run, profile=profile, accept=accept or ()
        )
    except InvalidInput:
        # curl -d takes line ends away
        if kind == _FORM and not {*b"\r\n"} & {*next(iter(files.values()))}:
            return _not_the_file("without its line ends")
        raise
    finally:
        running.discard(user_id)


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
    *,
    dry_run: bool,
    profile: str | None,
    accept: Collection[str],
) -> ImportOut:
    """Keep the files on the disk for as long as they are read."""
    with tempfile.TemporaryDirectory(prefix="movieloop-import-") as folder:
        for number, (name, content) in enumerate(files.items()):
            called = "".join(c if c.isalnum() or c in "-." else "_" for c in name)[-80:]
            (Path(folder) / f"{number}{called}").write_bytes(content)
        path = Path(folder) if len(files) > 1 else next(Path(folder).iterdir())
        report = import_history(
            loop,
            path,
            user_id,
            dry_run=dry_run,
            profile=profile,
            accept=accept,
            called="The file",
            most_bytes=UNPACKED_LIMIT,
        )
    return import_out(report)


def _not_the_file(how: str) -> JSONResponse:
    return problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "Unsupported media type",
        f"The file came {how}. Send the file itself as the body, for example with: "
        "curl --data-binary @export.zip",
    )
