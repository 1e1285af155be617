"""What is asked of Wikidata."""

from datetime import date

import pytest

from movieloop.importers.wikidata.query import Window, films_query, numbers_query, windows


def test_months_come_one_after_the_other() -> None:
    months = list(windows(date(2024, 11, 30), date(2025, 2, 1)))
    assert [str(month) for month in months] == ["2024-11", "2024-12", "2025-01", "2025-02"]
    assert list(windows(date(2025, 2, 1), date(2025, 1, 31))) == []


def test_a_month_is_asked_for_in_pages() -> None:
    query = films_query(Window(2025, 12), known_by=7, limit=500, offset=1000)
    assert '"2025-12-01T00:00:00Z"' in query and '"2026-01-01T00:00:00Z"' in query
    assert "FILTER(?links >= 7)" in query
    assert "LIMIT 500 OFFSET 1000" in query
    assert query.count("{") == query.count("}")


@pytest.mark.parametrize("evil", ['tt1" } DROP', "Q1 . ?s ?p ?o", "Q0", "", "wd:Q1"])
def test_only_numbers_get_into_a_query(evil: str) -> None:
    with pytest.raises(ValueError, match="only Wikidata items"):
        numbers_query(["Q1", evil])
