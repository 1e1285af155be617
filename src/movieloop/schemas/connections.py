"""Connected media servers: who their people are, and what became of what they told."""

from datetime import datetime

from pydantic import Field

from movieloop.schemas.base import Input, Output
from movieloop.schemas.fields import UserId


class HookOut(Output):
    """What became of an event."""

    outcome: str = Field(description='"kept" to be learned, "repeated" or "passed over".')
    reason: str = ""


class PersonIn(Input):
    """Who an account is here."""

    user_id: UserId


class PersonOut(Output):
    """An account of a media server."""

    person: str = Field(description="The server's own name for it.")
    called: str = Field(description="What it is called there.")
    user_id: str | None = Field(description="Who it is here; null as long as nobody has said.")
    waiting: int = Field(description="How many of its events wait for that.")


class OutcomeOut(Output):
    """How often something became of events."""

    outcome: str = Field(description='"learned", "passed over", "unclear" or "refused".')
    reason: str
    times: int
    last_at: datetime


class ConnectionOut(Output):
    """A media server that tells what was watched."""

    name: str
    kind: str
    created_at: datetime
    people: list[PersonOut]
    outcomes: list[OutcomeOut]


class ConnectionsOut(Output):
    """All of them."""

    connections: list[ConnectionOut]


class NewConnectionOut(Output):
    """A connection that was just made."""

    name: str
    kind: str
    address: str = Field(description="Where the server must send to; it holds the secret.")
