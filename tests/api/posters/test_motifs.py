"""Every genre has scenes of its own, in the colours it is given, and never the same twice."""

from itertools import pairwise
from random import Random
from xml.etree import ElementTree

import pytest

from movieloop import MovieLoop
from movieloop.api.posters.layouts import layout_of
from movieloop.api.posters.motifs import SCENES, scene_of, sign_of
from movieloop.api.posters.palette import HUES, palette_of
from movieloop.api.posters.poster import draw


@pytest.mark.parametrize("genre", [*sorted(HUES), "", "Mountain film"])
def test_a_scene_is_some_well_formed_shapes_in_the_films_colours(genre: str) -> None:
    colours = palette_of(1990, (genre,) if genre else ())
    for seed in range(20):
        shapes = scene_of(genre, seed)(Random(seed), colours)
        shapes += sign_of(genre, colours, x=30, y=40, seed=seed)
        assert 1 < len(shapes) < 110
        ElementTree.fromstring(f"<svg>{''.join(shapes)}</svg>")
        used = {part[:7] for shape in shapes for part in shape.split('"') if part.startswith("#")}
        assert used <= {getattr(colours, name) for name in colours.__slots__}


@pytest.mark.parametrize("genre", sorted(HUES))
def test_a_genre_has_four_to_six_scenes_and_each_varies(genre: str) -> None:
    assert 4 <= len(set(SCENES[genre])) == len(SCENES[genre]) <= 6
    colours = palette_of(1990, (genre,))
    for scene in SCENES[genre]:
        drawn = ["".join(scene(Random(seed), colours)) for seed in (1, 1, 2, 3)]
        assert drawn[0] == drawn[1]
        assert len(set(drawn)) == 3, scene.__name__


def test_films_beside_each_other_can_be_told_apart(everything: MovieLoop) -> None:
    """The pictures without their titles, in lists people see: few neighbours have one scene."""
    pairs = alike = same = 0
    for film in everything.movies.search(limit=40).movies:
        near = everything.movies.similar(film.movie_id, n=12).similar
        for one, other in pairwise(near):
            pairs += 1
            looks = [look(f.title, f.year, f.genres) for f in (one, other)]
            alike += looks[0] == looks[1]
            same += draw(one.title, one.year, one.genres) == draw(
                other.title, other.year, other.genres
            )
    assert same == 0 and pairs > 400
    assert alike / pairs < 0.12


def look(title: str, year: int | None, genres: list[str]) -> tuple[str, str, str]:
    """Tell the scene, the layout and the second genre: what one sees first."""
    import zlib

    seed = zlib.crc32(f"{title}\n{year}".encode())
    scene = scene_of(genres[0] if genres else "", seed >> 3)
    return scene.__name__, layout_of(year).name, str(seed >> 9 & 1)
