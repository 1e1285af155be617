"""SQL that takes whole rows of any table out and puts them into another database."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from movieloop.store.connection import Tables

Row: TypeAlias = Mapping[str, Any]


class RowTables(Tables):
    """Statements on whole rows; names of tables and columns are always our own."""

    def count(self, table: str) -> int:
        """Count the rows of a table.

        Args:
            table: Its name.

        Returns:
            How many.
        """
        return int(self._execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])  # noqa: S608

    def rows(
        self, table: str, keys: Sequence[str], after: Sequence[Any] | None, most: int
    ) -> list[Row]:
        """Read rows in the order of their key.

        Args:
            table: The name of the table.
            keys: The columns of its key.
            after: The key of the last row that is known; None for none.
            most: How many rows.

        Returns:
            The rows, by the names of their columns.
        """
        order = ", ".join(keys)
        places = ", ".join(f":{key}" for key in keys)
        beyond = f"WHERE ({order}) > ({places})" if after is not None else ""
        found = self._execute(
            f"SELECT * FROM {table} {beyond} ORDER BY {order} LIMIT :most",  # noqa: S608
            {"most": most, **dict(zip(keys, after or (), strict=False))},
        )
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found]

    def put_rows(self, table: str, keys: Sequence[str], rows: Sequence[Row]) -> None:
        """Put rows into a table; those it has, by their key, stay.

        Args:
            table: The name of the table.
            keys: The columns of its key.
            rows: The rows, each with the same columns.
        """
        columns = ", ".join(rows[0])
        places = ", ".join(f":{column}" for column in rows[0])
        self._executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({places}) "  # noqa: S608
            f"ON CONFLICT ({', '.join(keys)}) DO NOTHING",
            rows,
        )
