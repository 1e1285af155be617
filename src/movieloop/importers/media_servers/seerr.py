"""Asks a Seerr (Overseerr, Jellyseerr) for a film; what becomes of it is up to the Seerr.

| asked | what for |
|---|---|
| `GET /api/v1/auth/me` | whether the key is right |
| `POST /api/v1/request` | a film, by its number at TMDB |

https://api-docs.overseerr.dev
"""

from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.hooks.event import text
from movieloop.importers.media_servers.asking import AlreadyThere, ask
from movieloop.importers.media_servers.request_service import (
    NO_WISHES,
    Outcome,
    RequestService,
    Wishes,
)

PATIENCE = 10.0  # seconds: somebody looks at the button


class Seerr(RequestService):
    """Requests, approved by whoever approves there."""

    called = "Seerr"

    def greet(self, wishes: Wishes) -> tuple[Wishes, str]:
        """Ask who the key is."""
        told = ask(self.address, "/api/v1/auth/me", headers=self.headers, timeout=PATIENCE)
        if not (isinstance(told, dict) and "id" in told):
            raise ServiceError(f"{self.address} does not answer as Seerr does.")
        if wishes != NO_WISHES:
            raise InvalidInput("quality", "Seerr chooses quality and folder: leave them out.")
        who = text(told, "displayName") or text(told, "email") or "somebody"
        return wishes, f"requests are made as {who}"

    def request(self, tmdb_id: int, wishes: Wishes) -> Outcome:
        """Request a film."""
        said = {"mediaType": "movie", "mediaId": tmdb_id}
        try:
            ask(
                self.address, "/api/v1/request",
                headers=self.headers, method="POST", body=said, timeout=PATIENCE,
            )  # fmt: skip
        except AlreadyThere:
            return Outcome.ALREADY_REQUESTED
        return Outcome.REQUESTED
