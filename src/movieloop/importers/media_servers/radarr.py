"""Adds a film to a Radarr, which looks for it from then on.

| asked | what for |
|---|---|
| `GET /api/v3/system/status` | whether it is a Radarr, and the key is right |
| `GET /api/v3/qualityprofile`, `/rootfolder` | in which qualities, and where, it keeps films |
| `GET /api/v3/movie?tmdbId=` | whether it has the film, or looks for it already |
| `POST /api/v3/movie` | the film, to be looked for |

https://radarr.video/docs/api
"""

from collections.abc import Mapping
from typing import Any

from movieloop.errors import InvalidInput, ServiceError
from movieloop.importers.media_servers.asking import ask
from movieloop.importers.media_servers.request_service import Outcome, RequestService, Wishes

PATIENCE = 30.0  # seconds: Radarr asks others about the film before it answers
_ALL: Mapping[str, int] = {}


class Radarr(RequestService):
    """Films are looked for at once; nobody approves."""

    called = "Radarr"

    def greet(self, wishes: Wishes) -> tuple[Wishes, str]:
        """Ask whether it is one, and settle on a quality and a folder it has."""
        told = self._ask("/system/status")
        if not (isinstance(told, dict) and told.get("appName") == self.called):
            raise ServiceError(f"{self.address} does not answer as Radarr does.")
        settled = Wishes(
            _chosen("quality", wishes.quality, self._qualities()),
            _chosen("folder", wishes.folder, self._folders()),
        )
        return settled, f"films are added in {settled.quality} to {settled.folder}"

    def request(self, tmdb_id: int, wishes: Wishes) -> Outcome:
        """Have a film looked for."""
        there = self._there(tmdb_id)
        if there is not None:
            return there
        qualities = self._qualities()
        if wishes.quality not in qualities or wishes.folder not in self._folders():
            raise ServiceError(
                f"Radarr no longer has {wishes.quality!r} or {wishes.folder!r}. Connect it anew."
            )
        film = {
            "tmdbId": tmdb_id,
            "qualityProfileId": qualities[wishes.quality],
            "rootFolderPath": wishes.folder,
            "monitored": True,
            "addOptions": {"searchForMovie": True},
        }
        try:
            self._ask("/movie", body=film)
        except ServiceError:
            there = self._there(tmdb_id)  # somebody else clicked at the same moment
            if there is None:
                raise
            return there
        return Outcome.REQUESTED

    def _there(self, tmdb_id: int) -> Outcome | None:
        known = self._listed("/movie", tmdbId=tmdb_id)
        if not known:
            return None
        return Outcome.OWNED if known[0].get("hasFile") else Outcome.ALREADY_REQUESTED

    def _qualities(self) -> dict[str, int]:
        return {str(one.get("name")): one["id"] for one in self._listed("/qualityprofile")}

    def _folders(self) -> dict[str, int]:
        return {str(one.get("path")): one["id"] for one in self._listed("/rootfolder")}

    def _listed(self, path: str, **query: int) -> list[dict[str, Any]]:
        told = self._ask(path, query=query)
        if isinstance(told, list) and all(isinstance(one, dict) and "id" in one for one in told):
            return told
        raise ServiceError(f"{self.address} does not answer as Radarr does.")

    def _ask(
        self, path: str, *, query: Mapping[str, int] = _ALL, body: dict[str, object] | None = None
    ) -> Any:  # noqa: ANN401 - JSON
        return ask(
            self.address, f"/api/v3{path}", headers=self.headers, query=query,
            method="GET" if body is None else "POST", body=body, timeout=PATIENCE,
        )  # fmt: skip


def _chosen(what: str, wanted: str | None, there: dict[str, int]) -> str:
    """Choose what is wanted, or the only one there is."""
    if wanted is None and len(there) == 1:
        return next(iter(there))
    if wanted in there:
        return str(wanted)
    if not there:
        raise InvalidInput(what, f"Radarr has no {what} yet: give it one in its settings.")
    known = ", ".join(repr(one) for one in there)
    why = f"Radarr has no {wanted!r}. Choose of: {known}."
    if wanted is None:
        why = f"Radarr has several; say --{what} with one of: {known}."
    raise InvalidInput(what, why, choices=list(there))
