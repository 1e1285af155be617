"""The films that come with movieloop, and their points; SOURCES.md beside it says whence."""

import csv
import json
from collections.abc import Sequence
from importlib.resources import files

from movieloop.catalog.catalog import Movie


def packaged_films() -> tuple[Sequence[Movie], bytes, str]:
    """Read the packaged catalogue.

    >>> movies, points, origin = packaged_films()
    >>> len(movies) > 3000 and any(movie.label == "The Matrix (1999)" for movie in movies)
    True

    Returns:
        The movies, the bytes of their points (`Embeddings.from_bytes` reads them), and where
        both come from, for people.
    """
    folder = files("movieloop.catalog")
    with (folder / "movies.csv").open(encoding="utf-8") as file:
        movies = [
            Movie(
                movie_id=int(row["movie_id"]),
                title=row["title"],
                year=int(row["year"]) if row["year"] else None,
                genres=tuple(row["genres"].split("|")) if row["genres"] else (),
                imdb_id=row["imdb_id"] or None,
                popularity=int(row["popularity"]),
            )
            for row in csv.DictReader(file)
        ]
    provenance = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    origin = f"packaged films, built {provenance['built']}"
    return movies, (folder / "points.npz").read_bytes(), origin
