"""The page's HTML: nothing of a title gets out of its place."""

from html.parser import HTMLParser

import pytest

from movieloop.api.page import markup
from movieloop.api.page.words import WORDS
from movieloop.schemas.movies import MovieOut

EVIL = "\"'><script>alert(1)</script>&"


class Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.alts: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.alts += [value for name, value in attrs if name == "alt"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def evil() -> MovieOut:
    return MovieOut(
        movie_id=7, title=EVIL, year=2020, genres=[EVIL], imdb_id=None, popularity=1, about=EVIL,
        directors=[EVIL], cast=[EVIL], countries=["KR"],
    )  # fmt: skip


def test_a_card_shows_markup_as_text(evil: MovieOut) -> None:
    seen = Seen(markup.card(evil, WORDS["en"]))
    assert "script" not in seen.tags and EVIL in seen.text
    assert seen.alts == [f"{EVIL} (2020)"]
    assert seen.tags.count("button") == 3


def test_a_films_page_tells_its_facts_as_text(evil: MovieOut) -> None:
    page = markup.film_page(evil, [markup.card(evil, WORDS["de"])], WORDS["de"])
    seen = Seen(page)
    assert "script" not in seen.tags
    assert seen.text.count(EVIL) >= 5 and "South Korea" in seen.text
    assert "Gut" in seen.text and "Ihm am nächsten" in seen.text


def test_a_list_has_its_headline_and_its_films(evil: MovieOut) -> None:
    page = markup.list_page("Headline", "Said", ["<li>one</li>"], kind="films")
    assert Seen(page).text == "HeadlineSaidone"
