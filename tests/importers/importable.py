"""Files to import, made by the tests: as people get them, and as nobody should make them."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from movieloop.importers.formats import BadRow, RatingRow, Row, SkippedRow, sniff

LETTERBOXD = "Date,Name,Year,Letterboxd URI"


def put(path: Path, content: str | bytes) -> Path:
    """Write a file, its folders too, and give its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def put_all(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder and give the folder."""
    for name, content in files.items():
        put(folder / name, content)
    return folder


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a zip and give its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def zip_bytes(files: Mapping[str, str | bytes]) -> bytes:
    """Make a zip in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def rows(path: Path) -> list[Row]:
    """Read everything."""
    return list(sniff(path).rows())


def told(path: Path) -> list[tuple[str, int | None]]:
    """Read the opinions: (film, rating); every other row fails the test."""
    found = rows(path)
    assert all(isinstance(row, RatingRow) for row in found), found
    return [(row.film.label, row.rating) for row in found if isinstance(row, RatingRow)]


def bad(path: Path) -> list[tuple[int, str]]:
    """Read the rows nobody can read."""
    return [(row.line, row.reason) for row in rows(path) if isinstance(row, BadRow)]


def skipped(path: Path) -> list[str]:
    """Read why rows are passed over."""
    return [row.reason for row in rows(path) if isinstance(row, SkippedRow)]


def trakt(title: str, year: int | None = None, **entry: object) -> dict[str, object]:
    """Make an entry of a Trakt export."""
    ids = {"trakt": len(title), "slug": title.lower(), "imdb": None, "tmdb": None}
    return {"movie": {"title": title, "year": year, "ids": ids}, **entry}


def as_json(*entries: object) -> str:
    """Make a JSON list."""
    return json.dumps(entries)
