"""The route that hands out a copy of the whole database."""

from collections.abc import Iterator
from typing import BinaryIO

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from movieloop.api.parameters import Loop
from movieloop.api.problems import described
from movieloop.store.backup import named_by_time
from movieloop.store.scratch import scratch

MEDIA = "application/vnd.sqlite3"
PIECE = 1 << 20  # bytes
router = APIRouter(tags=["service"])


@router.get(
    "/backup",
    operation_id="backup",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "An SQLite file; `movieloop restore` puts it back.",
            "content": {MEDIA: {"schema": {"type": "string", "format": "binary"}}},
        },
        **described(401, 503),
    },
)
def backup(loop: Loop) -> StreamingResponse:
    """A copy of everything: one moment of the database, checked, in one file."""
    store = loop.store
    with scratch(store.folder) as folder:
        copy = named_by_time(folder, store.folder / store.stem)
        store.back_up(copy)
        size, opened = copy.stat().st_size, copy.open("rb")
    # The name is gone, the bytes stay until they are sent: nothing is left behind by a hang-up.
    headers = {
        "Content-Length": str(size),
        "Content-Disposition": f'attachment; filename="{copy.name}"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(_pieces(opened), media_type=MEDIA, headers=headers)


def _pieces(opened: BinaryIO) -> Iterator[bytes]:
    with opened:
        while piece := opened.read(PIECE):
            yield piece
