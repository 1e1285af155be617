"""Scenes of places: mountains, sea, cities, roads, houses, rooms.

>>> from random import Random
>>> from movieloop.api.posters.palette import palette_of
>>> len(SCENES["city"](Random(1), palette_of(1999, ("Crime",)))) > 10
True
"""

from random import Random

from movieloop.api.posters.palette import Palette
from movieloop.api.posters.shapes import Scene, area, circle, faint, rect, ridge, stars, stroke


def _mountains(random: Random, colours: Palette) -> list[str]:
    """Draw peaks behind peaks, and a sun."""
    return [
        circle(random.uniform(50, 150), random.uniform(60, 95), random.uniform(22, 34),
               colours.light),
        ridge(random, 190, 80, colours.accent, 5),
        ridge(random, 215, 70, colours.shape, 7),
        ridge(random, 235, 40, colours.ink, 6),
    ]  # fmt: skip


def _mesas(random: Random, colours: Palette) -> list[str]:
    """Draw table mountains before a large sun."""
    drawn = [circle(random.uniform(60, 140), random.uniform(100, 130), random.uniform(46, 60),
                    colours.light)]  # fmt: skip
    for base, fill in ((196, colours.accent), (216, colours.shape)):
        x, width, height = random.uniform(-20, 110), random.uniform(50, 80), random.uniform(40, 76)
        drawn.append(area([(-5, 300), (-5, base), (x, base), (x + 9, base - height),
                           (x + width, base - height), (x + width + 12, base), (205, base),
                           (205, 300)], fill))  # fmt: skip
    return [*drawn, ridge(random, 238, 8, colours.ink, 12)]


def _hills(random: Random, colours: Palette) -> list[str]:
    """Draw round hills."""
    drawn = [circle(random.uniform(50, 150), 74, 30, colours.light)]
    for i, fill in enumerate((colours.sky, colours.accent, colours.shape, colours.ink)):
        drawn.append(circle(random.uniform(0, 200), 265 + 22 * i, 122 - 8 * i, fill))
    return drawn


def _veils(random: Random, colours: Palette) -> list[str]:
    """Draw layers of mist before a moon."""
    drawn = [circle(random.uniform(60, 140), random.uniform(70, 110), 46, colours.light)]
    for i, fill in enumerate((colours.accent, colours.shape, colours.sky, colours.ink)):
        y, a, b = 96 + 36 * i, random.uniform(-46, 46), random.uniform(-46, 46)
        drawn.append(
            f'<path d="M0 {y}C66 {y + a:.0f} 133 {y + b:.0f} 200 {y}V300H0z" fill="{fill}"'
            f"{faint(0.82)}/>"
        )
    return drawn


def _night(random: Random, colours: Palette) -> list[str]:
    """Draw a crescent over dark woods."""
    x, y = random.uniform(70, 130), random.uniform(80, 105)
    return [
        *stars(random, colours.light, 34),
        circle(x, y, 50, colours.accent),
        circle(x + random.choice((-1, 1)) * 22, y - 8, 44, colours.sky),
        ridge(random, 222, 60, colours.shape, 11),
        ridge(random, 246, 36, colours.ink, 9),
    ]


def _columns(random: Random, colours: Palette) -> list[str]:
    """Draw a temple, in part fallen."""
    drawn = [area([(14, 66), (100, 24), (186, 66)], colours.accent),
             rect(14, 72, 172, 9, colours.light)]  # fmt: skip
    for i in range(5):
        drawn.append(rect(22 + 34 * i, 86, 20, random.uniform(96, 190), colours.shape))
    return drawn


def _city(random: Random, colours: Palette) -> list[str]:
    """Draw a skyline with lit windows."""
    drawn = [circle(random.uniform(40, 160), random.uniform(50, 90), random.uniform(20, 38),
                    colours.light)]  # fmt: skip
    for depth, fill in ((0, colours.shape), (1, colours.ink)):
        x = -8.0
        while x < 205:
            width, height = random.uniform(20, 40), random.uniform(70, 170) - 34 * depth
            drawn.append(rect(x, 250 - height, width, height + 60, fill))
            if depth:
                for _ in range(4):
                    drawn.append(rect(x + random.uniform(3, width - 7),
                                      250 - height + random.uniform(6, 50), 4, 6,
                                      random.choice((colours.accent, colours.light))))  # fmt: skip
            x += width + random.uniform(-2, 4)
    return drawn


def _road(random: Random, colours: Palette) -> list[str]:
    """Draw a road that runs to the horizon."""
    x, y = random.uniform(70, 130), random.uniform(110, 140)
    drawn = [circle(x + random.uniform(-30, 30), y - 12, random.uniform(28, 40), colours.light),
             rect(0, y, 200, 300, colours.shape), area([(x - 3, y), (x + 3, y), (190, 300),
                                                        (10, 300)], colours.ink)]  # fmt: skip
    for i in range(6):
        far, near = y + 4 + 5 * i * i, y + 9 + 5 * (i + 0.5) ** 2
        mid = [x + (100 - x) * (at - y) / (300 - y) for at in (far, near)]
        half = [0.4 + 4 * (at - y) / (300 - y) for at in (far, near)]
        drawn.append(area([(mid[0] - half[0], far), (mid[0] + half[0], far),
                           (mid[1] + half[1], near), (mid[1] - half[1], near)],
                          colours.accent))  # fmt: skip
    return drawn


def _sea(random: Random, colours: Palette) -> list[str]:
    """Draw a moon or sun and its path on the water."""
    x, y = random.uniform(60, 140), random.uniform(120, 150)
    drawn = [circle(x, y - random.uniform(0, 40), random.uniform(30, 46), colours.light),
             rect(0, y, 200, 300, colours.shape)]  # fmt: skip
    for i in range(9):
        wide = random.uniform(12, 40) + 3 * i
        drawn.append(rect(x - wide / 2 + random.uniform(-6, 6), y + 6 + 9 * i, wide, 2.6,
                          colours.accent if i % 2 else colours.light, ' rx="1.3"'))  # fmt: skip
    return drawn


def _house(random: Random, colours: Palette) -> list[str]:
    """Draw a lonely house with one lit window."""
    x, y = random.uniform(70, 130), random.uniform(150, 176)
    drawn = [circle(random.choice((46, 154)), random.uniform(48, 80), random.uniform(20, 32),
                    colours.light), ridge(random, y + 40, 24, colours.shape, 7)]  # fmt: skip
    drawn += [rect(x - 34, y - 40, 68, 80, colours.ink),
              area([(x - 44, y - 38), (x, y - 86), (x + 44, y - 38)], colours.ink),
              rect(x + 12, y - 92, 9, 44, colours.ink)]  # fmt: skip
    window = random.choice((-22, 6))
    drawn += [rect(x + window, y - 22, 15, 19, colours.accent),
              stroke(f"M{x + window + 7.5:.1f} {y - 22:.1f}v19", colours.ink, 1.4)]  # fmt: skip
    return [*drawn, rect(0, y + 38, 200, 160, colours.ink)]


def _stairs(random: Random, colours: Palette) -> list[str]:
    """Draw stairs that lead to a lit door."""
    left = random.choice((True, False))
    drawn, door, high = [], 140 if left else 32, random.uniform(14, 19)
    for i in range(8):
        x = 25 * i if left else 200 - 25 * (i + 1)
        fill = (colours.shape, colours.accent)[i % 2]
        drawn.append(rect(x, 232 - high * i, 25, 300, fill))
    return [rect(door, 166 - 7 * high, 30, 62, colours.light), *drawn]


def _woods(random: Random, colours: Palette) -> list[str]:
    """Draw trunks in a row, light between them."""
    drawn = [circle(random.uniform(60, 140), 110, random.uniform(40, 60), colours.light)]
    for depth, fill in ((0, colours.accent), (1, colours.shape), (2, colours.ink)):
        for _ in range(5 - depth):
            x, width = random.uniform(-6, 200), 5 + 6 * depth + random.uniform(0, 6)
            drawn.append(area([(x, -5), (x + width, -5), (x + width + 4, 300), (x - 4, 300)], fill,
                              faint(0.9)))  # fmt: skip
    return drawn


SCENES: dict[str, Scene] = {
    "mountains": _mountains,
    "mesas": _mesas,
    "hills": _hills,
    "veils": _veils,
    "night": _night,
    "columns": _columns,
    "city": _city,
    "road": _road,
    "sea": _sea,
    "house": _house,
    "stairs": _stairs,
    "woods": _woods,
}
