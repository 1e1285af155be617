"""A title fits its poster."""

from hypothesis import example, given
from hypothesis import strategies as st

from movieloop.api.posters import set_title


@given(st.text(max_size=300))
@example("\u0816")  # a mark above a letter that is not there
@example("\u0301 \u0301")
def test_a_title_fits_its_poster(title):
    set_in = set_title(title)
    assert 1 <= len(set_in.lines) <= 5
    assert 9 <= set_in.size <= 34
