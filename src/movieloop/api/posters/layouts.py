"""How a poster is laid out and lettered: each era had its own way.

>>> [layout_of(year).name for year in (1931, 1958, 1977, 1999, 2024, None)]
['framed', 'cut-out', 'title above', 'shade below', 'spare', 'spare']
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from movieloop.api.posters.palette import Palette
from movieloop.api.posters.shapes import area, faint, rect
from movieloop.api.posters.typesetting import TitleLines, set_title

_SERIF = "Georgia,'Times New Roman',serif"
_SANS = "'Avenir Next','Helvetica Neue',Arial,sans-serif"
_ROUND = "'Cooper Black','Bookman Old Style',Georgia,serif"


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to put art and title together.

    Attributes:
        name: What it is called.
        until: The last year it was the way.
        draw: Puts the art, the title, the year and a seed into a picture.
    """

    name: str
    until: int
    draw: Callable[[str, str, str, Palette, int], str]


def layout_of(year: int | None) -> Layout:
    """Choose the layout of a year.

    Args:
        year: When the film came out; None counts as recent.

    Returns:
        The layout.
    """
    return next(layout for layout in _LAYOUTS if (year or 9999) <= layout.until)


def lettering(
    title: TitleLines,
    *,
    x: float,
    bottom: float,
    fill: str,
    family: str,
    anchor: str = "start",
    weight: int = 700,
) -> str:
    """Set the lines of a title, the last one on `bottom`.

    Whatever font a viewer has, a line that would nearly fill its place is made to fill it exactly:
    none runs out of the picture.

    Args:
        title: The lines.
        x: Where they begin, are centred or end.
        bottom: The base of the last line.
        fill: The colour.
        family: The fonts.
        anchor: "start", "middle" or "end".
        weight: How heavy.

    Returns:
        The text.
    """
    step = title.size * 1.06
    top = bottom - step * (len(title.lines) - 1)
    lines = "".join(
        f'<text x="{x:g}" y="{top + i * step:.1f}"{_fitted(width)}>{escape(line)}</text>'
        for i, (line, width) in enumerate(zip(title.lines, title.widths, strict=True))
    )
    return (
        f'<g fill="{fill}" font-family="{family}" font-weight="{weight}" '
        f'font-size="{title.size:g}" text-anchor="{anchor}">{lines}</g>'
    )


def _fitted(width: float | None) -> str:
    return "" if width is None else f' textLength="{width:.0f}" lengthAdjust="spacingAndGlyphs"'


def small(text: str, x: float, y: float, fill: str, anchor: str = "start") -> str:
    """Set the year.

    Args:
        text: The year, "" if it is not known.
        x: Where.
        y: Its base.
        fill: The colour.
        anchor: "start", "middle" or "end".

    Returns:
        The text.
    """
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{_SANS}" font-size="9" letter-spacing="1.5" '
        f'text-anchor="{anchor}" fill="{fill}"{faint(0.85)}>{text}</text>'
    )


def _framed(art: str, title: str, year: str, colours: Palette, seed: int) -> str:
    """Before 1950: a picture in a frame, the title centred below it in serifs."""
    told = set_title(title, width=160, height=58, largest=26, serif=True)
    edge = f' fill="none" stroke="{colours.light}" stroke-width="{(2.5, 1.2)[seed % 2]}"'
    return (
        f'<clipPath id="c"><rect x="16" y="16" width="168" height="196"/></clipPath>'
        f'<g clip-path="url(#c)">{art}</g>'
        f'<rect x="16" y="16" width="168" height="196"{edge}/>'
        f'<rect x="8" y="8" width="184" height="284"{edge}{faint(0.6)}/>'
        f"{lettering(told, x=100, bottom=_middle(told, 250), fill=colours.paper, family=_SERIF, anchor='middle')}"  # noqa: E501
        f"{small(year, 100, 288, colours.paper, 'middle')}"
    )


def _cut_out(art: str, title: str, year: str, colours: Palette, seed: int) -> str:
    """The fifties and sixties: flat paper, cut askew, heavy letters on it."""
    told = set_title(title, width=168, height=64, largest=30)
    tilt = (14, -14)[seed % 2]
    paper = area([(0, 208 + tilt), (200, 208 - tilt), (200, 300), (0, 300)], colours.paper)
    bottom = _middle(told, 250)
    return (
        f"{art}{paper}{area([(0, 200 + tilt), (200, 200 - tilt), (200, 207 - tilt), (0, 207 + tilt)], colours.accent)}"  # noqa: E501
        f"{lettering(told, x=16, bottom=bottom, fill=colours.ink, family=_SANS, weight=800)}"
        f"{small(year, 184, 293, colours.ink, 'end')}"
    )


def _title_above(art: str, title: str, year: str, colours: Palette, seed: int) -> str:
    """The seventies and eighties: the title above, round letters, stripes below."""
    told = set_title(title, width=168, height=88, largest=32, serif=True)
    first = 20 + told.size
    bottom = first + told.size * 1.06 * (len(told.lines) - 1)
    shade = area([(0, 0), (200, 0), (200, bottom + 20), (0, bottom + 34)], colours.ink, faint(0.62))
    down = max(0.0, bottom - 40)
    fills = (colours.accent, colours.shape, colours.light)
    stripes = "".join(rect(0, 262 + 8 * i, 200, 5, fills[(i + seed) % 3]) for i in range(3))
    middle = seed % 2
    return (
        f'<g transform="translate(0 {down:.0f})">{art}</g>{shade}'
        f"{lettering(told, x=(16, 100)[middle], bottom=bottom, fill=colours.paper, family=_ROUND, anchor=('start', 'middle')[middle])}"  # noqa: E501
        f"{stripes}{small(year, 184, 256, colours.paper, 'end')}"
    )


def _shade_below(art: str, title: str, year: str, colours: Palette, seed: int) -> str:
    """The nineties and after: the picture fades into the dark, the title stands there."""
    told = set_title(title, width=168, height=112, largest=34)
    right = told.from_the_right
    x, anchor = (184, "end") if right else (16, "start")
    if seed % 2 and not right:
        x, anchor = 100, "middle"
    mark = {16: 16, 100: 88, 184: 160}[x]
    return (
        f'{art}<rect y="130" width="200" height="170" fill="url(#b)"/>'
        f"{lettering(told, x=x, bottom=270, fill=colours.paper, family=_SANS, anchor=anchor)}"
        f"{rect(mark, 278, 24, 2, colours.accent)}{small(year, x, 292, colours.paper, anchor)}"
    )


def _spare(art: str, title: str, year: str, colours: Palette, seed: int) -> str:
    """Today: the picture alone, wide and quiet letters."""
    told = set_title(title, width=164, height=66, largest=21, tracking=0.16)
    above = seed % 3 == 0
    y = 30 + told.size * 1.06 * (len(told.lines) - 1) if above else 264
    line = rect(92, y + 10 if above else 274, 16, 1.6, colours.accent)
    down = 36 if above else 0
    return (
        f'<g transform="translate(0 {down})">{art}</g>'
        f'<rect y="{0 if above else 170}" width="200" height="{90 if above else 130}" '
        f'fill="url(#{"t" if above else "b"})"/>'
        f"{lettering(told, x=100, bottom=y, fill=colours.paper, family=_SANS, anchor='middle', weight=600)}"  # noqa: E501
        f"{line}{small(year, 100, 291, colours.paper, 'middle')}"
    )


def _middle(title: TitleLines, y: float) -> float:
    """Give the base of the last line so that all stand around a height."""
    return y + title.size * (0.35 + 0.53 * (len(title.lines) - 1))


_LAYOUTS = (
    Layout("framed", 1949, _framed),
    Layout("cut-out", 1969, _cut_out),
    Layout("title above", 1989, _title_above),
    Layout("shade below", 2009, _shade_below),
    Layout("spare", 9999, _spare),
)
