"""What all bodies share: input is strict, answers are frozen."""

from pydantic import BaseModel, ConfigDict


class Input(BaseModel):
    """What a caller sends: strict, no unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid")


class Output(BaseModel):
    """What movieloop answers."""

    model_config = ConfigDict(frozen=True)
