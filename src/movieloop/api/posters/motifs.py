"""What is drawn for a film: a scene of its leading genre, and a sign of the second.

>>> from random import Random
>>> from movieloop.api.posters.palette import palette_of
>>> len(SCENES["Western"]), scene_of("Western", 0) is not scene_of("Western", 1)
(5, True)
"""

from collections.abc import Callable

from movieloop.api.posters import patterns, places, things
from movieloop.api.posters.palette import Palette
from movieloop.api.posters.shapes import Scene, area, circle, ring, stroke

_ALL = places.SCENES | things.SCENES | patterns.SCENES

# The first one is the most typical; every scene belongs to few genres, so that it tells.
_NAMES = {
    "Action": "shards explosion arrows target lanes",
    "Adventure": "mountains sword sea road waves",
    "Animation": "bubbles balloons hills arcs night",
    "Biography": "portrait crowd stairs grid clock",
    "Comedy": "arcs confetti balloons mask couple",
    "Crime": "blinds city target web stairs",
    "Documentary": "grid eye crowd hills waves",
    "Drama": "veils portrait sea house couple woods",
    "Family": "hills balloons house bubbles heart",
    "Fantasy": "night sword woods spiral mountains",
    "History": "columns flag sword stairs crowd",
    "Horror": "teeth house mask eye woods",
    "Music": "bars vinyl stage waves rays",
    "Musical": "stage bars confetti heart rays",
    "Mystery": "keyhole spiral woods clock stairs",
    "Noir": "blinds city stairs keyhole road",
    "Romance": "two heart couple sea city",
    "Sci-Fi": "orbits horizon rocket tunnel grid",
    "Sport": "lanes target arrows crowd rays",
    "Superhero": "rays city explosion mask arrows",
    "Thriller": "tunnel eye web road clock",
    "War": "front flag explosion crowd shards",
    "Western": "mesas road target house couple",
}
SCENES: dict[str, tuple[Scene, ...]] = {
    genre: tuple(_ALL[name] for name in names.split()) for genre, names in _NAMES.items()
}


def scene_of(genre: str, number: int) -> Scene:
    """Give a scene of a genre.

    >>> scene_of("Mountain film", 0) is scene_of("Drama", 0)    # what nobody has thought of
    True

    Args:
        genre: The genre.
        number: Which of its scenes; they come round again.

    Returns:
        A function that draws it.
    """
    scenes = SCENES.get(genre, SCENES["Drama"])
    return scenes[number % len(scenes)]


def sign_of(genre: str, colours: Palette, *, x: float, y: float, seed: int) -> list[str]:
    """Draw the small sign of a second genre.

    Args:
        genre: The second genre.
        colours: The colours of the film.
        x: Where its middle is.
        y: Where its middle is.
        seed: Varies its size.

    Returns:
        A few shapes; none for a genre without a sign.
    """
    sign = _SIGNS.get(genre)
    return sign(x, y, 13 + seed % 5, colours) if sign else []


def _heart(x: float, y: float, size: int, colours: Palette) -> list[str]:
    path = f"M{x} {y + size}c-{size * 2}-{size} -{size}-{size * 2} 0-{size}"
    return [f'<path d="{path}c{size}-{size} {size * 2} 0 0 {size}z" fill="{colours.light}"/>']


def _moon(x: float, y: float, size: int, colours: Palette) -> list[str]:
    return [circle(x, y, size * 0.7, colours.light), ring(x, y, size * 1.2, colours.accent, 1.5)]


def _eye(x: float, y: float, size: int, colours: Palette) -> list[str]:
    lid = f"M{x - size} {y}q{size}-{size} {2 * size} 0q-{size} {size}-{2 * size} 0z"
    return [stroke(lid, colours.light, 2), circle(x, y, size * 0.34, colours.accent)]


def _sight(x: float, y: float, size: int, colours: Palette) -> list[str]:
    cross = f"M{x - size - 4} {y}h{2 * size + 8}M{x} {y - size - 4}v{2 * size + 8}"
    return [ring(x, y, size, colours.light, 1.6), stroke(cross, colours.light, 1.6)]


def _dots(x: float, y: float, size: int, colours: Palette) -> list[str]:
    return [
        circle(x + 9 * i - 9, y + (4 if i % 2 else -4), size * 0.35,
               (colours.light, colours.accent)[i % 2])
        for i in range(3)
    ]  # fmt: skip


def _peaks(x: float, y: float, size: int, colours: Palette) -> list[str]:
    foot = y + size * 0.7
    return [
        area([(x - size, foot), (x, y - size), (x + size, foot)], colours.light),
        area([(x - 2, foot), (x + size * 0.8, y - size * 0.2), (x + size * 1.7, foot)],
             colours.accent),
    ]  # fmt: skip


def _note(x: float, y: float, size: int, colours: Palette) -> list[str]:
    return [stroke(f"M{x} {y + size}v-{2 * size}l{size} 5", colours.light, 2.4),
            circle(x - 4, y + size, 5, colours.light)]  # fmt: skip


_SIGNS: dict[str, Callable[[float, float, int, Palette], list[str]]] = {
    **dict.fromkeys(("Romance",), _heart),
    **dict.fromkeys(("Sci-Fi", "Fantasy"), _moon),
    **dict.fromkeys(("Horror", "Mystery", "Thriller"), _eye),
    **dict.fromkeys(("Crime", "Noir", "Action", "War"), _sight),
    **dict.fromkeys(("Comedy", "Family", "Animation"), _dots),
    **dict.fromkeys(("Western", "Adventure", "History"), _peaks),
    **dict.fromkeys(("Music", "Musical"), _note),
}
