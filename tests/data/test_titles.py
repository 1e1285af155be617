"""One film, many spellings: the usual ones meet, and different films stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.data.titles import main_key, normalised, split_year, title_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kill Bill: Vol. 1", "Kill Bill: Volume 1"), ("Three Colors: Red", "Three Colours: Red"),
        ("Mission: Impossible II", "Mission: Impossible 2"), ("Alien³", "Alien 3"),
        ("The Bride of Frankenstein", "Bride of Frankenstein"), ("M*A*S*H", "MASH"),
        ("Fast & Furious", "Fast and Furious"), ("Spider-Man", "Spiderman"),
        ("Ocean's Eleven", "Oceans 11"), ("12 Monkeys", "Twelve Monkeys"),
        ("The Godfather: Part II", "The Godfather Part 2"), ("Godfather, The", "The Godfather"),
        ("Rocky V", "Rocky 5"), ("Dr. No", "Doctor No"), ("WALL·E", "Wall-E"),
        ("Amélie", "Amelie"), ("Łódź", "Lodz"), ("Ægir", "Aegir"), ("Kış", "Kis"),
        ("Harry Potter and the Deathly Hallows: Part 1",
         "Harry Potter and the Deathly Hallows Part I".replace("Part I", "Part One")),
        ("Seven Samurai", "7 Samurai"), ("Airplane!", "Airplane"), ("Ben-Hur", "Ben Hur"),
    ],
)  # fmt: skip
def test_usual_spellings_meet(one: str, other: str) -> None:
    assert title_key(one) == title_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alien", "Aliens"),
        ("Rocky II", "Rocky III"),
        ("The Thing", "The Thin Man"),
        ("Kill Bill: Vol. 1", "Kill Bill: Vol. 2"),
        ("I", "1"),
        ("X", "Ten"),
        ("It", "It 2"),
        ("La La Land", "Land"),
        ("Die Hard", "Hard"),
    ],
)
def test_different_films_stay_apart(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


@pytest.mark.parametrize(
    ("title", "main"),
    [
        ("Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", "Dr. Strangelove"),
        ("Birdman or (The Unexpected Virtue of Ignorance)", "Birdman"),
        ("Rogue One: A Star Wars Story", "Rogue One"),
        ("Borat: Cultural Learnings", "Borat"),
        ("Star Wars: Episode IV - A New Hope", "Star Wars"),
    ],
)
def test_a_subtitle_comes_off(title: str, main: str) -> None:
    assert main_key(title) == title_key(main)
    assert main_key(main) == ""


@given(st.text(max_size=60))
def test_any_text_has_a_key_of_letters_and_digits(text: str) -> None:
    assert title_key(text) == "" or title_key(text).isalnum()
    assert normalised(normalised(text)) == normalised(text)
    _, year = split_year(text)
    assert year is None or 0 <= year <= 9999
