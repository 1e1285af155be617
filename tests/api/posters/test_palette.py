"""Colours: legal, legible, one hue a genre, paler with age."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from movieloop.api.posters.palette import HUES, palette_of, srgb

GENRES = st.lists(st.sampled_from(sorted(HUES)) | st.text(max_size=10), max_size=3)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@given(st.integers(1880, 2100) | st.none(), GENRES)
def test_the_title_can_be_read_on_its_ground(year: int | None, genres: list[str]) -> None:
    colours = palette_of(year, genres)
    for name in colours.__slots__:
        assert len(getattr(colours, name)) == 7
        int(getattr(colours, name)[1:], 16)
    for ground in (colours.ink, colours.ground):
        assert (luminance(colours.paper) + 0.05) / (luminance(ground) + 0.05) > 7


@given(st.floats(0, 1), st.floats(0, 0.4), st.floats(0, 720))
def test_any_colour_can_be_shown(lightness: float, chroma: float, hue: float) -> None:
    colour = srgb(lightness, chroma, hue)
    assert len(colour) == 7 and int(colour[1:], 16) >= 0


def test_genres_are_told_apart_by_their_hues() -> None:
    hues = sorted(HUES.values())
    assert len(set(hues)) == len(hues)
    assert min(b - a for a, b in pairwise(hues)) >= 4
