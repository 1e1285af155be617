"""Scenes that are patterns: shards, rays, stripes, bubbles, bars.

>>> from random import Random
>>> from movieloop.api.posters.palette import palette_of
>>> len(SCENES["rays"](Random(1), palette_of(2012, ("Superhero",)))) > 10
True
"""

import math
from random import Random

from movieloop.api.posters.palette import Palette
from movieloop.api.posters.shapes import Scene, area, circle, faint, rect, ring, stroke


def _shards(random: Random, colours: Palette) -> list[str]:
    """Draw slanting shards."""
    drawn, lean = [], random.choice((-1, 1))
    for i, fill in enumerate((colours.shape, colours.ink, colours.accent, colours.light)):
        x, width = random.uniform(-10, 150), random.uniform(10, 70) / (1 + i / 2)
        slope = lean * random.uniform(60, 120)
        drawn.append(area([(x, -5), (x + width, -5), (x + width + slope, 305), (x + slope, 305)],
                          fill, faint(0.9)))  # fmt: skip
    return drawn


def _explosion(random: Random, colours: Palette) -> list[str]:
    """Draw a blast."""
    x, y, drawn = random.uniform(70, 130), random.uniform(100, 130), []
    for reach, fill in ((128, colours.shape), (92, colours.accent), (54, colours.light)):
        points = []
        for i in range(22):
            far = reach * (random.uniform(0.82, 1.1) if i % 2 else random.uniform(0.42, 0.6))
            points.append((x + far * math.cos(i * math.tau / 22),
                           y + far * math.sin(i * math.tau / 22)))  # fmt: skip
        drawn.append(area(points, fill))
    return drawn


def _arrows(random: Random, colours: Palette) -> list[str]:
    """Draw chevrons that drive to one side."""
    way, fills = random.choice((-1, 1)), (colours.shape, colours.accent, colours.light)
    drawn, apart, begin = [], random.uniform(28, 42), random.uniform(70, 110)
    for i in range(6):
        x = 100 + way * (apart * i - begin)
        drawn.append(area([(x, 20), (x + way * 22, 20), (x + way * 74, 115), (x + way * 22, 210),
                           (x, 210), (x + way * 52, 115)], fills[i % 3], faint(0.9)))  # fmt: skip
    return drawn


def _bubbles(random: Random, colours: Palette) -> list[str]:
    """Draw bubbles."""
    fills = (colours.shape, colours.accent, colours.light, colours.sky)
    return [
        circle(random.uniform(10, 190), random.uniform(20, 190), 52 - 6 * i, fills[i % 4],
               faint(0.92))
        for i in range(7)
    ]  # fmt: skip


def _balloons(random: Random, colours: Palette) -> list[str]:
    """Draw balloons on strings."""
    drawn = []
    for i in range(6):
        x, y = 26 + 30 * i + random.uniform(-8, 8), random.uniform(46, 130)
        fill = (colours.accent, colours.light, colours.shape)[i % 3]
        drawn += [stroke(f"M{x:.0f} {y + 26:.0f}Q{x + 8:.0f} {y + 70:.0f} 100 250", colours.light,
                         0.9), f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="21" ry="27" '
                  f'fill="{fill}"/>']  # fmt: skip
    return drawn


def _arcs(random: Random, colours: Palette) -> list[str]:
    """Draw half and quarter circles in a grid."""
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


def _confetti(random: Random, colours: Palette) -> list[str]:
    """Draw confetti."""
    fills, drawn = (colours.accent, colours.light, colours.shape, colours.paper), []
    for i in range(42):
        x, y, turn = random.uniform(0, 190), random.uniform(0, 215), random.randrange(180)
        drawn.append(rect(x, y, random.uniform(5, 14), 5, fills[i % 4],
                          f' transform="rotate({turn} {x:.0f} {y:.0f})"'))  # fmt: skip
    return drawn


def _blinds(random: Random, colours: Palette) -> list[str]:
    """Draw light behind blinds."""
    x, y, lean = random.uniform(60, 140), random.uniform(80, 120), random.uniform(-14, 14)
    drawn = [circle(x, y, random.uniform(50, 66), colours.accent)]
    for i in range(13):
        top = 8 + 17 * i
        drawn.append(area([(-5, top), (205, top + lean), (205, top + lean + 9), (-5, top + 9)],
                          colours.ink, faint(0.88)))  # fmt: skip
    return drawn


def _grid(random: Random, colours: Palette) -> list[str]:
    """Draw squares."""
    fills = (colours.shape, colours.accent, colours.sky, colours.light)
    return [
        rect(14 + 36 * (i % 5), 20 + 36 * (i // 5), 30, 30, random.choices(fills, (5, 2, 5, 1))[0])
        for i in range(25)
    ]


def _bars(random: Random, colours: Palette) -> list[str]:
    """Draw a sound as bars."""
    drawn, phase = [], random.uniform(0, 6)
    for i in range(15):
        height = 30 + 70 * abs(math.sin(phase + i * 0.55)) + random.uniform(0, 26)
        fill = (colours.accent, colours.shape, colours.light)[i % 3]
        drawn.append(rect(10 + 12.2 * i, 115 - height, 7, 2 * height, fill, ' rx="3.5"'))
    return drawn


def _waves(random: Random, colours: Palette) -> list[str]:
    """Draw waves above one another."""
    drawn, phase = [], random.uniform(0, 6)
    for i, fill in enumerate((colours.light, colours.accent, colours.shape, colours.sky,
                              colours.ink)):  # fmt: skip
        y, high = 60 + 40 * i, random.uniform(10, 24)
        top = [(x, y + high * math.sin(phase + i + x / 26)) for x in range(-4, 209, 8)]
        drawn.append(area([*top, (204, 300), (-4, 300)], fill, faint(0.9)))
    return drawn


def _lanes(random: Random, colours: Palette) -> list[str]:
    """Draw lanes that run to one point."""
    vanish = random.uniform(70, 130)
    drawn = [area([(-120 + 90 * i, 300), (-80 + 90 * i, 300), (vanish, 60)],
                  (colours.shape, colours.accent)[i % 2]) for i in range(5)]  # fmt: skip
    return [*drawn, circle(vanish, 62, 28, colours.light)]


def _rays(random: Random, colours: Palette) -> list[str]:
    """Draw rays around a star."""
    x, y, begin = random.uniform(80, 120), random.uniform(105, 130), random.uniform(0, 0.4)
    drawn = []
    for i in range(14):
        a, b = begin + i * math.tau / 14, begin + (i + 0.5) * math.tau / 14
        drawn.append(area([(x, y), (x + 260 * math.cos(a), y + 260 * math.sin(a)),
                           (x + 260 * math.cos(b), y + 260 * math.sin(b))],
                          (colours.shape, colours.accent)[i % 2], faint(0.75)))  # fmt: skip
    burst = [(x + (52, 26)[k % 2] * math.sin(k * math.pi / 5),
              y - (52, 26)[k % 2] * math.cos(k * math.pi / 5)) for k in range(10)]  # fmt: skip
    return [*drawn, circle(x, y, 66, colours.ink), area(burst, colours.light)]


def _tunnel(random: Random, colours: Palette) -> list[str]:
    """Draw squares that turn into the depth."""
    x, y, turn = random.uniform(80, 120), random.uniform(90, 115), random.uniform(4, 13)
    drawn = []
    for i in range(9):
        half, fill = 150 - 17 * i, (colours.shape, colours.ink, colours.sky)[i % 3]
        drawn.append(rect(x - half, y - half, 2 * half, 2 * half, fill,
                          f' transform="rotate({turn * i:.0f} {x:g} {y:g})"'))  # fmt: skip
    return [*drawn, circle(x, y, 7, colours.light)]


def _spiral(random: Random, colours: Palette) -> list[str]:
    """Draw a spiral that draws one in."""
    way, points, begin = random.choice((-1, 1)), [], random.uniform(0, 6)
    for i in range(90):
        a, far = begin + way * i * 0.32, 2 + 1.28 * i
        points.append(f"{100 + far * math.cos(a):.0f} {112 + far * math.sin(a):.0f}")
    return [circle(100, 112, 104, colours.shape, faint(0.7)),
            stroke("M" + "L".join(points), colours.light, 5), circle(100, 112, 9,
                                                                      colours.accent)]  # fmt: skip


def _front(random: Random, colours: Palette) -> list[str]:
    """Draw smoke over a burning horizon."""
    drawn = [circle(random.uniform(50, 150), 118, 44, colours.accent)]
    for _ in range(5):
        x, width = random.uniform(0, 200), random.uniform(8, 26)
        drawn.append(f'<path d="M{x:.0f} 190c-{width:.0f}-60 {width:.0f}-90-4-170h'
                     f'{width / 2:.0f}c12 70-20 110 {width:.0f} 170z" fill="{colours.ink}"'
                     f"{faint(0.55)}/>")  # fmt: skip
    drawn += [rect(0, 170 + 9 * i, 200, 6 - i * 0.5, colours.shape) for i in range(6)]
    return [*drawn, rect(0, 222, 200, 80, colours.ink)]


def _flag(random: Random, colours: Palette) -> list[str]:
    """Draw a torn flag."""
    fills, drawn = (colours.shape, colours.light, colours.accent), []
    for i in range(3):
        y, end = 44 + 40 * i, 176 - random.uniform(0, 40)
        drawn.append(f'<path d="M34 {y}q36-16 72 0t{end - 106:.0f} 0v40q-36 16-72 0t-72 0z" '
                     f'fill="{fills[i]}"/>')  # fmt: skip
    return [rect(26, 28, 8, 260, colours.ink), *drawn]


def _web(random: Random, colours: Palette) -> list[str]:
    """Draw threads around a knot."""
    x, y = random.uniform(70, 130), random.uniform(90, 120)
    spokes = [(x + 200 * math.cos(i * math.tau / 11), y + 200 * math.sin(i * math.tau / 11))
              for i in range(11)]  # fmt: skip
    drawn = [stroke(f"M{x:.0f} {y:.0f}L{a:.0f} {b:.0f}", colours.light, 1) for a, b in spokes]
    for reach in (26, 50, 78, 112):
        corners = " ".join(f"{x + reach * math.cos(i * math.tau / 11):.0f} "
                           f"{y + reach * math.sin(i * math.tau / 11):.0f}"
                           for i in range(11))  # fmt: skip
        drawn.append(stroke(f"M{corners}z", colours.shape, 2.4))
    return [*drawn, circle(x, y, 12, colours.accent), ring(x, y, 18, colours.light, 1.4)]


SCENES: dict[str, Scene] = {
    "shards": _shards,
    "explosion": _explosion,
    "arrows": _arrows,
    "bubbles": _bubbles,
    "balloons": _balloons,
    "arcs": _arcs,
    "confetti": _confetti,
    "blinds": _blinds,
    "grid": _grid,
    "bars": _bars,
    "waves": _waves,
    "lanes": _lanes,
    "rays": _rays,
    "tunnel": _tunnel,
    "spiral": _spiral,
    "front": _front,
    "flag": _flag,
    "web": _web,
}
