"""Moments as files write them: read exactly, or refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.importers.formats.dates import from_iso, from_unix

MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2026, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)


@given(MOMENTS)
def test_what_python_writes_is_read_as_it_was(moment: datetime) -> None:
    milliseconds = int(moment.timestamp() * 1000)
    for text in (moment.isoformat(), moment.isoformat().replace("+00:00", "Z"),
                 moment.isoformat(sep=" ")[:19]):  # fmt: skip
        assert from_iso(text) == milliseconds
    assert from_unix(str(milliseconds // 1000)) == milliseconds


@given(MOMENTS, st.integers(-12, 12))
def test_a_time_zone_counts(moment: datetime, hours: int) -> None:
    there = moment + timedelta(hours=hours)
    text = f"{there:%Y-%m-%dT%H:%M:%S}{hours:+03d}:00"
    assert from_iso(text) == int(moment.timestamp() * 1000)


@pytest.mark.parametrize("text", ["soon", "2021-02-30", "2021-13-01", "9999-01-01", "1e3 years"])
def test_what_is_no_date_of_the_past_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_iso(text)
    with pytest.raises(ValueError):
        from_unix(text)
