"""Countries and languages are found by the words people have for them."""

import pytest

from movieloop.data.places import (
    COUNTRIES,
    LANGUAGES,
    country_of,
    language_of,
    words_of_country,
    words_of_language,
)


@pytest.mark.parametrize("code", COUNTRIES)
def test_every_country_is_found_by_its_code_and_name(code: str) -> None:
    assert len(code) == 2 and code.isupper()
    assert country_of(code) == country_of(words_of_country(code)[0].upper()) == code


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_is_found_by_its_code_and_name(code: str) -> None:
    assert language_of(code) == language_of(words_of_language(code)[0]) == code


def test_no_word_means_two_places() -> None:
    words = [word.casefold() for names in COUNTRIES.values() for word in names]
    assert len(words) == len(set(words))


def test_what_nobody_knows_is_none_and_a_strange_code_names_itself() -> None:
    assert country_of("Atlantis") is language_of("Klingon") is None
    assert (words_of_country("ZZ"), words_of_language("tlh")) == (("ZZ",), ("tlh",))
