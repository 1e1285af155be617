"""A film as a row of the table `movies`, and back.

>>> alien = Movie(7, "Alien", 1979, ("Horror",), "tt0078748", directors=("Ridley Scott",))
>>> row = row_of(alien)
>>> row["genres"], row["facts"]
('["Horror"]', '{"directors": ["Ridley Scott"]}')
>>> movie_of([row[column] for column in COLUMNS]) == alien
True
"""

import json
from collections.abc import Sequence
from typing import Any

from movieloop.data import Movie
from movieloop.store.connection import Damaged

COLUMNS = (
    "movie_id", "title", "year", "genres", "imdb_id", "popularity", "tmdb_id", "wikidata_id",
    "facts",
)  # fmt: skip
# A start reads ten thousand rows: a tuple is tested several times faster than a union of types.
_INT_OR_NONE, _TEXT_OR_NONE = (int, type(None)), (str, type(None))
_LISTS = ("other_titles", "directors", "countries", "languages", "cast")


def row_of(movie: Movie) -> dict[str, Any]:
    """Write a film as a row.

    Args:
        movie: The film.

    Returns:
        A value for each of `COLUMNS`; what has no column of its own stands in `facts`, as JSON.
    """
    facts: dict[str, Any] = {name: list(getattr(movie, name)) for name in _LISTS}
    facts |= {"runtime": movie.runtime, "about": movie.about}
    known = {name: value for name, value in facts.items() if value}
    return {
        "movie_id": movie.movie_id,
        "title": movie.title,
        "year": movie.year,
        "genres": json.dumps(movie.genres, ensure_ascii=False),
        "imdb_id": movie.imdb_id,
        "popularity": movie.popularity,
        "tmdb_id": movie.tmdb_id,
        "wikidata_id": movie.wikidata_id,
        "facts": json.dumps(known, ensure_ascii=False),
    }


def movie_of(row: Sequence[Any], owned_since: int | None = None) -> Movie:
    """Read a row; SQLite lets any value stand in any column.

    Args:
        row: A value for each of `COLUMNS`.
        owned_since: Since when it is in a connected library, if it is.

    Returns:
        The film.

    Raises:
        Damaged: The values make no sense.
    """
    movie_id, title, year, genres, imdb_id, popularity, tmdb_id, wikidata_id, facts = row
    genres, facts = _json(genres), _json(facts)
    if not (
        isinstance(title, str)
        and isinstance(popularity, int)
        and isinstance(year, _INT_OR_NONE)
        and isinstance(tmdb_id, _INT_OR_NONE)
        and isinstance(imdb_id, _TEXT_OR_NONE)
        and isinstance(wikidata_id, _TEXT_OR_NONE)
        and _is_texts(genres)
        and isinstance(facts, dict)
        and isinstance(facts.get("runtime"), _INT_OR_NONE)
        and isinstance(facts.get("about", ""), str)
    ):
        raise Damaged(f"the row of film {movie_id} makes no sense")
    lists: dict[str, Any] = {name: facts[name] for name in _LISTS if name in facts}
    if not all(map(_is_texts, lists.values())):
        raise Damaged(f"the row of film {movie_id} makes no sense")
    return Movie(
        movie_id, title, year, tuple(genres), imdb_id, popularity, tmdb_id, wikidata_id,
        runtime=facts.get("runtime"), about=facts.get("about", ""), owned_since=owned_since,
        **{name: tuple(texts) for name, texts in lists.items()},
    )  # fmt: skip


def _json(text: object) -> Any:  # noqa: ANN401 - whatever stands there
    try:
        return json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and set(map(type, value)) <= {str}
