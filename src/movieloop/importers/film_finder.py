"""Finding the films of one person's file, and letting those join that the catalogue lacks.

A film that is not there is one of two: misspelt, then something in the catalogue looks like it
and the person is asked; or really missing, then it joins the catalogue, so that nothing of a
history is dropped, and waits for a point.

>>> films = Catalog([Movie(7, "Alien", 1979)])
>>> tally = Tally("test")
>>> finder = FilmFinder(films, tally)
>>> alein = FilmFacts("a", "Alein", 1979)
>>> finder.find(alein) is None, finder.suggest(alein)
(True, ('Alien (1979)',))
>>> finder.find(FilmFacts("b", "Of My Cousin", 2024)).label, tally.new_films
('Of My Cousin (2024)', 1)
>>> FilmFinder(films, tally, accept=["Alein (1979)"]).find(alein).movie_id
7
"""

from collections.abc import Collection
from datetime import UTC, datetime

from movieloop.data import Catalog, Movie
from movieloop.data.titles import title_key
from movieloop.importers.formats import FilmFacts
from movieloop.importers.matching import SUGGESTIONS, Matcher
from movieloop.importers.report import Tally
from movieloop.store import Session

EVERYTHING = "all"


class FilmFinder:
    """Finds films for one import and counts what was not clear."""

    def __init__(self, catalog: Catalog, tally: Tally, *, accept: Collection[str] = ()) -> None:
        """Index the films.

        Args:
            catalog: The films.
            tally: Counts what was not clear.
            accept: Films of the file, "Alein (1979)" say, for which the first suggestion is
                meant; "all" for every film that has one.
        """
        self.matcher = Matcher(catalog.movies)
        self._catalog = catalog
        self._tally = tally
        self._accepted = {name.casefold() for name in accept}
        self._close: dict[str, list[Movie]] = {}
        self._joining: list[Movie] = []

    def find(self, film: FilmFacts) -> Movie | None:
        """Find a film, or let it join.

        Args:
            film: What the file tells of it.

        Returns:
            The film; one that joins has a number below 0 until `join` is called. None if it is
            not clear, which was counted.
        """
        match = self.matcher.match(film)
        if match.film is not None:
            if not match.sure:
                self._tally.uncertain(film, match.film.label)
            return match.film
        meant = match.movies or self._alike(film)
        if meant and self._is_accepted(film):
            self._tally.uncertain(film, meant[0].label)
            return meant[0]
        if match.movies:
            self._tally.ambiguous(film, tuple(movie.label for movie in match.movies))
            return None
        if meant or not _may_join(film):
            self._tally.unmatched(film)
            return None
        return self._let_join(film)

    def suggest(self, film: FilmFacts) -> tuple[str, ...]:
        """Tell what a film may be that was not found.

        Args:
            film: The film.

        Returns:
            Names with years, the likeliest first.
        """
        found = self._alike(film) or self._catalog.did_you_mean(
            film.title, film.year, limit=SUGGESTIONS
        )
        return tuple(movie.label for movie in found)

    def join(self, session: Session) -> dict[int, int]:
        """Store the films that join.

        Args:
            session: An open transaction that writes.

        Returns:
            The number here of every film that had one below 0.
        """
        return {movie.movie_id: session.add_movie(movie) for movie in self._joining}

    def _alike(self, film: FilmFacts) -> list[Movie]:
        """Find films of about the same year that look alike and have no other IMDb id."""
        if film.key not in self._close:
            found = self._catalog.did_you_mean(film.title, film.year, limit=SUGGESTIONS)
            self._close[film.key] = [
                movie
                for movie in found
                if (film.imdb_id is None or movie.imdb_id is None)
                and (film.year is None or movie.year is None or abs(film.year - movie.year) <= 1)
            ]
        return self._close[film.key]

    def _is_accepted(self, film: FilmFacts) -> bool:
        return not self._accepted.isdisjoint({EVERYTHING, film.label.casefold()})

    def _let_join(self, film: FilmFacts) -> Movie:
        movie = Movie(
            -1 - len(self._joining),
            film.title or film.imdb_id or film.key,
            film.year,
            film.genres,
            film.imdb_id,
            tmdb_id=film.tmdb_id,
            other_titles=film.also,
        )
        self._joining.append(movie)
        self.matcher.add(movie)
        self._tally.new_films += 1
        return movie


def _may_join(film: FilmFacts) -> bool:
    """Whether enough is known to be sure that it is a film of its own, and one that is out."""
    if film.maybe_none or film.namesakes:
        return False
    if film.imdb_id is not None or film.tmdb_id is not None:
        return True
    named = bool(title_key(film.title))
    return named and film.year is not None and film.year <= datetime.now(UTC).year
