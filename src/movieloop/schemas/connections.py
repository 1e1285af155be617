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

    outcome: str = Field(description='"learned", "passed over", "unclear", "refused" or "failed".')
    reason: str
    times: int
    last_at: datetime


class ConnectionOut(Output):
    """A media server that tells what was watched."""

    name: str
    kind: str
    created_at: datetime
    address: str | None = Field(None, description="Where it can be asked for its library.")
    asked_at: datetime | None = Field(None, description="When it last answered.")
    films: int = Field(0, description="How many films it has, as far as is known.")
    unclear_films: int = Field(0, description="Those of which nobody can tell which they are.")
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


class BroughtOut(Output):
    """What a media server has told when it was asked."""

    name: str
    dry_run: bool
    films: int = Field(description="How many films it has.")
    added: int = Field(description="How many of them were new.")
    removed: int = Field(description="How many are gone since the last time.")
    joined: int = Field(description="How many of them the catalogue lacked.")
    unclear: list[str] = Field(description="Films of which nobody can tell which they are.")
    watched: dict[str, int] = Field(description="What was watched or loved, by account.")
    new_events: int
    learned: int
