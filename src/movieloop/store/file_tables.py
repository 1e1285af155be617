"""What a database knows of itself, as a file."""

from movieloop.store.connection import Tables, now_ms

_END_OF_TIME = 253_402_300_800_000  # the year 10000, milliseconds since 1970


class FileTables(Tables):
    """The one row about the file."""

    def note_bare_copy(self) -> None:
        """Note that the file came without its log: what was said last is missing."""
        self._execute(
            """
            INSERT INTO file_state (only_row, bare_copy_at) VALUES (1, :now)
            ON CONFLICT (only_row) DO UPDATE SET bare_copy_at = :now
            """,
            {"now": now_ms()},
        )

    def bare_copy_at(self) -> int | None:
        """Tell when that was noticed.

        Returns:
            Milliseconds since 1970; None if nothing is missing, or it was accepted.
        """
        row = self._execute("SELECT bare_copy_at FROM file_state").fetchone()
        return None if row is None or row[0] is None else int(row[0])

    def erasures_wiped(self) -> int:
        """Read how many erasures nothing is left of, neither in the file nor in its log.

        Returns:
            The number; fewer than there were means that some wait.
        """
        row = self._execute("SELECT erasures_wiped FROM file_state").fetchone()
        return int(row[0]) if row else 0

    def note_wiped(self, erasures: int) -> None:
        """Note that nothing is left of the first so many erasures.

        Args:
            erasures: How many there had been when the wiping began.
        """
        self._execute(
            """
            INSERT INTO file_state (only_row, erasures_wiped) VALUES (1, :erasures)
            ON CONFLICT (only_row) DO UPDATE SET erasures_wiped = :erasures
            WHERE file_state.erasures_wiped < :erasures
            """,
            {"erasures": erasures},
        )

    def strange_moments(self) -> list[str]:
        """Look for opinions that were given at no moment of any calendar.

        Returns:
            One line each, twenty at most.
        """
        rows = self._execute(
            "SELECT feedback_id FROM feedback WHERE created_at NOT BETWEEN 0 AND :end LIMIT 20",
            {"end": _END_OF_TIME},
        )
        return [f"feedback {row[0]} was given at no moment of any calendar" for row in rows]

    def accept_bare_copy(self) -> None:
        """Say no more of it."""
        self._execute("UPDATE file_state SET bare_copy_at = NULL")
