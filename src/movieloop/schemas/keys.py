"""API keys, as the command line tells them; no route does."""

from datetime import datetime

from pydantic import Field

from movieloop.schemas.base import Output


class KeyOut(Output):
    """What is known of a key; the key itself is not."""

    name: str
    scope: str = Field(description="read, write or admin.")
    user_id: str | None = Field(description="The only user it may be; null for anybody.")
    created_at: datetime | None
    used_at: datetime | None = Field(description="To the minute; null for never.")
    expires_at: datetime | None = Field(description="null for never.")


class NewKeyOut(KeyOut):
    """A key that was made just now."""

    key: str = Field(description="Shown only now.")


class KeysOut(Output):
    """All keys, oldest first."""

    keys: list[KeyOut]
