"""Words say what a film is about."""

import numpy as np

from movieloop.data import packaged_films, packaged_words
from movieloop.model.themes import Themes, packaged_themes, words_of


def test_a_table_survives_packing() -> None:
    rng = np.random.default_rng(0)
    table = Themes(["ghost", "ship", "größe"], np.array([2.0, 1.0, 3.0]), rng.normal(size=(3, 5)))
    again = Themes.from_bytes(table.to_bytes())
    assert again.words == table.words
    assert np.allclose(again.vectors, table.vectors, atol=np.abs(table.vectors).max() / 100)
    assert again.to_bytes() == Themes.from_bytes(again.to_bytes()).to_bytes()


def test_texts_without_a_known_word_say_nothing() -> None:
    table = Themes.from_bytes(packaged_words())
    assert table.of("") is None
    assert table.of("xqzzt 123 !!") is None
    assert words_of("a an of X9") == []


def test_a_sentence_stands_near_films_about_the_same() -> None:
    table, themes = Themes.from_bytes(packaged_words()), packaged_themes()
    titles = {movie.movie_id: movie.label for movie in packaged_films()[0]}
    said = table.of("The crew of a spaceship is hunted by an alien that kills them one by one.")
    points = np.array(list(themes.values()))
    alike = points @ said / np.linalg.norm(points, axis=1)
    nearest = [titles[list(themes)[row]] for row in np.argsort(-alike)[:25]]
    assert {"Alien (1979)", "Life (2017)"} & set(nearest), nearest
