"""Zips, zips in zips, gzip and workbooks: looked into, or refused in a sentence."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from movieloop.errors import InvalidInput
from movieloop.importers.formats.archive import Bundle
from tests.importers.importable import put, zip_bytes, zipped


def contents(path: Path) -> dict[str, bytes]:
    found = {}
    bundle = Bundle(path, called="the file")
    for name in bundle.names:
        with bundle.open(name) as stream:
            found[name] = stream.read()
            assert bundle.size(name) == len(found[name])
    return found


def test_a_zip_in_a_zip_is_looked_into_once(tmp_path: Path) -> None:
    inner = zip_bytes({"ratings.csv": "Title,Date\n"})
    twice = zip_bytes({"inner.zip": inner})
    assert contents(zipped(tmp_path / "a.zip", {"x.zip": inner})) == {
        "x.zip/ratings.csv": b"Title,Date\n"
    }
    assert contents(zipped(tmp_path / "b.zip", {"x.zip": twice})) == {"x.zip/inner.zip": inner}
    with pytest.raises(InvalidInput, match="is empty"):
        contents(zipped(tmp_path / "c.zip", {"x.zip": "no zip"}))


def test_windows_writes_folders_with_backslashes(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in (r"likes\films.csv", r"deleted\ratings.csv", "profile.csv"):
            info = zipfile.ZipInfo("placeholder")
            info.filename = name
            archive.writestr(info, "x")
    assert contents(put(tmp_path / "w.zip", buffer.getvalue())) == {"likes/films.csv": b"x"}


def test_what_is_gzipped_is_read_as_what_it_holds(tmp_path: Path) -> None:
    packed = gzip.compress(b"Title,Date\n")
    put(tmp_path / "folder" / "ratings.csv.gz", packed)
    assert contents(put(tmp_path / "ratings.csv.gz", packed)) == {"ratings.csv": b"Title,Date\n"}
    assert contents(tmp_path / "folder") == {"ratings.csv": b"Title,Date\n"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (gzip.compress(bytes(3 * 1024**2)), "a zip bomb"),
        (b"\x1f\x8b not gzip at all " + b"\x09\0\0\0", "is damaged"),
        (b"\xd0\xcf\x11\xe0 old excel", "Save the sheet as CSV"),
        (zip_bytes({"xl/workbook.xml": "<x/>"}), "an Excel workbook"),
        (zip_bytes({"content.xml": "<x/>"}), "an OpenDocument sheet"),
        (zip_bytes({"x.zip": zip_bytes({"../evil.csv": "x"})}), "is unsafe"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        contents(put(tmp_path / "file", content))
