"""What an import came to."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from movieloop.schemas.base import Output


class UnclearOut(Output):
    """A film of an imported file that is not clear."""

    film: str
    rows: int
    candidates: list[str]


class ImportOut(Output):
    """What an import did, or would do."""

    source: str = Field(description="The format of the file.")
    dry_run: bool
    read: int
    imported: int
    already_there: int
    skipped: dict[str, int] = Field(description="Rows that were passed over, by reason.")
    unmatched: list[UnclearOut]
    ambiguous: list[UnclearOut]
    wished: int = Field(description="How many films joined the watchlist.")
    uncertain: list[UnclearOut] = Field(
        description="Films that were taken by a title alone, a year beside it, or without their "
        "subtitle; `candidates` holds the film that was taken."
    )
    undated: int = Field(
        description="Rows whose date cannot be used; their opinions count, the latest of all."
    )
    bad: int
    bad_rows: list[str] = Field(description="The first rows that could not be read, and why.")
    notes: list[str] = Field(description="What should be known of the file, its encoding say.")
    new_films: int = Field(description="How many films joined the catalogue.")
    seconds: float = Field(description="How long it took.")


class ImportRunOut(Output):
    """How far an import is, and what came of it."""

    import_id: str
    state: Literal["running", "done", "failed", "stopped", "lost"] = Field(
        description="`lost`: the process that ran it ended. Import the file again to finish it."
    )
    rows: int = Field(description="How many rows are done.")
    share: float = Field(description="How much of all is stored, 0 to 1.")
    began_at: datetime
    ended_at: datetime | None
    report: ImportOut | None = Field(description="What it did, once it is done.")
    problem: str | None = Field(description="Why it is not done.")


class ImportRunsOut(Output):
    """The imports of a user, those of the last week, newest first."""

    imports: list[ImportRunOut]
