"""SQL of the movies: the catalogue, the versions of its points, and which one is live."""

import secrets
from collections.abc import Iterable
from typing import NamedTuple

from movieloop.data import Movie
from movieloop.model.embeddings import Embeddings
from movieloop.store.connection import Damaged, Tables, now_ms
from movieloop.store.movie_rows import COLUMNS, movie_of, row_of

_ELSEWHERE = ("imdb_id", "tmdb_id", "wikidata_id")
_UPSERT = f"""
    INSERT INTO movies ({", ".join(COLUMNS)})
    VALUES ({", ".join(f":{column}" for column in COLUMNS)})
    ON CONFLICT (movie_id) DO UPDATE
    SET title = excluded.title,
        year = excluded.year,
        genres = excluded.genres,
        popularity = excluded.popularity,
        imdb_id = COALESCE(excluded.imdb_id, movies.imdb_id),
        tmdb_id = COALESCE(excluded.tmdb_id, movies.tmdb_id),
        wikidata_id = COALESCE(excluded.wikidata_id, movies.wikidata_id),
        facts = CASE WHEN excluded.facts = '{{}}' THEN movies.facts ELSE excluded.facts END
"""  # noqa: S608 - names of columns


class LiveState(NamedTuple):
    """Which points and films are live; another moment with the same state has the same ones.

    Attributes:
        version: The version of the points.
        promoted_at: When it became live, milliseconds since 1970.
        catalog: Another number after every change of the catalogue.
    """

    version: int
    promoted_at: int
    catalog: int

    @property
    def points(self) -> tuple[int, int]:
        """What tells the points apart."""
        return self.version, self.promoted_at


class MovieTables(Tables):
    """Statements on `movies`, `catalog_changes`, `embeddings` and `live_embeddings`."""

    def movies(self) -> list[Movie]:
        """Read the catalogue.

        Returns:
            All movies, best known first.
        """
        rows = self._execute(
            f"SELECT {', '.join(COLUMNS)} FROM movies ORDER BY popularity DESC, movie_id"  # noqa: S608
        )
        return [movie_of(row) for row in rows]

    def save_movies(self, movies: Iterable[Movie]) -> dict[int, int]:
        """Add movies to the catalogue; those it has are brought up to date.

        How it works: a movie is one the catalogue has if it has the same number here, or the
        same number at IMDb, TMDB or Wikidata - somebody's import may have brought it before. It
        keeps the number it has here, so what people said stays with it, and what is known of it
        and not told now stays known.

        Args:
            movies: The movies.

        Returns:
            The numbers here of those that have another one than `movie_id`.
        """
        known = {
            name: dict(self._execute(f"SELECT {name}, movie_id FROM movies WHERE {name} NOTNULL"))  # noqa: S608
            for name in _ELSEWHERE
        }
        owners = {name: dict(known[name]) for name in _ELSEWHERE}
        numbers: dict[int, int] = {}
        rows = []
        for movie in movies:
            row = row_of(movie)
            named = [known[name].get(row[name]) for name in _ELSEWHERE]
            number = next((owner for owner in named if owner is not None), movie.movie_id)
            if number != movie.movie_id:
                numbers[movie.movie_id] = row["movie_id"] = number
            for name in _ELSEWHERE:
                if row[name] is not None and owners[name].setdefault(row[name], number) != number:
                    row[name] = None  # another film has it
            rows.append(row)
        self._executemany(_UPSERT, rows)
        self._catalog_changed()
        return numbers

    def _insert_movie(self, movie: Movie) -> None:
        """Add a movie none of whose numbers the catalogue has."""
        self._execute(_UPSERT, row_of(movie))
        self._catalog_changed()

    def _catalog_changed(self) -> None:
        # The step is drawn: a number that was rolled back must not come again with other films.
        self._count_up("catalog_changes", 1 + secrets.randbelow(2**20))

    def catalog_version(self) -> int:
        """Read which state the catalogue is in.

        Returns:
            A number that grows with every change.
        """
        return self._counter("catalog_changes")

    def live_state(self) -> LiveState | None:
        """Read which points and films are live, so that copies of them can be kept.

        Returns:
            The state; None in a database that has no points yet.
        """
        row = self._execute(
            """
            SELECT l.version, l.promoted_at, COALESCE(c.version, 0)
            FROM live_embeddings AS l
            LEFT JOIN catalog_changes AS c ON c.only_row = 1
            """
        ).fetchone()
        return LiveState(*row) if row else None

    def embeddings(self, version: int) -> tuple[Embeddings, str]:
        """Read one version of the points.

        Args:
            version: Its number, which must exist.

        Returns:
            The embeddings and where they come from.

        Raises:
            Damaged: The stored bytes hold no embeddings.
        """
        row = self._execute(
            "SELECT points, origin FROM embeddings WHERE version = :version",
            {"version": version},
        ).fetchone()
        try:
            return Embeddings.from_bytes(row[0], version=version), row[1]
        except (TypeError, ValueError) as error:
            raise Damaged(f"version {version}: {error}") from error

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

    def map_of(self, version: int) -> tuple[bytes, float] | None:
        """Read the map of a version.

        Args:
            version: Its number.

        Returns:
            What `Projection.to_bytes` packed, and the share of true neighbours it keeps; None if it
            was never laid out.
        """
        row = self._execute(
            "SELECT places, kept FROM maps WHERE version = :version", {"version": version}
        ).fetchone()
        return (row[0], row[1]) if row else None

    def save_map(self, version: int, places: bytes, kept: float) -> None:
        """Keep the map of a version with it.

        Args:
            version: A stored version.
            places: What `Projection.to_bytes` packed.
            kept: The share of true neighbours it keeps.
        """
        self._execute(
            """
            INSERT INTO maps (version, places, kept)
            VALUES (:version, :places, :kept)
            ON CONFLICT (version) DO NOTHING
            """,
            {"version": version, "places": places, "kept": kept},
        )
