"""SQL of the promises: where every film stood for its user before it was liked."""

from dataclasses import dataclass

from movieloop.data.ranks import BUCKET_FROM, TOP, bucket_of
from movieloop.store.connection import Tables


@dataclass(frozen=True, slots=True)
class KeptPromises:
    """Likes of one version and one stretch of ratings seen, counted.

    Attributes:
        ratings_before: How many ratings their users had given before, as a range.
        version: The points that ranked them.
        likes: How many likes.
        hits: How many of them stood in the top 10.
        popular_hits: How many stood in the top 10 by plain popularity.
        users: How many users there are in all, the same in every row.
    """

    ratings_before: str
    version: int
    likes: int
    hits: int
    popular_hits: int
    users: int


class PromiseTables(Tables):
    """Statements that count promises."""

    def promises(self) -> list[KeptPromises]:
        """Count everybody's likes by ratings seen and by version.

        A film counts the first time its user rates it, and only if it was ranked then.

        Returns:
            Counts, fewest ratings seen first; a range may come several times.
        """
        rows = self._execute(
            """
            WITH live AS (
                SELECT f.user_number, f.rating, f.rank_before, f.popularity_rank_before,
                       f.embeddings_version,
                       ROW_NUMBER() OVER (
                           PARTITION BY f.user_number ORDER BY f.created_at, f.feedback_id
                       ) - 1 AS ratings_before,
                       ROW_NUMBER() OVER (
                           PARTITION BY f.user_number, f.movie_id
                           ORDER BY f.created_at, f.feedback_id
                       ) AS time_rated
                FROM feedback AS f
                WHERE f.retracts + 0 IS NULL
                  AND NOT EXISTS (SELECT 1 FROM feedback AS r WHERE r.retracts = f.feedback_id)
            ),
            liked AS (
                SELECT user_number, rank_before, popularity_rank_before, embeddings_version,
                       CASE WHEN ratings_before < :most THEN ratings_before
                            ELSE :most END AS ratings_before
                FROM live
                WHERE rating = 1 AND time_rated = 1
                  AND rank_before IS NOT NULL AND popularity_rank_before IS NOT NULL
            )
            SELECT ratings_before, embeddings_version, COUNT(*),
                   SUM(CASE WHEN rank_before <= :top THEN 1 ELSE 0 END),
                   SUM(CASE WHEN popularity_rank_before <= :top THEN 1 ELSE 0 END),
                   (SELECT COUNT(DISTINCT user_number) FROM liked)
            FROM liked
            GROUP BY ratings_before, embeddings_version
            ORDER BY ratings_before, embeddings_version
            """,
            {"top": TOP, "most": BUCKET_FROM[-1]},
        )
        return [KeptPromises(bucket_of(row[0]), *row[1:]) for row in rows]

    def drafts(self) -> dict[tuple[str | None, str | None], int]:
        """Count everybody's likes in blind lists.

        A film counts the first time its user rates it.

        Returns:
            How many likes there are of (rival, side).
        """
        rows = self._execute(
            """
            SELECT f.rival, f.drafted_by, COUNT(*)
            FROM feedback AS f
            WHERE f.drafted_by IS NOT NULL AND f.rating = 1
              AND NOT EXISTS (SELECT 1 FROM feedback AS r WHERE r.retracts = f.feedback_id)
              AND NOT EXISTS (
                  SELECT 1 FROM feedback AS e
                  WHERE e.user_number = f.user_number AND e.movie_id = f.movie_id
                    AND e.feedback_id < f.feedback_id AND e.retracts + 0 IS NULL
              )
            GROUP BY f.rival, f.drafted_by
            """
        )
        return {(row[0], row[1]): row[2] for row in rows}
