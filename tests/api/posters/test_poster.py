"""A poster for any film: small, the same every time, without a script or a link."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from movieloop.api.posters import draw


@given(st.text(max_size=120), st.integers(1890, 2030) | st.none(), st.lists(st.text(max_size=20)))
def test_any_film_gets_a_poster(title, year, genres):
    drawn = draw(title, year, genres)
    assert drawn == draw(title, year, genres)
    ElementTree.fromstring(drawn)
    assert len(drawn) < 8000
    assert "<script" not in drawn and "href" not in drawn
