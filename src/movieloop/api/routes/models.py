"""Routes for the operator: which points serve, and how well everybody is served."""

from typing import Annotated

from fastapi import APIRouter, Path

from movieloop.api.parameters import Loop
from movieloop.api.problems import described
from movieloop.schemas.fields import MAX_ID
from movieloop.schemas.models import ModelsOut
from movieloop.schemas.progress import EverybodyOut

router = APIRouter(tags=["operator"])


@router.get("/models", operation_id="models", responses=described(401, 503))
def models(loop: Loop) -> ModelsOut:
    """The versions of the points with their scores, newest first."""
    return loop.models.list()


@router.post(
    "/models/{version}/promote", operation_id="promote", responses=described(401, 404, 422, 503)
)
def promote(
    version: Annotated[int, Path(ge=1, le=MAX_ID, description="The version's number.")],
    loop: Loop,
) -> ModelsOut:
    """Make a version live; every server notices at its next request."""
    return loop.models.promote(version)


@router.post("/models/rollback", operation_id="rollback", responses=described(401, 404, 503))
def rollback(loop: Loop) -> ModelsOut:
    """Make the version live again that was live before."""
    return loop.models.rollback()


@router.get("/progress", operation_id="everybody", responses=described(401, 503))
def everybody(loop: Loop) -> EverybodyOut:
    """Is it learning? The promises of all users together, beside plain popularity's."""
    return loop.users.everybody()
