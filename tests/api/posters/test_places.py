"""The scenes of `places.py`: well formed, in the colours they are given."""

import pytest

from movieloop.api.posters.places import SCENES
from movieloop.api.posters.shapes import Scene
from tests.api.posters.drawing import assert_all_used, assert_drawn_in_any_colours


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_a_scene_can_be_drawn_in_any_colours(scene: Scene) -> None:
    assert_drawn_in_any_colours(scene)


def test_every_scene_is_used() -> None:
    assert_all_used(SCENES.values())
