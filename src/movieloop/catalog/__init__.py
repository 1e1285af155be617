"""Films: what a movie is, how people find one, and the films that come with movieloop."""

from movieloop.catalog.catalog import Catalog, Movie, normalised
from movieloop.catalog.packaged import packaged_films

__all__ = ["Catalog", "Movie", "normalised", "packaged_films"]
