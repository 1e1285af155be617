"""Moments as files write them: read exactly, or refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.importers.formats.dates import date_reader, from_unix, moment_of

MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2026, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)


@given(MOMENTS)
def test_what_python_writes_is_read_as_it_was(moment: datetime) -> None:
    milliseconds = int(moment.timestamp() * 1000)
    for text in (moment.isoformat(), moment.isoformat().replace("+00:00", "Z"),
                 moment.isoformat(sep=" ")[:19]):  # fmt: skip
        assert moment_of(text) == milliseconds
    assert from_unix(str(milliseconds // 1000)) == milliseconds


@given(MOMENTS, st.integers(-12, 12))
def test_a_time_zone_counts(moment: datetime, hours: int) -> None:
    there = moment + timedelta(hours=hours)
    text = f"{there:%Y-%m-%dT%H:%M:%S}{hours:+03d}:00"
    assert moment_of(text) == int(moment.timestamp() * 1000)


@pytest.mark.parametrize(
    "text",
    ["soon", "2021-02-30", "2021-13-01", "9999-01-01", "1e3 years", "31/31/21", "1960-06-16"],
)
def test_what_is_no_moment_since_1970_is_none(text: str) -> None:
    assert moment_of(text) is from_unix(text) is date_reader([text])(text) is None


DAYS = st.lists(st.integers(11_000, 20_000), min_size=40, max_size=60, unique=True)
FORMS = [
    "{0.month}/{0.day}/{1:02d}",
    "{0.day}/{0.month}/{0.year}",
    "{0.day:02d}.{0.month:02d}.{0.year}",
    "{0.day}-{0.month:02d}-{1:02d}",
    "{0.year}-{0.month}-{0.day}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}. {0.month}. {0.day}.",
    "{0.year}年{0.month}月{0.day}日",
    "{0.month}/{0.day}/{0.year} 0:00",
    "{0.day}/{0.month}/{0.year}, 12:00 AM",
    "{0:%a %b %d} 00:00:00 {0.year}",
    "{0.day} {0:%B} {0.year}",
    "{0:%B} {0.day}, {0.year}",
    "{0:%d-%b-%Y}",
]


@given(DAYS, st.sampled_from(FORMS), st.booleans())
def test_a_history_of_forty_days_is_read_as_it_was(
    days: list[int], form: str, newest_first: bool
) -> None:
    ordered = sorted(days, reverse=newest_first)
    moments = [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in ordered]
    dates = [form.format(moment, moment.year % 100) for moment in moments]
    read = date_reader(dates, newest_first=newest_first)
    assert [read(date) for date in dates] == [int(m.timestamp() * 1000) for m in moments]


@pytest.mark.parametrize(
    "text",
    [
        "5 mars 2021", "5. März 2021", "5 de marzo de 2021", "5 marzo 2021", "5 março 2021",
        "5 maart 2021", "5 марта 2021", "5 Mart 2021", "Fri, 05 Mar 2021 00:00:00 GMT", "20210305",
        "44260", "2021-03-05T00:00:00.000Z", "2021-03-05T02:00:00+02:00", "1614902400",
        "1614902400000", "5/3/2564", "2021년 3월 5일", "05.03.2021 00:00", "Mar 5, 2021",
    ],
)  # fmt: skip
def test_the_5th_of_march_in_many_countries(text: str) -> None:
    assert moment_of(text, "day") == 1_614_902_400_000
