"""Names of regions: what stands out there, nowhere twice at one zoom, the same every time."""

import numpy as np

from movieloop.model.regions import LEVELS, regions

SIZE = 100


def test_a_square_is_named_by_what_stands_out_and_not_by_what_is_everywhere() -> None:
    random = np.random.default_rng(1)
    places = random.integers(0, SIZE + 1, size=(600, 2))
    corner = (places < 33).all(axis=1)
    words = [
        [("genre", "Drama"), *([("genre", "Western")] if inside else [])]
        for inside in corner.tolist()
    ]
    found = regions(places, words, size=SIZE, levels=(3,))
    assert [region.names for region in found] == [("Western",)]
    assert found[0].x < 33 and found[0].y < 33


def test_a_second_word_of_another_kind_is_said_if_it_weighs_enough() -> None:
    places = np.array([[5, 5]] * 40 + [[90, 90]] * 200)
    words = [[("genre", "Animation"), ("country", "JP")]] * 40 + [[("genre", "Drama")]] * 200
    found = regions(places, words, size=SIZE, levels=(2,))
    assert found[0].names == ("Animation", "JP") and found[0].kinds == ("genre", "country")


def test_no_name_stands_twice_at_one_zoom_and_few_films_have_none() -> None:
    random = np.random.default_rng(2)
    places = random.integers(0, SIZE + 1, size=(2000, 2))
    kinds = ["War", "Noir", "Music", "Sport"]
    words = [[("genre", kinds[int(x > 50) * 2 + int(y > 50)])] for x, y in places.tolist()]
    found = regions(places, words, size=SIZE)
    for level in range(len(LEVELS)):
        names = [region.names for region in found if region.level == level]
        assert len(names) == len(set(names))
    assert regions(places[:10], words[:10], size=SIZE) == []
    assert found == regions(places, words, size=SIZE)
