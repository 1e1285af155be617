"""Chunks of an import: each row has a key of its own, and is stored once."""

from movieloop import MovieLoop
from movieloop.importers.batches import count_added, key_of
from movieloop.importers.formats import FilmFacts, RatingRow
from movieloop.store import ImportedFeedback

ALIEN, HEAT = FilmFacts("imdb:tt0078748", "Alien", 1979), FilmFacts("imdb:tt0113277", "Heat", 1995)


def test_who_which_film_what_and_when_make_the_key_and_nothing_else() -> None:
    row = RatingRow(2, "7", ALIEN, 1, 1000)
    others = [
        RatingRow(2, "8", ALIEN, 1, 1000), RatingRow(2, "7", HEAT, 1, 1000),
        RatingRow(2, "7", ALIEN, 0, 1000), RatingRow(2, "7", ALIEN, None, 1000),
        RatingRow(2, "7", ALIEN, 1, 1001), RatingRow(2, "7", ALIEN, 1, None),
    ]  # fmt: skip
    assert len({key_of(other) for other in [row, *others]}) == 7
    elsewhere = FilmFacts("imdb:tt0078748", "Alien, another title", 1980)
    assert key_of(RatingRow(99, "7", elsewhere, 1, 1000)) == key_of(row)


def test_fields_that_run_into_each_other_stay_apart() -> None:
    one = RatingRow(1, "a", FilmFacts("bc", "x"), 1, 0)
    two = RatingRow(1, "ab", FilmFacts("c", "x"), 1, 0)
    assert key_of(one) != key_of(two)


def test_looking_first_counts_what_storing_then_does(loop: MovieLoop) -> None:
    film = loop.movies.get("Alien (1979)").movie_id
    rows = [ImportedFeedback("ada", film, 1, f"import:{i:024x}", i) for i in range(5)]
    looked = count_added(loop, rows, dry_run=True)()
    assert loop.users.counts() == (0, 0)
    assert looked == count_added(loop, rows, dry_run=False)() == (5, 0)
    assert count_added(loop, rows, dry_run=True)() == count_added(loop, rows, dry_run=False)()
    assert count_added(loop, lambda session: rows[:2], dry_run=False)() == (0, 2)
