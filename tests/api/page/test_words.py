"""The server's own words: the language a browser asks for, complete in each."""

import pytest

from movieloop.api.page.words import WORDS, words_for


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"), ("en-GB,en;q=0.9,de;q=0.5", "en"), ("fr,de", "de"),
        ("fr", "en"), ("", "en"), ("*", "en"), (";;,,de", "de"),
    ],
)  # fmt: skip
def test_the_first_language_that_is_spoken_is_taken(accepted: str, language: str) -> None:
    assert words_for(accepted)["language"] == language


def test_every_language_says_everything() -> None:
    for words in WORDS.values():
        assert words.keys() == WORDS["en"].keys()
        assert all(words.values())
