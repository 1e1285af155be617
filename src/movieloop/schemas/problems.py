"""What every failing path answers."""

from pydantic import Field

from movieloop.schemas.base import Output


class FieldProblem(Output):
    """One wrong field."""

    field: str
    message: str
    choices: list[str] | None = Field(
        None, exclude_if=lambda choices: choices is None, description="What can be chosen instead."
    )


class Problem(Output):
    """What went wrong, as RFC 9457 (application/problem+json) says it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
    suggestions: list[str] | None = None
    movie_id: int | None = None
