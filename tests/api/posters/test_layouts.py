"""Layouts: each era its own, the title inside the picture whatever font a viewer has."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.api.posters import draw
from movieloop.api.posters.layouts import layout_of
from movieloop.api.posters.typesetting import _width, set_title

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("year", [1925, 1955, 1975, 1999, 2024])
@pytest.mark.parametrize("title", ["Up", "The Shawshank Redemption", "Mississippi Mermaid",
                                   "WWWWWWWWWWWWWWWWWW", "Dr. Strangelove or: How I Learned to "
                                   "Stop Worrying and Love the Bomb"])  # fmt: skip
def test_a_title_stays_inside_whatever_the_font(title: str, year: int) -> None:
    drawn = ElementTree.fromstring(draw(title, year, ("Drama",)))
    lines = [text for group in drawn.iter(f"{SVG}g") for text in group.findall(f"{SVG}text")]
    assert lines
    size = float(next(g for g in drawn.iter(f"{SVG}g") if g.find(f"{SVG}text") is not None)
                 .get("font-size", "0"))  # fmt: skip
    for line in lines:
        length = line.get("textLength")
        # A line is told how long it is, or so short that the widest font leaves it inside.
        widest = 1.22 * size * _width(line.text or "")
        assert float(length) <= 168 if length else widest <= 190, line.text
        assert 0 < float(line.get("y", "0")) < 296


@given(st.integers(1890, 2035) | st.none())
def test_every_year_has_a_layout(year: int | None) -> None:
    assert layout_of(year).until >= (year or 0)


def test_the_title_is_set_once() -> None:
    for year in (1925, 1955, 1975, 1999, 2024):
        drawn = ElementTree.fromstring(draw("Alien", year, ("Horror",)))
        assert [t.text for t in drawn.iter(f"{SVG}text") if t.text == "ALIEN"] == ["ALIEN"]


def test_letters_get_smaller_where_there_is_less_room() -> None:
    wide, narrow = set_title("The Long Goodbye"), set_title("The Long Goodbye", width=90)
    assert wide.size > narrow.size
    assert set_title("The Long Goodbye", tracking=0.3).size < wide.size
