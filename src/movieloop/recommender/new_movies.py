r"""What somebody tells of a new film, made into a film of the catalogue - or refused, saying why.

>>> told = NewMovie(title=" Night\tTrain ", year=2025, genres=["horror"], countries=["Korea"])
>>> movie = movie_of(told, Catalog([Movie(7, "Alien", 1979, ("Horror",))]))
>>> movie.label, movie.genres, movie.countries
('Night Train (2025)', ('Horror',), ('KR',))
"""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import ValidationError

from movieloop.data import Catalog, Movie, imdb_id_of
from movieloop.data.movie import latest_year, wikidata_id_of
from movieloop.data.places import country_of, language_of
from movieloop.data.titles import title_key
from movieloop.errors import InvalidInput, MovieExists
from movieloop.schemas.movies import NewMovie


def told(**facts: Any) -> NewMovie:  # noqa: ANN401 - whatever was typed
    """Check what was told of a film in the shape the HTTP API takes it in.

    Args:
        facts: The fields of `NewMovie`.

    Returns:
        The film.

    Raises:
        InvalidInput: A field is missing or not what it must be.
    """
    try:
        return NewMovie(**facts)
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(str(part) for part in fault["loc"])
        raise InvalidInput(field, f"{fault['msg']}.") from None


def clean(text: str) -> str:
    r"""Take out of a text what cannot be seen; blanks of any kind become one.

    >>> clean("  The\u202e Quiet\x00\n Orbit ")
    'The Quiet Orbit'

    Args:
        text: Any text.

    Returns:
        What can be read of it.
    """
    seen = (c if unicodedata.category(c)[0] != "C" else " " if c.isspace() else "" for c in text)
    return " ".join("".join(seen).split())


def movie_of(new: NewMovie, catalog: Catalog) -> Movie:
    """Make a film of what was told; its number is still 0.

    Args:
        new: What was told.
        catalog: The films there are; their genres are the genres.

    Returns:
        The film, its texts clean and its words those of the catalogue.

    Raises:
        InvalidInput: A value makes no sense.
        MovieExists: The catalogue has it.
    """
    if not (title := clean(new.title)) or not title_key(title):
        raise InvalidInput("title", "There is nothing in it that can be read.")
    if new.year > latest_year():
        raise InvalidInput("year", f"{new.year} is too far ahead: {latest_year()} is the last.")
    movie = Movie(
        movie_id=0,
        title=title,
        year=new.year,
        genres=_each(new.genres, catalog.genre),
        imdb_id=_number(new.imdb_id, imdb_id_of, "imdb_id", "tt0078748"),
        tmdb_id=new.tmdb_id,
        wikidata_id=_number(new.wikidata_id, wikidata_id_of, "wikidata_id", "Q103569"),
        other_titles=_texts(new.other_titles),
        directors=_texts(new.directors),
        countries=_each(new.countries, lambda word: _code("countries", word, country_of)),
        languages=_each(new.languages, lambda word: _code("languages", word, language_of)),
        runtime=new.runtime,
        cast=_texts(new.cast),
        about=clean(new.about),
    )
    known = same_movie(movie, catalog)
    if known is not None:
        raise MovieExists(known.label, known.movie_id)
    return movie


def same_movie(movie: Movie, catalog: Catalog) -> Movie | None:
    """Find the film of the catalogue that a film is: by a number elsewhere, by title and year.

    Two films of one title and year are not the same where their numbers say otherwise.

    Args:
        movie: A film.
        catalog: The films there are.

    Returns:
        The film; None if the catalogue lacks it.
    """
    by_number = (
        catalog.by_imdb_id.get(movie.imdb_id or "")
        or catalog.by_tmdb_id.get(movie.tmdb_id or 0)
        or catalog.by_wikidata_id.get(movie.wikidata_id or "")
    )
    if by_number is not None:
        return by_number
    for known in catalog.called(movie.title):
        if known.year == movie.year and not _told_apart(known, movie):
            return known
    return None


def _told_apart(one: Movie, other: Movie) -> bool:
    pairs = (
        (one.imdb_id, other.imdb_id),
        (one.tmdb_id, other.tmdb_id),
        (one.wikidata_id, other.wikidata_id),
    )
    return any(a and b and a != b for a, b in pairs)


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return _each(texts, str)


def _each(words: Iterable[str], meant: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(meant(word) for word in map(clean, words) if word))


def _code(field: str, word: str, find: Callable[[str], str | None]) -> str:
    code = find(word)
    if code is None:
        raise InvalidInput(field, f"{word!r} is not known. Use its English name or its code.")
    return code


def _number(
    text: str | None, find: Callable[[str], str | None], field: str, example: str
) -> str | None:
    number = find(text) if text else None
    if text and number is None:
        raise InvalidInput(field, f"{text!r} is none; {example} is one.")
    return number
