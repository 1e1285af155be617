"""Dialects are told by the columns a table has; none hides another."""

import pytest

from movieloop.importers.formats.dialects import (
    ANYBODYS,
    DIALECTS,
    PLAIN,
    Dialect,
    column_of,
    dialect_of,
)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_each_dialect_is_recognised_by_what_it_needs(dialect: Dialect) -> None:
    found = dialect_of(set(dialect.needs) | {"somethingelse"})
    assert found is not None and found.key == dialect.key
    assert set(dialect.columns) <= set(PLAIN)


def test_a_table_without_films_or_opinions_is_nobodys() -> None:
    assert dialect_of({"title", "genres"}) is None
    assert dialect_of({"rating", "date"}) is None
    assert dialect_of({"title", "rating"}) is ANYBODYS


def test_the_first_name_that_is_there_counts() -> None:
    assert column_of(ANYBODYS, "title", {"name", "title"}) == "title"
    assert column_of(ANYBODYS, "year", {"title"}) == ""
