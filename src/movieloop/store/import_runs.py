"""SQL of the imports that run: how far each is, whether it shall stop, and what came of it.

Whichever process is asked can answer, and of one user one import runs at a time, in all of them.

>>> from movieloop.store import open_store
>>> with open_store(":memory:") as store:
...     store.write(lambda session: session.begin_import("ada", "first"))
...     store.write(lambda session: session.begin_import("ada", "second"))
...     store.write(lambda session: session.note_import("first", rows=10, share=0.5))
...     with store.read() as session:
...         session.import_runs("ada")[0].state
True
False
True
'running'
"""

from dataclasses import dataclass

from movieloop.store.connection import now_ms
from movieloop.store.name_tables import NameTables

LOST_AFTER = 30_000  # milliseconds without a word, after which its process is taken for dead
_KEPT_FOR = 7 * 86_400_000  # milliseconds
DONE, FAILED, STOPPED = "done", "failed", "stopped"


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import of a user's file.

    Attributes:
        import_id: Its name.
        state: "running", "done", "failed", "stopped" because somebody asked, or "lost" because
            the process ended that ran it.
        rows: How many rows are done.
        share: How much of all is done, 0 to 1.
        began_at: When it began, milliseconds since 1970.
        ended_at: When it ended; None if it runs or was lost.
        answer: The report as JSON if it is done, else why it is not; None while it runs.
    """

    import_id: str
    state: str
    rows: int
    share: float
    began_at: int
    ended_at: int | None
    answer: str | None


class ImportRunTables(NameTables):
    """Statements on `import_runs`."""

    def begin_import(self, user_id: str, import_id: str) -> bool:
        """Note that an import begins, unless another one of the same user runs.

        Args:
            user_id: Whose feedback it brings.
            import_id: A new name for it.

        Returns:
            Whether it may begin.
        """
        now = now_ms()
        values = {
            "import_id": import_id,
            "user": self._number_for(user_id),
            "now": now,
            "lost_after": LOST_AFTER,
            "old": now - _KEPT_FOR,
        }
        self._execute(
            "DELETE FROM import_runs WHERE user_number = :user AND seen_at < :old", values
        )
        began = self._execute(
            """
            INSERT INTO import_runs (import_id, user_number, began_at, seen_at)
            SELECT :import_id, :user, :now, :now
            WHERE NOT EXISTS (
                SELECT 1 FROM import_runs
                WHERE user_number = :user AND ended_at IS NULL
                  AND ABS(seen_at - :now) < :lost_after
            )
            """,
            values,
        )
        return began.rowcount > 0

    def note_import(self, import_id: str, rows: int, share: float) -> bool:
        """Note how far an import is.

        Args:
            import_id: Which.
            rows: How many rows are done.
            share: How much of all is done, 0 to 1.

        Returns:
            Whether it shall go on: nobody asked it to stop, and its user was not forgotten.
        """
        noted = self._execute(
            """
            UPDATE import_runs SET rows_done = :rows, share = :share, seen_at = :now
            WHERE import_id = :import_id AND NOT stop_asked
            """,
            {"import_id": import_id, "rows": rows, "share": share, "now": now_ms()},
        )
        return noted.rowcount > 0

    def end_import(
        self, import_id: str, state: str, answer: str, *, rows: int, share: float
    ) -> None:
        """Note what came of an import.

        Args:
            import_id: Which.
            state: `DONE`, `FAILED` or `STOPPED`.
            answer: The report as JSON, or why there is none.
            rows: How many rows were done.
            share: How much of all was done, 0 to 1.
        """
        self._execute(
            """
            UPDATE import_runs
            SET state = :state, answer = :answer, rows_done = :rows, share = :share,
                seen_at = :now, ended_at = :now
            WHERE import_id = :import_id
            """,
            {
                "import_id": import_id,
                "state": state,
                "answer": answer,
                "rows": rows,
                "share": share,
                "now": now_ms(),
            },
        )

    def stop_import(self, user_id: str, import_id: str) -> None:
        """Ask an import to stop; it will before its next rows.

        Args:
            user_id: Whose it is.
            import_id: Which.
        """
        self._execute(
            """
            UPDATE import_runs SET stop_asked = TRUE
            WHERE import_id = :import_id AND user_number = :user
            """,
            {"import_id": import_id, "user": self.number_of(user_id)},
        )

    def import_runs(self, user_id: str) -> list[ImportRun]:
        """Read the imports of a user, those of the last week.

        Args:
            user_id: The user.

        Returns:
            The imports, newest first.
        """
        rows = self._execute(
            """
            SELECT import_id,
                   CASE WHEN ended_at IS NULL AND ABS(seen_at - :now) >= :lost_after
                        THEN 'lost' ELSE state END,
                   rows_done, share, began_at, ended_at, answer
            FROM import_runs
            WHERE user_number = :user
            ORDER BY began_at DESC, import_id
            """,
            {"user": self.number_of(user_id), "now": now_ms(), "lost_after": LOST_AFTER},
        )
        return [ImportRun(*row) for row in rows]
