"""Puts a poster together: a scene of the genre, a sign of the second, the era's way with titles.

>>> "ALIEN" in draw("Alien", 1979, ("Horror", "Sci-Fi"))
True
"""

import zlib
from collections.abc import Sequence
from html import escape
from random import Random

from movieloop.api.posters.layouts import layout_of
from movieloop.api.posters.motifs import scene_of, sign_of
from movieloop.api.posters.palette import palette_of

POSTER_VERSION = 2  # browsers keep posters for ever: another number when any of them changes


def draw(title: str, year: int | None, genres: Sequence[str]) -> str:
    """Draw the poster of a film, the same for the same film.

    How it works: title and year seed everything that is left to chance. The leading genre gives
    its scenes, of which the seed takes one, mirrored or not; the second genre gives a hue and a
    sign; the year gives how dark and grey it is, and how it is laid out and lettered.

    >>> draw("<3 & more", None, ()).count("&lt;3 &amp; more")       # in its name, too
    1

    Args:
        title: The title.
        year: When it came out, if known.
        genres: Its genres, the leading one first.

    Returns:
        An SVG document of some 3 kB, 200 by 300 units, without scripts or links.
    """
    seed = zlib.crc32(f"{title}\n{year}".encode(errors="replace"))
    random = Random(seed)  # noqa: S311 - chance, not secrecy; the same on every machine
    leading, second = [*genres, "", ""][:2]
    colours = palette_of(year, genres)
    shapes = "".join(scene_of(leading, seed >> 3)(random, colours))
    if seed >> 9 & 1:
        shapes = f'<g transform="matrix(-1 0 0 1 200 0)">{shapes}</g>'
    side = random.choice((30, 170))
    sign = "".join(sign_of(second, colours, x=side, y=random.randrange(36, 64), seed=seed))
    name = escape(f"{_plain(title)} ({year})" if year else _plain(title))
    shown = layout_of(year).draw(shapes + sign, _plain(title), str(year or ""), colours, seed >> 5)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="300" viewBox="0 0 200 300" '
        f'role="img"><title>{name}</title><defs>'
        f'<linearGradient id="a" x2="0" y2="1"><stop stop-color="{colours.sky}"/>'
        f'<stop offset="1" stop-color="{colours.ground}"/></linearGradient>'
        f'<linearGradient id="b" x2="0" y2="1"><stop stop-color="{colours.ink}" stop-opacity="0"/>'
        f'<stop offset=".62" stop-color="{colours.ink}" stop-opacity=".93"/></linearGradient>'
        f'<linearGradient id="t" y1="1" x2="0" y2="0"><stop stop-color="{colours.ink}" '
        f'stop-opacity="0"/><stop offset=".6" stop-color="{colours.ink}" stop-opacity=".9"/>'
        f"</linearGradient></defs>"
        f'<rect width="200" height="300" fill="url(#a)"/>{shown}</svg>'
    )


def _plain(title: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(letter for letter in title if letter.isprintable())
