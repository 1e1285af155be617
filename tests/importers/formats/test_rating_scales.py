"""More stars are never a worse opinion, and numbers off the scale are refused."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.importers.formats.rating_scales import from_stars, from_ten, from_thumbs

ORDER = {0: 0, None: 1, 1: 2}


@given(st.floats(0, 5), st.floats(0, 5))
def test_more_stars_are_never_a_worse_opinion(one: float, two: float) -> None:
    fewer, more = sorted((one, two))
    assert ORDER[from_stars(fewer)] <= ORDER[from_stars(more)]
    assert from_ten(2 * one) == from_stars(one)


@pytest.mark.parametrize("read", [from_stars, from_ten, from_thumbs])
@pytest.mark.parametrize("value", [-0.1, 10.5, math.nan, math.inf, -math.inf])
def test_numbers_off_the_scale_are_refused(read, value: float) -> None:
    with pytest.raises(ValueError, match="is no"):
        read(value)
