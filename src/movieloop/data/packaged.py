"""The films that come with movieloop, and their points; SOURCES.md beside it says whence."""

import csv
import hashlib
import json
import struct
from collections.abc import Mapping, Sequence
from importlib.resources import files

from movieloop.data.movie import Movie


def packaged_films() -> tuple[Sequence[Movie], bytes, str]:
    """Read the packaged catalogue.

    >>> movies, points, origin = packaged_films()
    >>> len(movies) > 3000 and any(movie.label == "The Matrix (1999)" for movie in movies)
    True

    Returns:
        The movies, the bytes of their points (`Embeddings.from_bytes` reads them), and where
        both come from, for people.
    """
    folder = files("movieloop.data") / "packaged"
    with (folder / "movies.csv").open(encoding="utf-8") as file:
        movies = [
            Movie(
                movie_id=int(row["movie_id"]),
                title=row["title"],
                year=int(row["year"]) if row["year"] else None,
                genres=_listed(row, "genres"),
                imdb_id=row["imdb_id"] or None,
                popularity=int(row["popularity"]),
                tmdb_id=int(row["tmdb_id"]) if row.get("tmdb_id") else None,
                wikidata_id=row.get("wikidata_id") or None,
                other_titles=_listed(row, "other_titles"),
                directors=_listed(row, "directors"),
                countries=_listed(row, "countries"),
                languages=_listed(row, "languages"),
                runtime=int(row["runtime"]) if row.get("runtime") else None,
                cast=_listed(row, "cast"),
            )
            for row in csv.DictReader(file)
        ]
    provenance = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    origin = f"packaged films, built {provenance['built']}"
    return movies, packaged_points(), origin


def packaged_points() -> bytes:
    """Read the points of the packaged films.

    Returns:
        What `Embeddings.from_bytes` reads.
    """
    return (files("movieloop.data") / "packaged" / "points.npz").read_bytes()


def packaged_digest() -> str:
    """Tell the packaged films from those of another movieloop, without reading them one by one.

    >>> len(packaged_digest())
    64

    Returns:
        The SHA-256 of the files of films and points, in hexadecimal.
    """
    folder = files("movieloop.data") / "packaged"
    digest = hashlib.sha256()
    for name in ("movies.csv", "points.npz"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def _listed(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    """Read a cell of several values; a table of before may lack the column."""
    return tuple(filter(None, (row.get(column) or "").split("|")))


def packaged_words() -> bytes:
    """Read the table of words that places films by what they are about.

    Returns:
        What `Themes.from_bytes` reads.
    """
    return (files("movieloop.data") / "packaged" / "words.npz").read_bytes()


def packaged_map() -> tuple[bytes, float] | None:
    """Read the map of the packaged points, which takes seconds to lay out.

    >>> places, kept = packaged_map()
    >>> len(places) == 4 * len(packaged_films()[0]), 0 < kept < 1
    (True, True)

    Returns:
        What `Projection.to_bytes` packed, and the share of true neighbours it keeps; None if it is
        the map of other points.
    """
    folder = files("movieloop.data") / "packaged"
    data = (folder / "map.bin").read_bytes()
    of_points, kept = struct.unpack("<32sd", data[:40])
    if of_points != hashlib.sha256((folder / "points.npz").read_bytes()).digest():
        return None
    return data[40:], kept


def pack_map(points: bytes, places: bytes, kept: float) -> bytes:
    """Pack a map as `packaged_map` reads it.

    >>> len(pack_map(b"points", b"1234", 0.2))
    44

    Args:
        points: The bytes of points.npz.
        places: What `Projection.to_bytes` packed.
        kept: The share of true neighbours it keeps.

    Returns:
        The bytes of map.bin.
    """
    return struct.pack("<32sd", hashlib.sha256(points).digest(), kept) + places
