"""The route that takes an export of another service; a dry run shows what would come over."""

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from movieloop.api.parameters import Loop, User
from movieloop.api.problems import described
from movieloop.errors import InvalidInput
from movieloop.importing import import_history
from movieloop.schemas import ImportOut, UnclearOut

router = APIRouter(tags=["user"])
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
    responses=described(401, 413, 422, 503),
    openapi_extra=_FILE,
)
async def import_file(
    user_id: User,
    loop: Loop,
    request: Request,
    dry_run: Annotated[bool, Query(description="Store nothing, only report.")] = False,
) -> ImportOut:
    """Bring a history over: the export of Letterboxd, IMDb, Trakt, Netflix or TMDB, or ratings.

    Send the file itself as the body, 32 MiB at most. Importing it again changes nothing.
    """
    file = await request.body()
    if not file:
        raise InvalidInput("file", "The body is empty. Send the export itself, a zip or a CSV.")
    return await run_in_threadpool(_imported, loop, user_id, file, dry_run)


def _imported(loop: Loop, user_id: str, file: bytes, dry_run: bool) -> ImportOut:
    """Keep the file on the disk for as long as it is read."""
    with tempfile.TemporaryDirectory(prefix="movieloop-import-") as folder:
        path = Path(folder) / ("export.zip" if file.startswith(b"PK") else "export.csv")
        path.write_bytes(file)
        report = import_history(loop, path, user_id, dry_run=dry_run)
    return ImportOut(
        source=report.source,
        dry_run=report.dry_run,
        read=report.read,
        imported=report.imported,
        already_there=report.already_there,
        skipped=dict(report.skipped),
        unmatched=[_unclear(film) for film in report.unmatched],
        ambiguous=[_unclear(film) for film in report.ambiguous],
        bad=report.bad,
        bad_rows=[f"line {row.line}: {row.reason}" for row in report.bad_rows],
    )


def _unclear(film: object) -> UnclearOut:
    return UnclearOut.model_validate(film, from_attributes=True)
