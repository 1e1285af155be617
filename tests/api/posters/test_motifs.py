"""Every genre has a drawing of its own, in the colours it is given, and never the same twice."""

from random import Random
from xml.etree import ElementTree

import pytest

from movieloop.api.posters.motifs import motif_of
from movieloop.api.posters.palette import HUES, palette_of


@pytest.mark.parametrize("genre", [*sorted(HUES), "", "Mountain film"])
def test_a_motif_is_a_few_well_formed_shapes(genre: str) -> None:
    colours = palette_of(1990, (genre,) if genre else ())
    for seed in range(20):
        shapes = motif_of(genre)(Random(seed), colours)
        assert 1 < len(shapes) < 60
        ElementTree.fromstring(f"<svg>{''.join(shapes)}</svg>")
        used = {part[:7] for shape in shapes for part in shape.split('"') if part.startswith("#")}
        assert used <= {getattr(colours, name) for name in colours.__slots__}


@pytest.mark.parametrize("genre", sorted(HUES))
def test_two_films_of_a_genre_look_different_and_one_always_the_same(genre: str) -> None:
    colours = palette_of(1990, (genre,))
    drawn = ["".join(motif_of(genre)(Random(seed), colours)) for seed in (1, 1, 2, 3)]
    assert drawn[0] == drawn[1]
    assert len(set(drawn)) == 3
