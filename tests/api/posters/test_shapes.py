"""Shapes: well-formed SVG with short numbers."""

from random import Random
from xml.etree import ElementTree

from movieloop.api.posters import shapes


def test_every_shape_is_an_element() -> None:
    random = Random(1)
    drawn = [
        shapes.circle(1.23456, 2, 3, "#fff", shapes.faint(0.5)),
        shapes.rect(1.23456, 2, 3.3333, 4, "#fff"),
        shapes.area([(0, 0), (1.26, 0), (1, 1)], "#fff"),
        shapes.stroke("M0 0h9", "#fff", 2),
        shapes.ring(1, 2, 3, "#fff"),
        shapes.ridge(random, 200, 40, "#fff"),
        *shapes.stars(random, "#fff", 5),
    ]
    assert len(list(ElementTree.fromstring(f"<svg>{''.join(drawn)}</svg>"))) == 11
    assert 'width="3.3"' in drawn[1] and "1.3 0" in drawn[2]
