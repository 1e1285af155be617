"""SQL of the movies: the catalogue, the versions of its points, and which one is live."""

import json
from collections.abc import Iterable

from movieloop.catalog import Movie
from movieloop.embeddings import Embeddings
from movieloop.store.connection import Tables, now_ms


class MovieTables(Tables):
    """Statements on `movies`, `catalog_changes`, `embeddings` and `live_embeddings`."""

    def movies(self) -> list[Movie]:
        """Read the catalogue.

        Returns:
            All movies, best known first.
        """
        rows = self._execute(
            """
            SELECT movie_id, title, year, genres, imdb_id, popularity
            FROM movies
            ORDER BY popularity DESC, movie_id
            """
        )
        return [
            Movie(row[0], row[1], row[2], tuple(json.loads(row[3])), row[4], row[5]) for row in rows
        ]

    def save_movies(self, movies: Iterable[Movie]) -> None:
        """Add movies to the catalogue; those it has are brought up to date.

        Args:
            movies: The movies.
        """
        for movie in movies:
            self._execute(
                """
                INSERT INTO movies (movie_id, title, year, genres, imdb_id, popularity)
                VALUES (:movie_id, :title, :year, :genres, :imdb_id, :popularity)
                ON CONFLICT (movie_id) DO UPDATE
                SET title = excluded.title,
                    year = excluded.year,
                    genres = excluded.genres,
                    imdb_id = excluded.imdb_id,
                    popularity = excluded.popularity
                """,
                {
                    "movie_id": movie.movie_id,
                    "title": movie.title,
                    "year": movie.year,
                    "genres": json.dumps(movie.genres, ensure_ascii=False),
                    "imdb_id": movie.imdb_id,
                    "popularity": movie.popularity,
                },
            )
        self._catalog_changed()

    def catalog_version(self) -> int:
        """Read how often the catalogue has changed, so that a copy of it can be kept.

        Returns:
            A number that grows with every change.
        """
        row = self._execute("SELECT version FROM catalog_changes").fetchone()
        return int(row[0]) if row else 0

    def _catalog_changed(self) -> None:
        self._execute(
            """
            INSERT INTO catalog_changes (only_row, version)
            VALUES (1, 1)
            ON CONFLICT (only_row) DO UPDATE
            SET version = catalog_changes.version + 1
            """
        )

    def live_version(self) -> int | None:
        """Read which embeddings are live.

        Returns:
            Their version; None in a database that has none yet.
        """
        row = self._execute("SELECT version FROM live_embeddings").fetchone()
        return row[0] if row else None

    def embeddings(self, version: int) -> tuple[Embeddings, str]:
        """Read one version of the points.

        Args:
            version: Its number, which must exist.

        Returns:
            The embeddings and where they come from.
        """
        row = self._execute(
            "SELECT points, origin FROM embeddings WHERE version = :version",
            {"version": version},
        ).fetchone()
        return Embeddings.from_bytes(row[0], version=version), row[1]

    def version_of(self, digest: str) -> int | None:
        """Find the version a file of points was stored as.

        Args:
            digest: The SHA-256 of its bytes, in hexadecimal.

        Returns:
            The version; None if it was never stored.
        """
        row = self._execute(
            "SELECT version FROM embeddings WHERE digest = :digest", {"digest": digest}
        ).fetchone()
        return row[0] if row else None

    def save_embeddings(self, points: bytes, *, digest: str, origin: str) -> int:
        """Store a version of the points; it is not live yet.

        Args:
            points: What `Embeddings.to_bytes` packed.
            digest: The SHA-256 of these bytes, in hexadecimal.
            origin: Where they come from, for people.

        Returns:
            The new version.
        """
        row = self._execute(
            """
            INSERT INTO embeddings (digest, origin, points, created_at)
            VALUES (:digest, :origin, :points, :now)
            RETURNING version
            """,
            {"digest": digest, "origin": origin, "points": points, "now": now_ms()},
        ).fetchone()
        return int(row[0])

    def promote(self, version: int) -> None:
        """Make a version live; profiles are refolded when next touched.

        Args:
            version: A stored version.
        """
        self._execute(
            """
            INSERT INTO live_embeddings (only_row, version, promoted_at)
            VALUES (1, :version, :now)
            ON CONFLICT (only_row) DO UPDATE
            SET version = excluded.version, promoted_at = excluded.promoted_at
            """,
            {"version": version, "now": now_ms()},
        )
        self._execute(
            "INSERT INTO promotions (version, promoted_at) VALUES (:version, :now)",
            {"version": version, "now": now_ms()},
        )
