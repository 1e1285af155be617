"""Answers become films, clean or not at all."""

import json
from pathlib import Path
from typing import Any

import pytest

from movieloop.errors import InvalidInput
from movieloop.importers.wikidata.answers import films_of, numbers_of, rows_in, rows_of
from tests.importers.wikidata.service import answer, binding, film

WHOLE = film(
    103569, "Alien", "1979-05-25", original="Alien", imdb="tt0078748", tmdb="348", minutes="117",
    genres="science fiction film|horror film", directors="Ridley Scott|Q42",
    cast="Sigourney Weaver|Tom Skerritt", countries="US|GB", languages="en",
    about="1979 film by Ridley Scott",
)  # fmt: skip


def only(*rows: dict[str, Any]) -> Any:
    films, left_out = films_of(rows_of(json.loads(answer(list(rows)))))
    assert len(films) == 1, left_out
    return films[0]


def test_a_film_with_everything() -> None:
    movie = only(WHOLE)
    assert (movie.label, movie.wikidata_id) == ("Alien (1979)", "Q103569")
    assert (movie.imdb_id, movie.tmdb_id, movie.runtime) == ("tt0078748", 348, 117)
    assert set(movie.genres) == {"Sci-Fi", "Horror"}
    assert movie.directors == ("Ridley Scott",)  # a maker without a name is no maker
    assert (movie.countries, movie.languages) == (("US", "GB"), ("en",))
    assert movie.about == ""  # says nothing that is not said elsewhere
    assert movie.other_titles == ()


def test_rows_of_one_film_are_joined_and_its_first_year_counts() -> None:
    movie = only(
        film(5, "Twice", "2025-03-01", imdb="tt1111111", genres="drama film"),
        film(5, "Twice", "2024-12-24", imdb="tt2222222", genres="war film"),
    )
    assert (movie.year, movie.imdb_id) == (2024, "tt1111111")
    assert set(movie.genres) == {"Drama", "War"}


def test_a_film_without_an_english_name_has_its_own() -> None:
    movie = only(film(6, "Q6", "2025-01-01", original="千と千尋"))
    assert movie.title == "千と千尋"
    movie = only(film(7, "Spirits", "2025-01-01", original="千と千尋"))
    assert (movie.title, movie.other_titles) == ("Spirits", ("千と千尋",))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (binding(film="http://example.org/1", label="X", date="2025-01-01"), "no item"),
        (binding(label="X", date="2025-01-01"), "no item"),
        (binding(film="Q1", date="2025-01-01"), "no title"),
        (binding(film="Q1", label="\u200b\x07", date="2025-01-01"), "no title"),
        (binding(film="Q1", label="x" * 1_000_000, date="2025-01-01"), "too long"),
        (binding(film="Q1", label="X"), "no year"),
        (binding(film="Q1", label="X", date="t123"), "no year"),
        (binding(film="Q1", label="X", date="9999-01-01"), "cannot be"),
        (binding(film="Q1", label="X", date="0001-01-01"), "cannot be"),
    ],
)
def test_what_cannot_be_a_film_is_left_out_and_counted(row: dict[str, Any], why: str) -> None:
    films, left_out = films_of(rows_of(json.loads(answer([row]))))
    assert films == []
    assert [why in reason for reason in left_out] == [True]
    assert list(left_out.values()) == [1]


def test_values_that_make_no_sense_are_unknown() -> None:
    movie = only(
        film(
            8, "<b>Bold\x00</b>\u202e", "2025-01-01", imdb="nm1", tmdb="-4", minutes="1e400",
            countries="XX|KR", languages="tlh", genres="gardening",
        )
    )  # fmt: skip
    assert movie.title == "<b>Bold</b>"  # text, to be escaped where it is shown
    assert (movie.imdb_id, movie.tmdb_id, movie.runtime) == (None, None, None)
    assert (movie.countries, movie.languages, movie.genres) == (("KR",), (), ())


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"results": {"bind', b"[" * 100_000])
def test_a_file_that_is_no_json_is_one_error(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "saved.json").write_bytes(body)
    with pytest.raises(InvalidInput, match="not JSON"):
        rows_in(tmp_path / "saved.json")


@pytest.mark.parametrize("value", [{}, {"results": []}, {"results": {}}, [1], "x", None, 7])
def test_json_that_is_no_answer_is_one_error(value: object) -> None:
    with pytest.raises(InvalidInput, match="no answer"):
        rows_of(value)


def test_a_missing_file_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        rows_in(tmp_path / "nowhere.json")


def test_both_shapes_of_a_saved_answer_mean_the_same(tmp_path: Path) -> None:
    plain = [{name: cell["value"] for name, cell in WHOLE.items()}]
    (tmp_path / "plain.json").write_text(json.dumps(plain))
    (tmp_path / "whole.json").write_bytes(answer([WHOLE]))
    assert rows_in(tmp_path / "plain.json") == rows_in(tmp_path / "whole.json")


def test_numbers_are_read_by_item() -> None:
    rows = rows_of(json.loads(answer([binding(film="Q1", imdb="tt0000001"), binding(film="Q1")])))
    (movie,) = numbers_of(rows)
    assert (movie.title, movie.wikidata_id, movie.imdb_id) == ("", "Q1", "tt0000001")
