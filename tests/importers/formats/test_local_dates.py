"""A file's dates together tell in which order day and month stand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.importers.formats.local_dates import date_reader

DAYS = st.lists(st.integers(11_000, 20_000), min_size=40, max_size=60, unique=True)


FORMS = [
    "{0.month}/{0.day}/{1:02d}",
    "{0.day}/{0.month}/{0.year}",
    "{0.day:02d}.{0.month:02d}.{0.year}",
    "{0.day}-{0.month:02d}-{1:02d}",
    "{0.year}-{0.month:02d}-{0.day:02d}",
]


@given(DAYS, st.sampled_from(FORMS))
def test_a_history_of_forty_days_is_read_as_it_was(days: list[int], form: str) -> None:
    moments = [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in sorted(days)[::-1]]
    dates = [form.format(moment, moment.year % 100) for moment in moments]
    read = date_reader(dates)
    assert [read(date) for date in dates] == [int(m.timestamp() * 1000) for m in moments]


@pytest.mark.parametrize("text", ["31/31/21", "2021", "a/b/c", "1/1/1/1"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        date_reader(["3/4/21"])(text)
    assert date_reader([])("") is None
