"""What holds for the scenes of every module, for the tests of each."""

from collections.abc import Iterable
from random import Random
from xml.etree import ElementTree

from movieloop.api.posters import motifs
from movieloop.api.posters.palette import palette_of
from movieloop.api.posters.shapes import Scene


def assert_drawn_in_any_colours(scene: Scene) -> None:
    for seed in range(30):
        for year in (1920, 1965, 2020):
            colours = palette_of(year, ("Drama", "Comedy"))
            shapes = scene(Random(seed), colours)
            drawn = ElementTree.fromstring(f"<svg>{''.join(shapes)}</svg>")
            assert len(list(drawn.iter())) > 2
            assert all("#" in shape or "<g" in shape or shape == "</g>" for shape in shapes)


def assert_all_used(scenes: Iterable[Scene]) -> None:
    used = {scene for of_genre in motifs.SCENES.values() for scene in of_genre}
    assert set(scenes) <= used
