"""Scenes of people and things: eyes, masks, keys, clocks, targets, planets, stages.

>>> from random import Random
>>> from movieloop.api.posters.palette import palette_of
>>> len(SCENES["orbits"](Random(1), palette_of(1979, ("Sci-Fi",)))) > 10
True
"""

import math
from random import Random

from movieloop.api.posters.palette import Palette
from movieloop.api.posters.shapes import (
    Scene,
    area,
    circle,
    faint,
    rect,
    ridge,
    ring,
    stars,
    stroke,
)


def _portrait(random: Random, colours: Palette) -> list[str]:
    """Draw a head before rings of light."""
    x = random.uniform(80, 120)
    return [
        circle(x, 118, 92, colours.shape, faint(0.55)),
        circle(x, 118, 70, colours.accent, faint(0.7)),
        circle(x, 106, 32, colours.ink),
        f'<path d="M{x - 62:g} 300c0-110 20-150 62-150s62 40 62 150z" fill="{colours.ink}"/>',
    ]


def _couple(random: Random, colours: Palette) -> list[str]:
    """Draw two people side by side before a large sun."""
    drawn = [circle(100, random.uniform(100, 125), random.uniform(70, 84), colours.accent)]
    for side, fill in ((-1, colours.ink), (1, colours.shape)):
        x, y = 100 + side * random.uniform(24, 32), random.uniform(112, 128)
        drawn += [circle(x, y, 21, fill),
                  f'<path d="M{x - 36:.0f} 300c0-90 10-142 36-142s36 52 36 142z" '
                  f'fill="{fill}"/>']  # fmt: skip
    return drawn


def _crowd(random: Random, colours: Palette) -> list[str]:
    """Draw many heads, one of them lit."""
    chosen, drawn = random.randrange(14), []
    for i in range(14):
        x, y = 14 + 43 * (i % 5) + 21 * (i // 5 % 2), 100 + 40 * (i // 5)
        fill = colours.light if i == chosen else (colours.shape, colours.ink)[i % 2]
        drawn += [circle(x, y, 15, fill), rect(x - 22, y + 18, 44, 90, fill, ' rx="20"')]
    return drawn


def _two(random: Random, colours: Palette) -> list[str]:
    """Draw two circles that meet."""
    apart, y, rise = random.uniform(20, 38), random.uniform(90, 112), random.uniform(-22, 22)
    blend = ' style="mix-blend-mode:screen"'
    return [
        circle(100 - apart, y + rise, 56, colours.shape, blend),
        circle(100 + apart, y - rise, 56, colours.accent, blend),
        ring(100 - apart, y + rise, 70, colours.light, 0.8),
        ring(100 + apart, y - rise, 70, colours.light, 0.8),
    ]


def _heart(random: Random, colours: Palette) -> list[str]:
    """Draw a heart, whole or broken."""
    x, y, size = 100 + random.uniform(-10, 10), random.uniform(70, 90), random.uniform(1.0, 1.25)
    path = "M0 34C-8 4-58 0-58 40c0 36 40 56 58 84 18-28 58-48 58-84C58 0 8 4 0 34z"
    drawn = [f'<path transform="translate({x:.0f} {y:.0f}) scale({size:.2f})" d="{path}" '
             f'fill="{colours.accent}"/>']  # fmt: skip
    if random.random() < 0.5:
        drawn.append(stroke(f"M{x:.0f} {y + 30:.0f}l-12 26 20 22-16 26 8 20", colours.ink, 5))
    return [ring(x, y + 60, 92, colours.shape, 10), *drawn]


def _eye(random: Random, colours: Palette) -> list[str]:
    """Draw a wide eye."""
    y, look = random.uniform(96, 116), random.uniform(-16, 16)
    rays = [stroke(f"M{100 + 92 * math.cos(a):.0f} {y + 92 * math.sin(a):.0f}"
                   f"L{100 + 118 * math.cos(a):.0f} {y + 118 * math.sin(a):.0f}",
                   colours.shape, 5)
            for a in (i * math.tau / 18 for i in range(18))]  # fmt: skip
    return [
        *rays,
        f'<path d="M14 {y:.0f}Q100 {y - 92:.0f} 186 {y:.0f}Q100 {y + 92:.0f} 14 {y:.0f}z" '
        f'fill="{colours.light}"/>',
        circle(100 + look, y, 34, colours.accent),
        circle(100 + look, y, 16, colours.ink),
        circle(108 + look, y - 8, 5, colours.light),
    ]


def _teeth(random: Random, colours: Palette) -> list[str]:
    """Draw jaws around an eye."""
    x = random.uniform(70, 130)
    drawn = [
        circle(x, 108, random.uniform(48, 60), colours.shape),
        f'<ellipse cx="{x:g}" cy="108" rx="{random.uniform(4, 12):.0f}" ry="40" '
        f'fill="{colours.ink}"/>',
    ]
    for top in (True, False):
        points = [(0.0, -5.0 if top else 305.0)]
        for i in range(12):
            depth = random.uniform(16, 74) if i % 2 else random.uniform(0, 12)
            points.append((i * 200 / 11, depth if top else 235 - depth))
        drawn.append(area([*points, (200, -5 if top else 305)], colours.ink))
    return drawn


def _mask(random: Random, colours: Palette) -> list[str]:
    """Draw a pale mask with empty eyes."""
    x, lean = 100 + random.uniform(-10, 10), random.uniform(-8, 8)
    turn = f' transform="rotate({lean:.0f} {x:.0f} 110)"'
    return [
        circle(x, 112, 96, colours.shape, faint(0.6)),
        f'<ellipse cx="{x:.0f}" cy="112" rx="52" ry="72" fill="{colours.light}"{turn}/>',
        f'<ellipse cx="{x - 20:.0f}" cy="98" rx="13" ry="{random.uniform(7, 13):.0f}" '
        f'fill="{colours.ink}"{turn}/>',
        f'<ellipse cx="{x + 20:.0f}" cy="98" rx="13" ry="{random.uniform(7, 13):.0f}" '
        f'fill="{colours.ink}"{turn}/>',
        stroke(f"M{x - 18:.0f} 148q18 {random.choice((-14, 16))} 36 0", colours.ink, 4, turn),
    ]


def _keyhole(random: Random, colours: Palette) -> list[str]:
    """Draw a keyhole with light behind it."""
    x = random.uniform(85, 115)
    drawn = [circle(x, 105, 98 - 18 * i, (colours.shape, colours.sky)[i % 2], faint(0.6))
             for i in range(4)]  # fmt: skip
    return [
        *drawn,
        circle(x, 92, 25, colours.light),
        area([(x - 10, 100), (x + 10, 100), (x + 21, 168), (x - 21, 168)], colours.light),
    ]


def _clock(random: Random, colours: Palette) -> list[str]:
    """Draw a clock."""
    drawn = [circle(100, 110, 82, colours.shape), circle(100, 110, 70, colours.light)]
    for i in range(12):
        a = i * math.tau / 12
        drawn.append(circle(round(100 + 58 * math.sin(a), 1), round(110 - 58 * math.cos(a), 1),
                            4 if i % 3 == 0 else 2, colours.ink))  # fmt: skip
    for reach, width in ((34, 7), (52, 4)):
        a = random.uniform(0, math.tau)
        drawn.append(stroke(f"M100 110L{100 + reach * math.sin(a):.1f} "
                            f"{110 - reach * math.cos(a):.1f}", colours.ink, width,
                            ' stroke-linecap="round"'))  # fmt: skip
    return [*drawn, circle(100, 110, 6, colours.accent)]


def _target(random: Random, colours: Palette) -> list[str]:
    """Draw rings around a middle, and cross-hairs."""
    x, y = random.uniform(80, 120), random.uniform(95, 120)
    drawn = [circle(x, y, 88 - 20 * i, (colours.shape, colours.light, colours.accent)[i % 3])
             for i in range(5)]  # fmt: skip
    return [*drawn, stroke(f"M{x:.0f} 0V220M0 {y:.0f}H200", colours.ink, 1.6)]


def _orbits(random: Random, colours: Palette) -> list[str]:
    """Draw a planet with rings."""
    x, y, r = random.uniform(70, 130), random.uniform(90, 120), random.uniform(34, 48)
    tilt = random.uniform(-35, 35)
    drawn = stars(random, colours.light)
    drawn += [circle(x, y, r, colours.accent), circle(x - r * 0.28, y - r * 0.2, r * 0.86,
                                                     colours.shape, faint(0.75))]  # fmt: skip
    for i in range(3):
        reach = r * (1.55 + 0.42 * i)
        drawn.append(
            f'<ellipse cx="{x:g}" cy="{y:g}" rx="{reach:.0f}" ry="{reach * 0.3:.0f}" fill="none" '
            f'stroke="{colours.light}" stroke-width="{1.6 - 0.5 * i:g}" '
            f'transform="rotate({tilt:.0f} {x:g} {y:g})"/>'
        )
    return [*drawn, circle(random.uniform(20, 180), random.uniform(24, 60), 7, colours.light)]


def _horizon(random: Random, colours: Palette) -> list[str]:
    """Draw a planet's edge from above, a sun rising behind it."""
    x = random.uniform(40, 160)
    return [
        *stars(random, colours.light, 30, 150),
        circle(x, 150, random.uniform(22, 34), colours.light),
        circle(100, 420, 280, colours.shape),
        ring(100, 420, 282, colours.accent, 4),
        circle(random.uniform(20, 180), random.uniform(30, 80), random.uniform(6, 14),
               colours.accent),
    ]  # fmt: skip


def _rocket(random: Random, colours: Palette) -> list[str]:
    """Draw a ship that rises."""
    lean = random.uniform(-24, 24)
    return [
        *stars(random, colours.light, 22),
        f'<g transform="rotate({lean:.0f} 100 120)">',
        area([(88, 176), (112, 176), (100, 250)], colours.light),
        f'<path d="M100 30c26 34 30 80 24 146H76C70 110 74 64 100 30z" fill="{colours.accent}"/>',
        area([(78, 130), (54, 182), (79, 176)], colours.shape),
        area([(122, 130), (146, 182), (121, 176)], colours.shape),
        circle(100, 96, 12, colours.ink),
        "</g>",
    ]


def _stage(random: Random, colours: Palette) -> list[str]:
    """Draw curtains and a spotlight."""
    x = random.uniform(70, 130)
    drawn = [area([(x, -10), (x - 52, 236), (x + 52, 236)], colours.light, faint(0.35)),
             f'<ellipse cx="{x:.0f}" cy="232" rx="56" ry="13" fill="{colours.light}"/>',
             ]  # fmt: skip
    for side in (0, 1):
        for i in range(4):
            at, fill = 16 * i, (colours.shape, colours.accent)[i % 2]
            left = at if side == 0 else 200 - at - 17
            drawn.append(rect(left, 0, 17, 300 - 26 * i, fill, ' rx="8"'))
    return drawn


def _vinyl(random: Random, colours: Palette) -> list[str]:
    """Draw a record."""
    x, y = random.uniform(76, 124), random.uniform(98, 120)
    grooves = [ring(x, y, 42 + 9 * i, colours.shape, 1.2) for i in range(5)]
    return [circle(x, y, 88, colours.ink), *grooves, circle(x, y, 32, colours.accent),
            circle(x, y, 5, colours.light),
            stroke(f"M186 26L{x + 54:.0f} {y + 18:.0f}", colours.light, 4)]  # fmt: skip


def _sword(random: Random, colours: Palette) -> list[str]:
    """Draw a blade before a sun."""
    lean = random.uniform(-30, 30)
    return [
        circle(100, 116, random.uniform(62, 78), colours.shape),
        f'<g transform="rotate({lean:.0f} 100 130)">',
        area([(93, 190), (93, 40), (100, 22), (107, 40), (107, 190)], colours.light),
        rect(68, 190, 64, 9, colours.accent, ' rx="4"'),
        rect(95, 198, 10, 40, colours.accent),
        "</g>",
        ridge(random, 262, 20, colours.ink, 8),
    ]


SCENES: dict[str, Scene] = {
    "portrait": _portrait,
    "couple": _couple,
    "crowd": _crowd,
    "two": _two,
    "heart": _heart,
    "eye": _eye,
    "teeth": _teeth,
    "mask": _mask,
    "keyhole": _keyhole,
    "clock": _clock,
    "target": _target,
    "orbits": _orbits,
    "horizon": _horizon,
    "rocket": _rocket,
    "stage": _stage,
    "vinyl": _vinyl,
    "sword": _sword,
}
