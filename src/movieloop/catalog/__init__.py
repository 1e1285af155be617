"""Films: what a movie is, how people find one, and the films that come with movieloop."""

from movieloop.catalog.catalog import Catalog, Movie, imdb_id_of, normalised
from movieloop.catalog.packaged import packaged_films, packaged_map

__all__ = ["Catalog", "Movie", "imdb_id_of", "normalised", "packaged_films", "packaged_map"]
