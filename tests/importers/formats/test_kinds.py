"""Films are told from series and games in the words of many services and languages."""

import pytest

from movieloop.importers.formats.kinds import kind_of


@pytest.mark.parametrize(
    "word", ["", "Movie", "movie", "Feature Film", "TV Movie", "tvMovie", "Short", "TV Special",
             "Documentary", "Película", "Spielfilm", "фильм", "Filme"],
)  # fmt: skip
def test_films(word: str) -> None:
    assert kind_of(word) != "other"


@pytest.mark.parametrize(
    "word", ["TV Series", "tvSeries", "TV Mini Series", "TV Mini-Series", "tvEpisode", "Video Game",
             "videoGame", "Podcast Series", "show", "tv", "season", "Serie TV", "Episodio TV",
             "Miniserie", "Fernsehserie", "Odcinek", "сериал", "Videospiel", "série télévisée"],
)  # fmt: skip
def test_no_films(word: str) -> None:
    assert kind_of(word) == "other"


def test_what_nobody_knows_may_be_a_film() -> None:
    assert kind_of("Music Video") == kind_of("hologram") == "maybe"
