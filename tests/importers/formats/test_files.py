"""Any file may be handed in: it is read, or refused in plain words; never a traceback."""

import io
import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from movieloop.errors import InvalidInput
from movieloop.importers.formats import RatingRow, sniff
from movieloop.importers.formats.archive import MOST_FILES, Bundle
from tests.importers.importable import (
    LETTERBOXD,
    as_json,
    bad,
    put,
    put_all,
    rows,
    told,
    trakt,
    zip_bytes,
    zipped,
)

RATINGS = f"{LETTERBOXD},Rating\n2021-03-01,Alien,1979,https://boxd.it/1,4.5\n"
HEADERS = {
    "letterboxd.csv": f"{LETTERBOXD},Rating\n",
    "imdb.csv": "Const,Your Rating,Date Rated,Title,Title Type,Year,Genres\n",
    "tmdb.csv": "TMDb ID,IMDb ID,Type,Name,Release Date,Your Rating,Date Rated\n",
    "history.csv": "Title,Date\n",
    "thumbs.csv": "Profile Name,Title Name,Thumbs Value,Event Utc Ts\n",
    "tweets.dat": "1::0133093::9::1381945744\n",
    "trakt.json": "[" + as_json(trakt("Alien", rated_at="2021-03-01", rating=9))[1:-1] + ",\n",
}
A_FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def refused(path: Path) -> str:
    """Hand in a file that must be refused, at the look of it or on the way; give the words."""
    with pytest.raises(InvalidInput) as caught:
        rows(path)
    assert caught.value.field == "file"
    assert "\n" not in str(caught.value)
    return caught.value.message


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


def test_a_missing_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    assert "There is no file or folder" in refused(tmp_path / "nowhere.csv")
    assert "is empty" in refused(tmp_path)


def test_a_name_no_system_allows_is_refused() -> None:
    assert "There is no file" in refused(Path("a\0b"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "There is no file" in refused(tmp_path / "pipe")
    assert "is empty" in refused(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_one_may_not_read_is_refused(tmp_path: Path) -> None:
    file = put(tmp_path / "ratings.csv", RATINGS)
    file.chmod(0)
    assert "cannot be read" in refused(file)


def test_a_folder_of_two_exports_is_refused(tmp_path: Path) -> None:
    put_all(tmp_path, {"a.csv": RATINGS, "b.csv": "Title,Date\nHeat,3/5/21\n"})
    assert "several exports (Letterboxd export, Netflix export)" in refused(tmp_path)


def test_a_folder_that_is_no_export_is_not_searched_for_ever(tmp_path: Path) -> None:
    put_all(tmp_path, {f"{number}.txt": "x" for number in range(MOST_FILES + 1)})
    assert "holds more than" in refused(tmp_path)


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    put_all(tmp_path, {"a.csv": RATINGS, ".git/b.csv": RATINGS, "__MACOSX/a.csv": RATINGS})
    assert Bundle(tmp_path).names == ["a.csv"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encodings_and_line_endings(tmp_path: Path, encoding: str, ending: str) -> None:
    lines = [f"{LETTERBOXD},Rating", "2021-03-01,Amélie,2001,x,4.5", "2021-03-02,Café,,x,2", ""]
    file = put(tmp_path / "x.csv", ending.join(lines).encode(encoding))
    assert told(file) == [("Amélie (2001)", 1), ("Café", 0)]


def test_a_latin_1_letter_at_the_end_of_a_line_stays(tmp_path: Path) -> None:
    file = put(tmp_path / "x.csv", "Date,Title\n3/5/21,Café\n".encode("latin-1"))
    assert told(file) == [("Café", None)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_may_have_changed_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    text = RATINGS.replace(",", delimiter)
    assert told(put(tmp_path / "x.csv", text)) == [("Alien (1979)", 1)]


def test_a_gigantic_line_is_one_bad_row(tmp_path: Path) -> None:
    giant = "2021-03-01," + "x" * 3_000_000 + ",1979,x,4.5\n"
    file = put(tmp_path / "x.csv", RATINGS + giant + RATINGS.splitlines()[1])
    assert [type(row) is RatingRow for row in rows(file)] == [False, True]
    assert bad(file) == [(3, "x.csv: the line is longer than 1 MiB")]


def test_a_quote_that_never_ends_costs_one_row(tmp_path: Path) -> None:
    file = put(tmp_path / "x.csv", RATINGS + '2021-03-01,"Cats,2019,x,1\n2021-03-01,Heat,1995,x,1')
    assert bad(file) == [(3, "x.csv: its quotes do not fit")]
    assert len(rows(file)) == 3


@pytest.mark.parametrize("name", ["../evil.csv", "/evil.csv", "a/../../evil.csv", "..\\evil.csv",
                                  "C:\\evil.csv"])  # fmt: skip
def test_a_zip_that_points_outside_is_refused(tmp_path: Path, name: str) -> None:
    archive = zipped(tmp_path / "x.zip", {"ratings.csv": RATINGS, name: RATINGS})
    assert "unsafe" in refused(archive)


def test_nothing_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    zipped(tmp_path / "x.zip", {"ratings.csv": RATINGS})
    assert told(tmp_path / "x.zip") == [("Alien (1979)", 1)]
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "x.zip", {"ratings.csv": RATINGS + "x" * 20_000_000})
    assert bomb.stat().st_size < 50_000
    assert "a zip bomb" in refused(bomb)


def test_more_than_two_gib_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("movieloop.importers.formats.archive.MOST_BYTES", 100)
    lines = "".join(f"2021-03-01,Film {number},1979,x,4.5\n" for number in range(9))
    assert "unpacks to more than" in refused(zipped(tmp_path / "x.zip", {"r.csv": RATINGS + lines}))


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    honest = zip_bytes({"ratings.csv": RATINGS * 9})
    size = len(RATINGS * 9).to_bytes(4, "little")
    assert honest.count(size) == 2
    lying = honest.replace(size, len(RATINGS).to_bytes(4, "little"))
    assert "damaged" in refused(put(tmp_path / "x.zip", lying))


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    content = bytearray(zip_bytes({"ratings.csv": RATINGS}))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in refused(put(tmp_path / "x.zip", bytes(content)))


def test_a_damaged_member_is_refused_on_the_way(tmp_path: Path) -> None:
    lines = "".join(f"2021-03-01,Film {n * n},1979,x,4.5\n" for n in range(9000))
    content = bytearray(zip_bytes({"ratings.csv": f"{LETTERBOXD},Rating\n{lines}"}))
    content[len(content) // 2] ^= 0xFF
    assert "damaged" in refused(put(tmp_path / "x.zip", bytes(content)))


def read_or_refuse(path: Path) -> None:
    """Read a file to its end; the only thing that may go wrong is `InvalidInput`."""
    try:
        found = rows(path)
    except InvalidInput:
        return
    assert all(row.line >= 1 for row in found)


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


@A_FEW
@given(seed=st.integers(0, 2**32))
def test_a_zip_with_random_damage_never_surprises(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", chance.choice([0, 8, 12, 14])) as archive:
        archive.writestr("ratings.csv", RATINGS * 9)
        archive.writestr("likes/films.csv", RATINGS)
    content = bytearray(buffer.getvalue())
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    read_or_refuse(put(tmp_path / "x", bytes(content[: chance.randint(4, len(content))])))
    read_or_refuse(put(tmp_path / "x", bytes(content)))


def test_reading_again_begins_anew(tmp_path: Path) -> None:
    dataset = sniff(put(tmp_path / "x.csv", RATINGS))
    assert list(dataset.rows()) == list(dataset.rows())
