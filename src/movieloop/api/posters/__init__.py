"""Posters drawn from nothing but title, year and genres: ours to show, the same every time.

>>> svg = draw("Alien", 1979, ("Horror", "Sci-Fi"))
>>> svg == draw("Alien", 1979, ("Horror", "Sci-Fi")), svg.startswith("<svg")
(True, True)
"""

from movieloop.api.posters.palette import Palette, hue_of, palette_of
from movieloop.api.posters.poster import POSTER_VERSION, draw
from movieloop.api.posters.typesetting import set_title

__all__ = ["POSTER_VERSION", "Palette", "draw", "hue_of", "palette_of", "set_title"]
