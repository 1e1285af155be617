"""Films: what a movie is, how people find one, and the films that come with movieloop."""

from movieloop.data.catalog import Catalog
from movieloop.data.movie import Movie, imdb_id_of
from movieloop.data.packaged import (
    packaged_digest,
    packaged_films,
    packaged_map,
    packaged_points,
    packaged_words,
)
from movieloop.data.titles import normalised

__all__ = [
    "Catalog",
    "Movie",
    "imdb_id_of",
    "normalised",
    "packaged_digest",
    "packaged_films",
    "packaged_map",
    "packaged_points",
    "packaged_words",
]
