"""JSON exports, whatever they hold: an entry that makes no sense is a bad row."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.errors import InvalidInput
from movieloop.importers.formats.archive import Bundle
from movieloop.importers.formats.json_files import film_of, first_entry, rows_of, whole
from movieloop.importers.formats.rows import BadRow, SkippedRow
from tests.importers.importable import put

JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(JSON)
def test_any_movie_is_a_film_or_a_sentence(movie: object) -> None:
    try:
        film = film_of({"title": movie, "year": movie, "ids": movie}, "x")
    except ValueError as error:
        assert str(error) == "the movie has no title"
    else:
        assert film.title or film.imdb_id or film.tmdb_id
    with pytest.raises(ValueError, match="holds no movie"):
        film_of([movie], "x")


def test_rows_are_numbered_by_entry_and_a_bad_one_names_its_file() -> None:
    def make(number: int, entry: object) -> SkippedRow:
        if entry != 1:
            raise ValueError("no one")
        return SkippedRow(number, "one")

    assert list(rows_of("a/b.json", [1, 2], make)) == [
        SkippedRow(1, "one"), BadRow(2, "b.json: no one"),
    ]  # fmt: skip
    assert list(rows_of("b.json", {"no": "list"}, make)) == []


@pytest.mark.parametrize("text", ["", "[", "[1]", "Title,Date", "x" * 99, '{"a": ', "[[{}]]"])
def test_what_begins_with_no_entry_has_none(text: str) -> None:
    assert first_entry(text) == {}


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    bundle = Bundle(put(tmp_path / "x.json", '[{"rating": 9}, {"rat'))
    assert first_entry(bundle.head("x.json")) == {"rating": 9}
    with pytest.raises(InvalidInput, match="no whole JSON"):
        whole(bundle, "x.json")
