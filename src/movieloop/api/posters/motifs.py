"""What is drawn for a genre: a handful of shapes, varied by a seeded generator.

The canvas is 200 wide and 300 high; the title stands in the lower third, so motifs keep their
weight in the upper two thirds.

>>> import random
>>> from movieloop.api.posters.palette import palette_of
>>> len(motif_of("Western")(random.Random(1), palette_of(1968, ("Western",)))) > 3
True
"""

import math
from collections.abc import Callable
from random import Random

from movieloop.api.posters.palette import Palette

Motif = Callable[[Random, Palette], list[str]]


def circle(x: float, y: float, r: float, fill: str, more: str = "") -> str:
    """Draw a circle.

    >>> circle(1, 2, 3, "#fff")
    '<circle cx="1" cy="2" r="3" fill="#fff"/>'

    Args:
        x: Where, from the left.
        y: Where, from the top.
        r: The radius.
        fill: The colour.
        more: More attributes.

    Returns:
        The element.
    """
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"{more}/>'


def area(points: list[tuple[float, float]], fill: str, more: str = "") -> str:
    """Fill the area between points.

    >>> area([(0, 0), (1, 0), (1, 1)], "#fff")
    '<path d="M0 0 1 0 1 1z" fill="#fff"/>'

    Args:
        points: Its corners.
        fill: The colour.
        more: More attributes.

    Returns:
        The element.
    """
    corners = " ".join(f"{round(x, 1):g} {round(y, 1):g}" for x, y in points)
    return f'<path d="M{corners}z" fill="{fill}"{more}/>'


def _faint(opacity: float) -> str:
    return f' opacity="{opacity:g}"'


def _ring(x: float, y: float, r: float, colour: str, width: float = 1.0) -> str:
    return circle(x, y, r, "none", f' stroke="{colour}" stroke-width="{width:g}"')


def _ridge(random: Random, height: float, rough: float, fill: str, steps: int = 9) -> str:
    """Draw a chain of hills or peaks across the poster."""
    top = [(x * 200 / steps, height - random.uniform(0, rough) * (x % 2)) for x in range(steps + 1)]
    return area([(0, 300), *top, (200, 300)], fill)


def _mountains(random: Random, colours: Palette) -> list[str]:
    x = random.uniform(50, 150)
    return [
        circle(x, random.uniform(60, 95), random.uniform(22, 34), colours.light),
        _ridge(random, 190, 80, colours.accent, 5),
        _ridge(random, 215, 70, colours.shape, 7),
        _ridge(random, 235, 40, colours.ink, 6),
    ]


def _shards(random: Random, colours: Palette) -> list[str]:
    drawn, lean = [], random.choice((-1, 1))
    for i, fill in enumerate((colours.shape, colours.ink, colours.accent, colours.light)):
        x, width = random.uniform(-10, 150), random.uniform(10, 70) / (1 + i / 2)
        slope = lean * random.uniform(60, 120)
        drawn.append(area([(x, -5), (x + width, -5), (x + width + slope, 305), (x + slope, 305)],
                          fill, _faint(0.9)))  # fmt: skip
    return drawn


def _bubbles(random: Random, colours: Palette) -> list[str]:
    fills = (colours.shape, colours.accent, colours.light, colours.sky)
    return [
        circle(random.uniform(10, 190), random.uniform(20, 190), 52 - 6 * i, fills[i % 4],
               _faint(0.92))
        for i in range(7)
    ]  # fmt: skip


def _portrait(random: Random, colours: Palette) -> list[str]:
    x = random.uniform(80, 120)
    return [
        circle(x, 118, 92, colours.shape, _faint(0.55)),
        circle(x, 118, 70, colours.accent, _faint(0.7)),
        circle(x, 106, 32, colours.ink),
        f'<path d="M{x - 62:g} 300c0-110 20-150 62-150s62 40 62 150z" fill="{colours.ink}"/>',
    ]


def _arcs(random: Random, colours: Palette) -> list[str]:
    drawn = []
    for i in range(6):
        x, y, r = 30 + 70 * (i % 3), 45 + 85 * (i // 3), 34
        turn, fill = 90 * random.randrange(4), (colours.accent, colours.light, colours.shape)[i % 3]
        shape = random.randrange(3)
        if shape == 0:
            drawn.append(circle(x, y, r * 0.62, fill))
        else:
            path = f"M{x - r} {y}a{r} {r} 0 0 1 {2 * r} 0z" if shape == 1 else (
                f"M{x - r} {y - r}h{2 * r}a{2 * r} {2 * r} 0 0 1-{2 * r} {2 * r}z")  # fmt: skip
            drawn.append(f'<path d="{path}" fill="{fill}" transform="rotate({turn} {x} {y})"/>')
    return drawn


def _blinds(random: Random, colours: Palette) -> list[str]:
    x, y = random.uniform(60, 140), random.uniform(80, 120)
    drawn = [circle(x, y, random.uniform(50, 66), colours.accent)]
    lean = random.uniform(-14, 14)
    for i in range(13):
        top = 8 + 17 * i
        drawn.append(area([(-5, top), (205, top + lean), (205, top + lean + 9), (-5, top + 9)],
                          colours.ink, _faint(0.88)))  # fmt: skip
    return drawn


def _grid(random: Random, colours: Palette) -> list[str]:
    fills = (colours.shape, colours.accent, colours.sky, colours.light)
    return [
        f'<rect x="{14 + 36 * (i % 5)}" y="{20 + 36 * (i // 5)}" width="30" height="30" '
        f'fill="{random.choices(fills, (5, 2, 5, 1))[0]}"/>'
        for i in range(25)
    ]


def _veils(random: Random, colours: Palette) -> list[str]:
    drawn = [circle(random.uniform(60, 140), random.uniform(70, 110), 46, colours.light)]
    for i, fill in enumerate((colours.accent, colours.shape, colours.sky, colours.ink)):
        y = 96 + 36 * i
        a, b = random.uniform(-46, 46), random.uniform(-46, 46)
        drawn.append(
            f'<path d="M0 {y}C66 {y + a:.0f} 133 {y + b:.0f} 200 {y}V300H0z" fill="{fill}"'
            f"{_faint(0.82)}/>"
        )
    return drawn


def _night(random: Random, colours: Palette) -> list[str]:
    x, y = random.uniform(70, 130), random.uniform(80, 105)
    drawn = [
        circle(random.uniform(4, 196), random.uniform(6, 210), random.uniform(0.6, 2.0),
               colours.light) for _ in range(34)
    ]  # fmt: skip
    drawn += [
        circle(x, y, 50, colours.accent),
        circle(x + random.choice((-1, 1)) * 22, y - 8, 44, colours.sky),
        _ridge(random, 222, 60, colours.shape, 11),
        _ridge(random, 246, 36, colours.ink, 9),
    ]
    return drawn


def _columns(random: Random, colours: Palette) -> list[str]:
    drawn = [area([(14, 66), (100, 24), (186, 66)], colours.accent)]
    drawn.append(f'<rect x="14" y="72" width="172" height="9" fill="{colours.light}"/>')
    drawn += [
        f'<rect x="{22 + 34 * i}" y="86" width="20" height="{random.uniform(96, 190):.0f}" '
        f'fill="{colours.shape}"/>'
        for i in range(5)
    ]
    return drawn


def _teeth(random: Random, colours: Palette) -> list[str]:
    x = random.uniform(70, 130)
    drawn = [
        circle(x, 108, random.uniform(48, 60), colours.shape),
        f'<ellipse cx="{x:g}" cy="108" rx="{random.uniform(4, 12):.0f}" ry="40" '
        f'fill="{colours.ink}"/>',
    ]
    for top, fill in ((True, colours.ink), (False, colours.ink)):
        edge, points = (0, 300)[not top], [(0.0, -5.0 if top else 305.0)]
        for i in range(12):
            depth = random.uniform(16, 74) if i % 2 else random.uniform(0, 12)
            points.append((i * 200 / 11, edge + depth if top else 205 + 30 - depth))
        drawn.append(area([*points, (200, -5 if top else 305)], fill))
    return drawn


def _bars(random: Random, colours: Palette) -> list[str]:
    drawn, phase = [], random.uniform(0, 6)
    for i in range(15):
        height = 30 + 70 * abs(math.sin(phase + i * 0.55)) + random.uniform(0, 26)
        fill = (colours.accent, colours.shape, colours.light)[i % 3]
        drawn.append(f'<rect x="{10 + 12.2 * i:g}" y="{115 - height:.0f}" width="7" '
                     f'height="{2 * height:.0f}" rx="3.5" fill="{fill}"/>')  # fmt: skip
    return drawn


def _keyhole(random: Random, colours: Palette) -> list[str]:
    x = random.uniform(85, 115)
    drawn = [circle(x, 105, 98 - 18 * i, (colours.shape, colours.sky)[i % 2], _faint(0.6))
             for i in range(4)]  # fmt: skip
    drawn += [
        circle(x, 92, 25, colours.light),
        area([(x - 10, 100), (x + 10, 100), (x + 21, 168), (x - 21, 168)], colours.light),
    ]
    return drawn


def _two(random: Random, colours: Palette) -> list[str]:
    apart, y = random.uniform(20, 38), random.uniform(90, 112)
    rise = random.uniform(-22, 22)
    blend = ' style="mix-blend-mode:screen"'
    return [
        circle(100 - apart, y + rise, 56, colours.shape, blend),
        circle(100 + apart, y - rise, 56, colours.accent, blend),
        _ring(100 - apart, y + rise, 70, colours.light, 0.8),
        _ring(100 + apart, y - rise, 70, colours.light, 0.8),
    ]


def _orbits(random: Random, colours: Palette) -> list[str]:
    x, y, r = random.uniform(70, 130), random.uniform(90, 120), random.uniform(34, 48)
    tilt = random.uniform(-35, 35)
    drawn = [circle(random.uniform(0, 200), random.uniform(0, 230), random.uniform(0.5, 1.5),
                    colours.light) for _ in range(26)]  # fmt: skip
    drawn += [circle(x, y, r, colours.accent), circle(x - r * 0.28, y - r * 0.2, r * 0.86,
                                                     colours.shape, _faint(0.75))]  # fmt: skip
    for i in range(3):
        reach = r * (1.55 + 0.42 * i)
        drawn.append(
            f'<ellipse cx="{x:g}" cy="{y:g}" rx="{reach:.0f}" ry="{reach * 0.3:.0f}" fill="none" '
            f'stroke="{colours.light}" stroke-width="{1.6 - 0.5 * i:g}" '
            f'transform="rotate({tilt:.0f} {x:g} {y:g})"/>'
        )
    return [*drawn, circle(random.uniform(20, 180), random.uniform(24, 60), 7, colours.light)]


def _lanes(random: Random, colours: Palette) -> list[str]:
    vanish = random.uniform(70, 130)
    drawn = [area([(-120 + 90 * i, 300), (-80 + 90 * i, 300), (vanish, 60)],
                  (colours.shape, colours.accent)[i % 2]) for i in range(5)]  # fmt: skip
    return [*drawn, circle(vanish, 62, 28, colours.light)]


def _rays(random: Random, colours: Palette) -> list[str]:
    x, y, begin = random.uniform(80, 120), random.uniform(105, 130), random.uniform(0, 0.4)
    drawn = []
    for i in range(14):
        a, b = begin + i * math.tau / 14, begin + (i + 0.5) * math.tau / 14
        drawn.append(area([(x, y), (x + 260 * math.cos(a), y + 260 * math.sin(a)),
                           (x + 260 * math.cos(b), y + 260 * math.sin(b))],
                          (colours.shape, colours.accent)[i % 2], _faint(0.75)))  # fmt: skip
    burst = [(x + (52, 26)[k % 2] * math.sin(k * math.pi / 5),
              y - (52, 26)[k % 2] * math.cos(k * math.pi / 5)) for k in range(10)]  # fmt: skip
    return [*drawn, circle(x, y, 66, colours.ink), area(burst, colours.light)]


def _tunnel(random: Random, colours: Palette) -> list[str]:
    x, y, turn = random.uniform(80, 120), random.uniform(90, 115), random.uniform(4, 13)
    drawn = []
    for i in range(9):
        half = 150 - 17 * i
        fill = (colours.shape, colours.ink, colours.sky)[i % 3]
        drawn.append(
            f'<rect x="{x - half:g}" y="{y - half:g}" width="{2 * half}" height="{2 * half}" '
            f'fill="{fill}" transform="rotate({turn * i:.0f} {x:g} {y:g})"/>'
        )
    return [*drawn, circle(x, y, 7, colours.light)]


def _front(random: Random, colours: Palette) -> list[str]:
    drawn = [circle(random.uniform(50, 150), 118, 44, colours.accent)]
    for _ in range(5):
        x, width = random.uniform(0, 200), random.uniform(8, 26)
        drawn.append(f'<path d="M{x:.0f} 190c-{width:.0f}-60 {width:.0f}-90-4-170h'
                     f'{width / 2:.0f}c12 70-20 110 {width:.0f} 170z" fill="{colours.ink}"'
                     f"{_faint(0.55)}/>")  # fmt: skip
    drawn += [f'<rect y="{170 + 9 * i}" width="200" height="{6 - i * 0.5:g}" '
              f'fill="{colours.shape}"/>' for i in range(6)]  # fmt: skip
    return [*drawn, _ridge(random, 222, 12, colours.ink, 15)]


def _mesas(random: Random, colours: Palette) -> list[str]:
    drawn = [circle(random.uniform(60, 140), random.uniform(100, 130), random.uniform(46, 60),
                    colours.light)]  # fmt: skip
    for base, fill in ((196, colours.accent), (216, colours.shape)):
        x = random.uniform(-20, 110)
        width, height = random.uniform(50, 80), random.uniform(40, 76)
        drawn.append(area([(-5, 300), (-5, base), (x, base), (x + 9, base - height),
                           (x + width, base - height), (x + width + 12, base), (205, base),
                           (205, 300)], fill))  # fmt: skip
    return [*drawn, _ridge(random, 238, 8, colours.ink, 12)]


def _hills(random: Random, colours: Palette) -> list[str]:
    drawn = [circle(random.uniform(50, 150), 74, 30, colours.light)]
    for i, fill in enumerate((colours.sky, colours.accent, colours.shape, colours.ink)):
        drawn.append(circle(random.uniform(0, 200), 265 + 22 * i, 122 - 8 * i, fill))
    return drawn


_MOTIFS: dict[str, Motif] = {
    "Action": _shards, "Adventure": _mountains, "Animation": _bubbles, "Biography": _portrait,
    "Comedy": _arcs, "Crime": _blinds, "Documentary": _grid, "Drama": _veils, "Family": _hills,
    "Fantasy": _night, "History": _columns, "Horror": _teeth, "Music": _bars, "Musical": _bars,
    "Mystery": _keyhole, "Noir": _blinds, "Romance": _two, "Sci-Fi": _orbits, "Sport": _lanes,
    "Superhero": _rays, "Thriller": _tunnel, "War": _front, "Western": _mesas,
}  # fmt: skip


def motif_of(genre: str) -> Motif:
    """Give what is drawn for a genre.

    >>> motif_of("Mountain film") is motif_of("Drama")    # what nobody has thought of
    True

    Args:
        genre: The genre.

    Returns:
        A function that draws it.
    """
    return _MOTIFS.get(genre, _veils)
