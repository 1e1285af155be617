"""SQL of the movies: the catalogue, the versions of its points, and which one is live."""

import secrets
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from movieloop.data import Movie
from movieloop.model.embeddings import Embeddings
from movieloop.store.connection import Damaged, Tables, now_ms
from movieloop.store.movie_rows import COLUMNS, movie_of, row_of
from movieloop.taste import Vector

ELSEWHERE = ("imdb_id", "tmdb_id", "wikidata_id")
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


def _packed(point: Vector) -> bytes:
    return point.astype("<f4").tobytes()


def _unpacked(point: bytes) -> Vector:
    return np.frombuffer(point, "<f4").astype(np.float64)


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
    """Statements on `movies`, and on the versions of their points."""

    _looked_up_state: LiveState | None = None

    def movies(self) -> list[Movie]:
        """Read the catalogue.

        Returns:
            All movies, best known first.
        """
        rows = self._execute(
            f"SELECT {', '.join(COLUMNS)} FROM movies ORDER BY popularity DESC, movie_id"  # noqa: S608
        )
        owned = dict(
            self._execute(
                """
                SELECT movie_id, MIN(added_at) FROM library_items
                WHERE movie_id IS NOT NULL GROUP BY movie_id
                """
            )
        )
        return [movie_of(row, owned.get(row[0])) for row in rows]

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
            for name in ELSEWHERE
        }
        owners = {name: dict(known[name]) for name in ELSEWHERE}
        numbers: dict[int, int] = {}
        rows = []
        for movie in movies:
            row = row_of(movie)
            named = [known[name].get(row[name]) for name in ELSEWHERE]
            number = next((owner for owner in named if owner is not None), movie.movie_id)
            if number != movie.movie_id:
                numbers[movie.movie_id] = row["movie_id"] = number
            for name in ELSEWHERE:
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
        if self._looked_up_state is not None:
            state, self._looked_up_state = self._looked_up_state, None
            return state
        row = self._execute(
            """
            SELECT l.version, l.promoted_at, COALESCE(c.version, 0)
            FROM live_embeddings AS l
            LEFT JOIN catalog_changes AS c ON c.only_row = 1
            """
        ).fetchone()
        return LiveState(*row) if row else None

    def embeddings(self, version: int) -> tuple[Embeddings, str]:
        """Read one version of the points, the films placed since then behind the others.

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
            made = Embeddings.from_bytes(row[0], version=version)
            return made.with_placed(self._placed(version)), row[1]
        except (TypeError, ValueError) as error:
            raise Damaged(f"version {version}: {error}") from error

    def _placed(self, version: int) -> dict[int, Vector]:
        rows = self._execute(
            "SELECT movie_id, point FROM placed_points WHERE version = :version ORDER BY place",
            {"version": version},
        )
        return {movie_id: _unpacked(point) for movie_id, point in rows}

    def placed_state(self, version: int) -> tuple[int, int]:
        """Tell one state of the placed films from another.

        Args:
            version: The version of the points.

        Returns:
            How many were placed, and how many likes their points have learned from together.
        """
        row = self._execute(
            "SELECT COUNT(*), COALESCE(SUM(likes), 0) FROM placed_points WHERE version = :version",
            {"version": version},
        ).fetchone()
        return int(row[0]), int(row[1])

    def save_placed(self, version: int, points: Mapping[int, Vector]) -> None:
        """Give films that have no point in a version one; those that have one keep it.

        Args:
            version: A stored version.
            points: Where their content places them, by movie id, each of shape (d,).
        """
        last = self._execute(
            "SELECT COALESCE(MAX(place), 0) FROM placed_points WHERE version = :version",
            {"version": version},
        ).fetchone()[0]
        self._executemany(
            """
            INSERT INTO placed_points (version, movie_id, place, content, point, likes)
            VALUES (:version, :movie_id, :place, :point, :point, 0)
            ON CONFLICT (version, movie_id) DO NOTHING
            """,
            [
                {"version": version, "movie_id": movie_id, "place": place, "point": _packed(point)}
                for place, (movie_id, point) in enumerate(points.items(), start=last + 1)
            ],
        )
        self._placed_changed(points)

    def move_placed(self, version: int, movie_id: int, point: Vector, *, likes: int) -> None:
        """Give a placed film another point.

        Args:
            version: A stored version.
            movie_id: A film placed in it.
            point: Its new point, shape (d,).
            likes: How many likes it has learned from.
        """
        self._execute(
            """
            UPDATE placed_points SET point = :point, likes = :likes
            WHERE version = :version AND movie_id = :movie_id
            """,
            {"version": version, "movie_id": movie_id, "point": _packed(point), "likes": likes},
        )
        self._placed_changed([movie_id])

    def content_of(self, version: int, movie_id: int) -> tuple[Vector, int] | None:
        """Read where the content of a placed film puts it.

        Args:
            version: A stored version.
            movie_id: The film.

        Returns:
            The point, shape (d,), and how many likes its present one has learned from; None if it
            was not placed.
        """
        row = self._execute(
            """
            SELECT content, likes FROM placed_points
            WHERE version = :version AND movie_id = :movie_id
            """,
            {"version": version, "movie_id": movie_id},
        ).fetchone()
        return (_unpacked(row[0]), row[1]) if row else None

    def _placed_changed(self, movie_ids: Iterable[int]) -> None:
        # Whoever rated them learned without their points, or with other ones: to be folded again.
        self._executemany(
            """
            DELETE FROM profiles
            WHERE user_number IN (
                SELECT user_number FROM feedback WHERE movie_id = :movie_id
            )
            """,
            [{"movie_id": movie_id} for movie_id in movie_ids],
        )
        self._catalog_changed()

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
