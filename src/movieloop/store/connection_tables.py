"""SQL of the connections: the media servers and services that tell, or are asked.

>>> from movieloop.store import open_store
>>> with open_store(":memory:") as store:
...     store.write(lambda session: session.save_connection("home", "plex", "5e884898"))
...     store.write(lambda session: session.save_address("home", "http://nas.home:32400"))
...     with store.read() as session:
...         known = session.connection("home")
True
>>> known.kind, known.address, known.asked_at
('plex', 'http://nas.home:32400', None)
"""

from typing import NamedTuple

from movieloop.store.connection import now_ms
from movieloop.store.name_tables import NameTables


class StoredConnection(NamedTuple):
    """A media server that may tell what was watched.

    Attributes:
        name: What its owner calls it.
        kind: Which server it is: plex, jellyfin, emby.
        secret_hash: SHA-256 of what it must say, in hexadecimal.
        created_at: Milliseconds since 1970.
        address: Where it can be asked for its library; None if it only tells.
        asked_at: When it last answered, milliseconds since 1970; None if it never has.
        playlists: Whether it gets a playlist for everybody.
        request_as: How films are requested there, as JSON; None where nothing takes requests.
    """

    name: str
    kind: str
    secret_hash: str
    created_at: int
    address: str | None
    asked_at: int | None
    playlists: bool
    request_as: str | None


class ConnectionTables(NameTables):
    """Statements on `connections`."""

    def save_connection(self, name: str, kind: str, secret_hash: str) -> None:
        """Store a media server; one of that name gets another secret.

        Args:
            name: What its owner calls it.
            kind: Which server it is.
            secret_hash: SHA-256 of what it must say, in hexadecimal.
        """
        self._execute(
            """
            INSERT INTO connections (name, kind, secret_hash, created_at)
            VALUES (:name, :kind, :secret_hash, :now)
            ON CONFLICT (name) DO UPDATE
            SET kind = excluded.kind, secret_hash = excluded.secret_hash
            """,
            {"name": name, "kind": kind, "secret_hash": secret_hash, "now": now_ms()},
        )

    def connections(self) -> list[StoredConnection]:
        """List the media servers.

        Returns:
            By name.
        """
        return self._connections("ORDER BY name")

    def connection(self, name: str) -> StoredConnection | None:
        """Find a media server.

        Args:
            name: What its owner calls it.

        Returns:
            It; None if there is none of that name.
        """
        return next(iter(self._connections("WHERE name = :name", name=name)), None)

    def _connections(self, which: str, **values: str) -> list[StoredConnection]:
        rows = self._execute(
            f"""
            SELECT name, kind, secret_hash, created_at, address, asked_at, playlists, request_as
            FROM connections {which}
            """,  # noqa: S608 - our own words
            values,
        )
        known = [StoredConnection(*row) for row in rows]
        return [one._replace(playlists=bool(one.playlists)) for one in known]

    def save_address(self, connection: str, address: str) -> bool:
        """Note where a server can be asked for its library.

        Args:
            connection: Which.
            address: Its address, without any secret.

        Returns:
            Whether there is such a connection.
        """
        noted = self._execute(
            "UPDATE connections SET address = :address WHERE name = :name",
            {"name": connection, "address": address},
        )
        return noted.rowcount > 0

    def save_request_as(self, connection: str, wishes: str) -> None:
        """Note how films are requested of a service.

        Args:
            connection: Which.
            wishes: JSON.
        """
        self._execute(
            "UPDATE connections SET request_as = :wishes WHERE name = :name",
            {"name": connection, "wishes": wishes},
        )

    def note_answered(self, connection: str) -> None:
        """Note that a server has told of its library now.

        Args:
            connection: Which.
        """
        self._execute(
            "UPDATE connections SET asked_at = :now WHERE name = :name",
            {"name": connection, "now": now_ms()},
        )

    def write_playlists(self, connection: str, wanted: bool) -> bool:
        """Say whether a server gets a playlist for everybody.

        Args:
            connection: Which.
            wanted: Whether it does.

        Returns:
            Whether there is such a connection.
        """
        said = self._execute(
            "UPDATE connections SET playlists = :wanted WHERE name = :name",
            {"name": connection, "wanted": wanted},
        )
        return said.rowcount > 0
