"""What comes out about the points: the live ones, all versions, what a training came to.

>>> ModelsOut(versions=[]).model_dump_json()
'{"versions":[]}'
"""

from datetime import datetime

from pydantic import Field, JsonValue

from movieloop.schemas.base import Output


class ModelOut(Output):
    """The live embeddings."""

    embeddings_version: int
    origin: str
    movies: int
    embedding_size: int
    memories: list[dict[str, JsonValue]]
    coordinates: list[str]
    feedback_since_training: int = Field(
        0, description="How much feedback has come since the last training: none has learned it."
    )
    training: bool = Field(False, description="Whether a training runs now.")


class ModelVersion(Output):
    """One stored version of the points."""

    version: int
    origin: str
    created_at: datetime
    live: bool = Field(description="Whether it serves.")
    plan: str | None = Field(description="How it was trained, null if it came with the program.")
    hit_rate: float | None = Field(
        description="Share of the newest likes that stood in the top 10, in a replay."
    )
    live_hit_rate: float | None = Field(description="The same of the points that were live then.")
    reason: str | None = Field(description="Why it went live by itself, or why it did not.")


class ModelsOut(Output):
    """The stored versions, newest first."""

    versions: list[ModelVersion]


class TrainingOut(Output):
    """What a training came to."""

    version: int
    promoted: bool = Field(description="Whether it serves now.")
    reason: str = Field(description="Why it does, or why it does not.")
    judged_by: int = Field(description="How many likes judged that nobody had learned from.")
    plan: str
    hit_rate: float | None = Field(
        description="Share of those likes that stood in its top 10; null if too few could judge."
    )
    live_hit_rate: float | None = Field(description="The same of the points that were live.")
    ratings: int
    people: int
    half_life: float = Field(
        description="Likes of anybody after which a like counts half for popularity."
    )
    seconds: float
