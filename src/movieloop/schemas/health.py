"""Whether the service is well."""

from typing import Literal

from pydantic import Field

from movieloop.schemas.base import Output


class Health(Output):
    """Whether the service is well."""

    status: Literal["healthy"] = "healthy"
    message: str
    version: str
    total_movies: int


class Alive(Output):
    """A probe's answer."""

    status: Literal["ok"] = "ok"


class FindingOut(Output):
    """Something the doctor found that is not as it should be."""

    user_id: str | None = Field(description="Whose profile it is about; null for the file itself.")
    message: str


class DoctorOut(Output):
    """What the doctor found."""

    database: str
    movies: int
    embeddings_version: int = Field(description="0 if the points cannot be read.")
    origin: str = Field(description="Where the points come from.")
    users: int
    findings: list[FindingOut]
    mended: int = Field(description="How many profiles were written as their log says.")
    well: bool = Field(description="Whether all is well now.")
