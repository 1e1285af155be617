"""What a reader yields: a film by its own name, and an opinion about it."""

from movieloop.importers.formats import FilmFacts, RatingRow


def test_a_film_is_called_by_what_is_known_of_it() -> None:
    assert FilmFacts("1", "Alien", 1979).label == "Alien (1979)"
    assert FilmFacts("1", "Alien").label == "Alien"


def test_rows_are_values() -> None:
    film = FilmFacts("1", "Alien", 1979)
    assert RatingRow(2, None, film, 1, 5) == RatingRow(2, None, FilmFacts("1", "Alien", 1979), 1, 5)
    assert len({film, FilmFacts("1", "Alien", 1979)}) == 1
