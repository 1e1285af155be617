"""A film as a row of the table `movies`, and back.

>>> alien = Movie(7, "Alien", 1979, ("Horror",), "tt0078748", directors=("Ridley Scott",))
>>> row = row_of(alien)
>>> row["genres"], row["facts"]
('["Horror"]', '{"directors": ["Ridley Scott"]}')
>>> movie_of([row[column] for column in COLUMNS]) == alien
True
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from movieloop.data import Movie
from movieloop.store.connection import Damaged

COLUMNS = (
    "movie_id", "title", "year", "genres", "imdb_id", "popularity", "tmdb_id", "wikidata_id",
    "facts",
)  # fmt: skip
_LISTS = ("other_titles", "directors", "countries", "languages", "cast")


def row_of(movie: Movie) -> dict[str, Any]:
    """Write a film as a row.

    Args:
        movie: The film.

    Returns:
        A value for each of `COLUMNS`; what has no column of its own stands in `facts`, as JSON.
    """
    facts: dict[str, Any] = {name: list(getattr(movie, name)) for name in _LISTS}
    facts["runtime"] = movie.runtime
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


def movie_of(row: Sequence[Any]) -> Movie:
    """Read a row; SQLite lets any value stand in any column.

    Args:
        row: A value for each of `COLUMNS`.

    Returns:
        The film.

    Raises:
        Damaged: The values make no sense.
    """
    cells = dict(zip(COLUMNS, row, strict=True))
    genres, facts = _json(cells.pop("genres")), _json(cells.pop("facts"))
    if not (
        isinstance(cells["title"], str)
        and isinstance(cells["popularity"], int)
        and all(isinstance(cells[name], int | None) for name in ("year", "tmdb_id"))
        and all(isinstance(cells[name], str | None) for name in ("imdb_id", "wikidata_id"))
        and _is_texts(genres)
        and _are_facts(facts)
    ):
        raise Damaged(f"the row of film {cells['movie_id']} makes no sense")
    lists: dict[str, Any] = {name: tuple(facts.get(name, ())) for name in _LISTS}
    return Movie(**cells, genres=tuple(genres), runtime=facts.get("runtime"), **lists)


def _json(text: object) -> Any:  # noqa: ANN401 - whatever stands there
    try:
        return json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _are_facts(facts: object) -> bool:
    return (
        isinstance(facts, Mapping)
        and all(_is_texts(facts.get(name, [])) for name in _LISTS)
        and isinstance(facts.get("runtime"), int | None)
    )
