"""All servers tell the same, each in its own words."""

import pytest

from movieloop.importers.media_servers.server import server_of
from tests.importers.media_servers.servers import TOKEN, Film, speaking

KINDS = ("jellyfin", "emby", "plex")


@pytest.mark.parametrize("kind", KINDS)
def test_films_have_their_numbers_and_their_day(kind: str) -> None:
    with speaking(kind) as fake:
        server = server_of(kind, fake.address + "/", TOKEN)
        assert server.check() == "Cellar"
        films = list(server.films())
    assert [(one.item, one.film.title, one.film.year) for one in films] == [
        ("i1", "Alien", 1979), ("i2", "Heat", 1995), ("i3", "Our Wedding", 2019),
    ]  # fmt: skip
    assert (films[0].film.imdb_id, films[0].film.tmdb_id) == ("tt0078748", 348)
    assert films[0].added_at == 1_600_000_000_000


@pytest.mark.parametrize("kind", KINDS)
def test_many_films_come_in_pages(kind: str) -> None:
    films = [Film(f"i{i}", f"Film {i}", 2000) for i in range(1_234)]
    with speaking(kind, films) as fake:
        listed = list(server_of(kind, fake.address, TOKEN).films())
        pages = [path for path in fake.asked if "Start" in path]
    assert [one.item for one in listed] == [one.item for one in films]
    assert len(pages) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_film_without_title_and_number_is_left_out(kind: str) -> None:
    films = [Film("i1", "", None), Film("i2", "", None, {"Imdb": "tt0078748"})]
    with speaking(kind, films) as fake:
        listed = list(server_of(kind, fake.address, TOKEN).films())
    assert [one.item for one in listed] == ["i2"]
