"""The route that takes an export of another service; a dry run shows what would come over."""

import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from movieloop.api.parameters import Loop, User
from movieloop.api.problems import described, problem
from movieloop.errors import InvalidInput
from movieloop.importers import import_history, import_out
from movieloop.schemas.imports import ImportOut

router = APIRouter(tags=["user"])
_FORM = "application/x-www-form-urlencoded"  # what curl says of --data-binary, too
_FILE = {
    "requestBody": {
        "required": True,
        "description": "The file as it is.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "minLength": 1}}},
    }
}


@router.post(
    "/user/{user_id:user}/import",
    operation_id="import_file",
    response_model=ImportOut,
    responses=described(401, 413, 415, 422, 503),
    openapi_extra=_FILE,
)
async def import_file(
    user_id: User,
    loop: Loop,
    request: Request,
    dry_run: Annotated[bool, Query(description="Store nothing, only report.")] = False,
) -> ImportOut | Response:
    """Bring a history over: the export of Letterboxd, IMDb, Trakt, Netflix or TMDB, or ratings.

    Send the file itself as the body, 32 MiB at most. Importing it again changes nothing.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return _not_the_file("a form")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        return _not_the_file("compressed")
    file = await request.body()
    if not file:
        raise InvalidInput("file", "The body is empty. Send the export itself, a zip or a CSV.")
    try:
        return await run_in_threadpool(_imported, loop, user_id, file, dry_run)
    except InvalidInput:
        if kind == _FORM and not {*b"\r\n"} & {*file}:  # curl -d takes line ends away
            return _not_the_file("without its line ends")
        raise


def _imported(loop: Loop, user_id: str, file: bytes, dry_run: bool) -> ImportOut:
    """Keep the file on the disk for as long as it is read."""
    with tempfile.TemporaryDirectory(prefix="movieloop-import-") as folder:
        path = Path(folder) / ("export.zip" if file.startswith(b"PK") else "export.csv")
        path.write_bytes(file)
        report = import_history(loop, path, user_id, dry_run=dry_run, called="The file")
    return import_out(report)


def _not_the_file(how: str) -> JSONResponse:
    return problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "Unsupported media type",
        f"The file came {how}. Send the file itself as the body, for example with: "
        "curl --data-binary @export.zip",
    )
