"""Any file may be handed in: it is read, or refused in plain words; never a traceback."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movieloop.importers.formats import sniff
from tests.importers.formats.handed_in import A_FEW, RATINGS, read_or_refuse, refused
from tests.importers.importable import (
    LETTERBOXD,
    as_json,
    put,
    trakt,
    zip_bytes,
)

HEADERS = {
    "letterboxd.csv": f"{LETTERBOXD},Rating\n",
    "imdb.csv": "Const,Your Rating,Date Rated,Title,Title Type,Year,Genres\n",
    "tmdb.csv": "TMDb ID,IMDb ID,Type,Name,Release Date,Your Rating,Date Rated\n",
    "history.csv": "Title,Date\n",
    "thumbs.csv": "Profile Name,Title Name,Thumbs Value,Event Utc Ts\n",
    "tweets.dat": "1::0133093::9::1381945744\n",
    "trakt.json": "[" + as_json(trakt("Alien", rated_at="2021-03-01", rating=9))[1:-1] + ",\n",
}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02" * 99, "nothing that can be imported. Understood are: Letterboxd"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "nothing that can be imported"),
        (b"hello world\n", "nothing that can be imported"),
        (b"\n\n\n", "nothing that can be imported"),
        (b"Name,Year\nAlien,1979\n", "nothing that can be imported"),
        (b'"Title,Date\n', "nothing that can be imported"),
        (b"{}", "nothing that can be imported"),
        (b"[[[[" * 9999, "nothing that can be imported"),
        (b"[{" + b'"a":[' * 3000, "nothing that can be imported"),
        (b"PK\x03\x04", "damaged"),
        (b"PK\x05\x06" + bytes(18), "is empty"),
        (zip_bytes({"ratings.csv": RATINGS * 50})[:-40], "damaged"),
        (zip_bytes({"readme.txt": "hello"}), "nothing that can be imported"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    assert says in refused(put(tmp_path / "ratings.csv", content))


@A_FEW
@given(content=st.binary(max_size=400))
def test_random_bytes_never_surprise(tmp_path: Path, content: bytes) -> None:
    read_or_refuse(put(tmp_path / "x", content))


@A_FEW
@given(name=st.sampled_from(sorted(HEADERS)), content=st.binary(max_size=400))
def test_random_bytes_after_a_header_never_surprise(
    tmp_path: Path, name: str, content: bytes
) -> None:
    read_or_refuse(put(tmp_path / "x", HEADERS[name].encode() + content))


@A_FEW
@given(name=st.sampled_from(sorted(HEADERS)), fields=st.lists(st.text(max_size=9), max_size=9))
def test_random_fields_never_surprise(tmp_path: Path, name: str, fields: list[str]) -> None:
    separator = "::" if name.endswith("dat") else ","
    text = HEADERS[name] + separator.join(fields)
    read_or_refuse(put(tmp_path / "x", text.encode("utf-8", "replace")))


def test_reading_again_begins_anew(tmp_path: Path) -> None:
    dataset = sniff(put(tmp_path / "x.csv", RATINGS))
    assert list(dataset.rows()) == list(dataset.rows())
