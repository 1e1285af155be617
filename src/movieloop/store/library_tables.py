"""SQL of the libraries: which films the connected media servers have, and since when.

>>> from movieloop.data import Movie
>>> from movieloop.store import open_store
>>> def owned(session):
...     session.save_connection("home", "jellyfin", "5e884898")
...     number = session.add_movie(Movie(7, "Alien", 1979))
...     session.save_library_items("home", [LibraryItem("b1", number, 1_700_000_000_000)])
...     return [(movie.title, movie.owned_since) for movie in session.movies()]
>>> with open_store(":memory:") as store:
...     store.write(owned)
[('Alien', 1700000000000)]
"""

import json
from collections.abc import Iterable
from typing import NamedTuple

from movieloop.store.hook_tables import HookTables
from movieloop.store.movie_tables import MovieTables

_OF_CONNECTION = ("hook_inbox", "hook_people", "hook_outcomes", "library_items", "playlists")


class LibraryItem(NamedTuple):
    """One film of a library.

    Attributes:
        item: The server's own name for it.
        movie_id: The film; None if nobody can tell which one it is.
        added_at: Since when it is there, milliseconds since 1970.
    """

    item: str
    movie_id: int | None
    added_at: int


class StoredPlaylist(NamedTuple):
    """A playlist that was written at a server.

    Attributes:
        person: For which account.
        playlist: The server's own name for it.
        items: The server's own names for its films, in order.
    """

    person: str
    playlist: str
    items: tuple[str, ...]


class LibraryTables(HookTables, MovieTables):
    """Statements on `library_items`, and on what is asked of a server."""

    def library(self, connection: str) -> dict[str, LibraryItem]:
        """Read what is known of a library.

        Args:
            connection: Of which server.

        Returns:
            Its items by the server's own names for them.
        """
        rows = self._execute(
            "SELECT item, movie_id, added_at FROM library_items WHERE connection = :connection",
            {"connection": connection},
        )
        return {row[0]: LibraryItem(*row) for row in rows}

    def library_sizes(self) -> dict[str, tuple[int, int]]:
        """Count the libraries.

        Returns:
            By connection: how many items, and of how many it is not clear which film they are.
        """
        rows = self._execute(
            """
            SELECT connection, COUNT(*), COUNT(*) - COUNT(movie_id)
            FROM library_items GROUP BY connection
            """
        )
        return {row[0]: (int(row[1]), int(row[2])) for row in rows}

    def save_library_items(self, connection: str, items: Iterable[LibraryItem]) -> None:
        """Let films be in a library; what is known of an item is replaced.

        Args:
            connection: Of which server.
            items: The films.
        """
        self._executemany(
            """
            INSERT INTO library_items (connection, item, movie_id, added_at)
            VALUES (:connection, :item, :movie_id, :added_at)
            ON CONFLICT (connection, item) DO UPDATE
            SET movie_id = excluded.movie_id, added_at = excluded.added_at
            """,
            [{"connection": connection, **item._asdict()} for item in items],
        )
        self._catalog_changed()

    def drop_library_items(self, connection: str, items: Iterable[str]) -> None:
        """Let films be gone from a library.

        Args:
            connection: Of which server.
            items: The server's own names for them.
        """
        self._executemany(
            "DELETE FROM library_items WHERE connection = :connection AND item = :item",
            [{"connection": connection, "item": item} for item in items],
        )
        self._catalog_changed()

    def playlists(self, connection: str) -> dict[str, StoredPlaylist]:
        """Read which playlists were written.

        Args:
            connection: At which server.

        Returns:
            Them, by account.
        """
        rows = self._execute(
            "SELECT person, playlist, items FROM playlists WHERE connection = :connection",
            {"connection": connection},
        )
        return {row[0]: StoredPlaylist(row[0], row[1], tuple(json.loads(row[2]))) for row in rows}

    def save_playlist(self, connection: str, written: StoredPlaylist) -> None:
        """Note a playlist that was written.

        Args:
            connection: At which server.
            written: The playlist.
        """
        self._execute(
            """
            INSERT INTO playlists (connection, person, playlist, items)
            VALUES (:connection, :person, :playlist, :items)
            ON CONFLICT (connection, person) DO UPDATE
            SET playlist = excluded.playlist, items = excluded.items
            """,
            {
                "connection": connection,
                "person": written.person,
                "playlist": written.playlist,
                "items": json.dumps(written.items),
            },
        )

    def drop_playlist(self, connection: str, person: str) -> None:
        """Forget a playlist.

        Args:
            connection: At which server.
            person: For which account.
        """
        self._execute(
            "DELETE FROM playlists WHERE connection = :connection AND person = :person",
            {"connection": connection, "person": person},
        )

    def drop_connection(self, name: str) -> bool:
        """Delete a media server with its people, its library and what waits.

        What was learned stays.

        Args:
            name: Which.

        Returns:
            Whether there was one.
        """
        for table in _OF_CONNECTION:
            self._execute(
                f"DELETE FROM {table} WHERE connection = :name",  # noqa: S608 - our own names
                {"name": name},
            )
        gone = self._execute("DELETE FROM connections WHERE name = :name", {"name": name})
        self._catalog_changed()
        return gone.rowcount > 0
