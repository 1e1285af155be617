"""Puts a poster together: ground, motif, a shade beneath the title, title and year.

>>> "ALIEN" in draw("Alien", 1979, ("Horror", "Sci-Fi"))
True
"""

import zlib
from collections.abc import Sequence
from html import escape
from random import Random

from movieloop.api.posters.motifs import motif_of
from movieloop.api.posters.palette import palette_of
from movieloop.api.posters.typesetting import set_title

POSTER_VERSION = 1  # browsers keep posters for ever: another number when any of them changes
_SERIF = {"Biography", "Drama", "Fantasy", "History", "Mystery", "Noir", "Romance", "Western"}


def draw(title: str, year: int | None, genres: Sequence[str]) -> str:
    """Draw the poster of a film, the same for the same film.

    >>> draw("<3 & more", None, ()).count("&lt;3 &amp; more")       # in its name, too
    1

    Args:
        title: The title.
        year: When it came out, if known.
        genres: Its genres, the leading one first.

    Returns:
        An SVG document of some 3 kB, 200 by 300 units, without scripts or links.
    """
    leading = genres[0] if genres else ""
    # S311: chance, not secrecy; crc32 is the same on every machine.
    random = Random(zlib.crc32(f"{title}\n{year}".encode(errors="replace")))  # noqa: S311
    colours = palette_of(year, genres)
    set_in = set_title(_plain(title))
    family = "Georgia,'Times New Roman',serif" if leading in _SERIF else (
        "'Avenir Next','Helvetica Neue',Arial,sans-serif")  # fmt: skip
    x, anchor = (184, ' text-anchor="end"') if set_in.from_the_right else (16, "")
    bottom = 270 - set_in.size * 1.04 * (len(set_in.lines) - 1)
    lines = "".join(
        f'<text x="{x}" y="{bottom + i * set_in.size * 1.04:.1f}"{anchor}>{escape(line)}</text>'
        for i, line in enumerate(set_in.lines)
    )
    name = escape(f"{_plain(title)} ({year})" if year else _plain(title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 300" role="img">'
        f"<title>{name}</title><defs>"
        f'<linearGradient id="a" x2="0" y2="1"><stop stop-color="{colours.sky}"/>'
        f'<stop offset="1" stop-color="{colours.ground}"/></linearGradient>'
        f'<linearGradient id="b" x2="0" y2="1"><stop stop-color="{colours.ink}" stop-opacity="0"/>'
        f'<stop offset=".62" stop-color="{colours.ink}" stop-opacity=".93"/></linearGradient>'
        f'</defs><rect width="200" height="300" fill="url(#a)"/>'
        f"{''.join(motif_of(leading)(random, colours))}"
        f'<rect y="130" width="200" height="170" fill="url(#b)"/>'
        f'<g fill="{colours.paper}" font-family="{family}" font-weight="700" '
        f'font-size="{set_in.size:g}" letter-spacing=".2">{lines}</g>'
        f'<rect x="{16 if not anchor else 160}" y="278" width="24" height="2" '
        f'fill="{colours.accent}"/>'
        f'<text x="{x}" y="292" font-family="{family}" font-size="9" letter-spacing="1.5"{anchor} '
        f'fill="{colours.paper}" opacity=".85">{year or ""}</text></svg>'
    )


def _plain(title: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(letter for letter in title if letter.isprintable())
