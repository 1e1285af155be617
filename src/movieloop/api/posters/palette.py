"""One hue a genre, everywhere: on posters, bars and the map. Older films are darker and greyer.

Colours are chosen in OKLCH, where equal steps look equal, and written as sRGB (Björn Ottosson,
*A perceptual color space for image processing*, 2020).

>>> hue_of("Horror"), palette_of(1979, ("Horror", "Sci-Fi")).ground
(22, '#2f1010')
"""

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

# Degrees in OKLCH: 0 rose, 30 red-orange, 90 yellow, 145 green, 200 cyan, 260 blue, 310 purple.
HUES = {
    "Action": 38, "Adventure": 152, "Animation": 72, "Biography": 82, "Comedy": 96, "Crime": 248,
    "Documentary": 186, "Drama": 292, "Family": 128, "Fantasy": 312, "History": 66, "Horror": 22,
    "Music": 336, "Musical": 348, "Mystery": 276, "Noir": 232, "Romance": 6, "Sci-Fi": 212,
    "Sport": 140, "Superhero": 262, "Thriller": 200, "War": 112, "Western": 56,
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1915, 2025


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one poster, as `#rrggbb`.

    Attributes:
        ground: The background's lower part.
        sky: The background's upper part.
        ink: Dark shapes.
        shape: Shapes in the genre's hue.
        accent: Shapes in the second genre's hue.
        light: The brightest shapes.
        paper: The title.
    """

    ground: str
    sky: str
    ink: str
    shape: str
    accent: str
    light: str
    paper: str


def hue_of(genre: str) -> int:
    """Give a genre's hue; a genre nobody has thought of gets one from its name.

    >>> hue_of("Western"), hue_of("Mountain film")
    (56, 86)

    Args:
        genre: The genre.

    Returns:
        Degrees in OKLCH, 0 to 359.
    """
    return HUES.get(genre, zlib.crc32(genre.encode()) % 360)


def palette_of(year: int | None, genres: Sequence[str]) -> Palette:
    """Choose the colours of a film.

    >>> palette_of(1922, ("Horror",)).shape, palette_of(2022, ("Horror",)).shape
    ('#644342', '#c8454a')

    Args:
        year: When it came out; None counts as recent.
        genres: Its genres, the leading one first.

    Returns:
        The colours.
    """
    age = ((year or _LAST_YEAR) - _FIRST_YEAR) / (_LAST_YEAR - _FIRST_YEAR)
    bright = min(max(age, 0.0), 1.0)
    first = hue_of(genres[0]) if genres else 60
    second = hue_of(genres[1]) if len(genres) > 1 else (first + 42) % 360
    quiet = 0.4 if "Noir" in genres[:2] else 1.0
    colour = (0.22 + 0.78 * bright) * quiet
    return Palette(
        ground=srgb(0.17 + 0.09 * bright, 0.075 * colour, first),
        sky=srgb(0.27 + 0.19 * bright, 0.12 * colour, first),
        ink=srgb(0.12 + 0.05 * bright, 0.045 * colour, first),
        shape=srgb(0.41 + 0.17 * bright, 0.17 * colour, first),
        accent=srgb(0.58 + 0.15 * bright, 0.15 * colour, second),
        light=srgb(0.80 + 0.08 * bright, 0.09 * colour, (first + second) / 2),
        paper=srgb(0.93 + 0.04 * bright, 0.02, first),
    )


def srgb(lightness: float, chroma: float, hue: float) -> str:
    """Write an OKLCH colour as sRGB; a colour screens cannot show loses chroma, not hue.

    >>> srgb(1.0, 0.0, 0.0), srgb(0.628, 0.2577, 29.23)
    ('#ffffff', '#ff0000')

    Args:
        lightness: 0 black to 1 white.
        chroma: 0 grey to about 0.3.
        hue: Degrees.

    Returns:
        The colour as `#rrggbb`.
    """
    while True:
        a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
        long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        linear = (
            4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
        )
        if chroma < 0.005 or all(-0.002 <= part <= 1.002 for part in linear):
            break
        chroma *= 0.96
    parts = [round(255 * _gamma(min(max(part, 0.0), 1.0))) for part in linear]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _gamma(linear: float) -> float:
    """Encode one channel as sRGB does."""
    if linear <= 0.0031308:
        return 12.92 * linear
    return float(1.055 * linear ** (1 / 2.4) - 0.055)
