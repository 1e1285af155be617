"""Handing in whatever people have."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from movieloop.errors import InvalidInput
from tests.importers.importable import (
    LETTERBOXD,
    rows,
)

RATINGS = f"{LETTERBOXD},Rating\n2021-03-01,Alien,1979,https://boxd.it/1,4.5\n"


A_FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def refused(path: Path) -> str:
    """Hand in a file that must be refused, at the look of it or on the way; give the words."""
    with pytest.raises(InvalidInput) as caught:
        rows(path)
    assert caught.value.field == "file"
    assert "\n" not in str(caught.value)
    return caught.value.message


def read_or_refuse(path: Path) -> None:
    """Read a file to its end; the only thing that may go wrong is `InvalidInput`."""
    try:
        found = rows(path)
    except InvalidInput:
        return
    assert all(row.line >= 1 for row in found)
