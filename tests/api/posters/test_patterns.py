"""The scenes of `patterns.py`: well formed, in the colours they are given."""

from random import Random
from xml.etree import ElementTree

import pytest

from movieloop.api.posters import patterns
from movieloop.api.posters.palette import palette_of
from movieloop.api.posters.shapes import Scene


@pytest.mark.parametrize("scene", patterns.SCENES.values(), ids=patterns.SCENES)
def test_a_scene_can_be_drawn_in_any_colours(scene: Scene) -> None:
    for seed in range(30):
        for year in (1920, 1965, 2020):
            colours = palette_of(year, ("Drama", "Comedy"))
            shapes = scene(Random(seed), colours)
            drawn = ElementTree.fromstring(f"<svg>{''.join(shapes)}</svg>")
            assert len(list(drawn.iter())) > 2
            assert all("#" in shape or "<g" in shape or shape == "</g>" for shape in shapes)


def test_every_scene_is_used() -> None:
    from movieloop.api.posters import motifs

    used = {scene for scenes in motifs.SCENES.values() for scene in scenes}
    assert set(patterns.SCENES.values()) <= used
