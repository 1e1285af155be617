"""SQL of the imports: many opinions at once, and films that join the catalogue.

>>> from movieloop.store import open_store
>>> alien = Movie(78748, "Alien", 1979, imdb_id="tt0078748")
>>> told = [ImportedFeedback("ada", 78748, 1, "import:0af3", created_at=0)]
>>> with open_store(":memory:") as store:
...     movie_id = store.write(lambda session: session.add_movie(alien))
...     first = store.write(lambda session: session.append_imported(told))
...     again = store.write(lambda session: session.append_imported(told))
>>> movie_id, first, again
(78748, 1, 0)
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import NamedTuple

from movieloop.data import Movie
from movieloop.store.connection import now_ms
from movieloop.store.movie_tables import ELSEWHERE, MovieTables
from movieloop.store.name_tables import NameTables
from movieloop.taste import Rating

_DAY = 86_400_000  # milliseconds
FIRST_OWN_NUMBER = 9_000_000_000  # IMDb's numbers are far below


class ImportedFeedback(NamedTuple):
    """One opinion from elsewhere.

    Attributes:
        user_id: Who.
        movie_id: About which movie, which must exist.
        rating: 1, 0 or None.
        idempotency_key: Made of the row, so that the same row counts once.
        created_at: When it was given, milliseconds since 1970.
    """

    user_id: str
    movie_id: int
    rating: Rating
    idempotency_key: str
    created_at: int


# One statement for many rows: whoever reads the next rows meanwhile is not stopped at each. The
# values are told by place, as SQLite looks names up one after the other.
_AT_ONCE = 1_000


@cache
def _insert(rows: int) -> str:
    columns = ("user_number", *ImportedFeedback._fields[1:])
    row = f"({', '.join('?' * len(columns))})"
    return f"""
        INSERT INTO feedback ({", ".join(columns)})
        VALUES {", ".join([row] * rows)}
        ON CONFLICT (user_number, idempotency_key) DO NOTHING
    """  # noqa: S608 - names of columns


class ImportTables(NameTables, MovieTables):
    """Statements that import."""

    def append_imported(self, feedback: Sequence[ImportedFeedback]) -> int:
        """Add opinions to the log, those it does not have yet; nothing was promised for them.

        Args:
            feedback: The opinions, in the order in which those of one moment count.

        Returns:
            How many were added.
        """
        added = 0
        for at in range(0, len(feedback), _AT_ONCE):
            some = feedback[at : at + _AT_ONCE]
            values = list(chain.from_iterable(self._numbered(item) for item in some))
            added += self._execute(_insert(len(some)), values).rowcount
        return added

    def _numbered(self, item: ImportedFeedback) -> tuple[object, ...]:
        user_id, movie_id, rating, key, created_at = item
        return self._number_for(user_id), movie_id, rating, key, created_at

    def import_keys(self, user_id: str) -> dict[str, int]:
        """Read which rows of a user's log came with an import.

        Args:
            user_id: The user.

        Returns:
            The number of the feedback by its idempotency key, retracted ones too.
        """
        rows = self._execute(
            """
            SELECT idempotency_key, feedback_id
            FROM feedback
            WHERE user_number = :user AND idempotency_key LIKE 'import:%'
            """,
            {"user": self.number_of(user_id)},
        )
        return dict(rows)

    def drop_profiles(self, user_ids: Iterable[str]) -> None:
        """Delete learned profiles; each is folded from the log when its user comes back.

        Args:
            user_ids: The users.
        """
        self._executemany(
            "DELETE FROM profiles WHERE user_number = :user",
            [{"user": self.number_of(user_id)} for user_id in user_ids],
        )

    def asked_within_a_day(self, question: str) -> bool:
        """Tell whether a query service was asked a question lately, and its answer stored.

        Args:
            question: The name of the question.

        Returns:
            Whether that was less than a day ago.
        """
        row = self._execute(
            "SELECT asked_at FROM questions_asked WHERE question = :question",
            {"question": question},
        ).fetchone()
        return row is not None and 0 <= now_ms() - int(row[0]) < _DAY

    def note_asked(self, question: str) -> None:
        """Note that a query service was asked a question; its answer is in the same transaction.

        Args:
            question: The name of the question.
        """
        self._execute(
            """
            INSERT INTO questions_asked (question, asked_at) VALUES (:question, :now)
            ON CONFLICT (question) DO UPDATE SET asked_at = excluded.asked_at
            """,
            {"question": question, "now": now_ms()},
        )

    def add_movie(self, movie: Movie) -> int:
        """Let a film join the catalogue; it has no point until the next training.

        Args:
            movie: The film; `movie_id` is the number it would like, 0 or less for any.

        Returns:
            Its number: the one it has if a film with its number at IMDb, TMDB or Wikidata is
            there, the one it would like if that is free, else the next free one from
            9,000,000,000 up.
        """
        elsewhere = {name: getattr(movie, name) for name in ELSEWHERE}
        found = (
            any(elsewhere.values())
            and self._execute(
                """
            SELECT movie_id FROM movies
            WHERE imdb_id = :imdb_id OR tmdb_id = :tmdb_id OR wikidata_id = :wikidata_id
            ORDER BY popularity DESC
            """,
                elsewhere,
            ).fetchone()
        )
        if found:
            return int(found[0])
        taken, last = self._execute(
            """
            SELECT (SELECT COUNT(*) FROM movies WHERE movie_id = :movie_id),
                   (SELECT MAX(movie_id) FROM movies WHERE movie_id >= :first)
            """,
            {"movie_id": movie.movie_id, "first": FIRST_OWN_NUMBER},
        ).fetchone()
        next_own = FIRST_OWN_NUMBER if last is None else last + 1
        movie_id = next_own if taken or movie.movie_id <= 0 else movie.movie_id
        self._insert_movie(replace(movie, movie_id=movie_id))
        return int(movie_id)
