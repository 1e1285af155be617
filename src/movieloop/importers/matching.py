"""Which film of the catalogue does a file mean?

A number decides if there is one; otherwise the title and the year; and nothing is guessed. What
merely looks alike is only a "did you mean":

>>> films = Catalog([
...     Movie(120338, "Titanic", 1997, imdb_id="tt0120338", popularity=900),
...     Movie(46435, "Titanic", 1953, imdb_id="tt0046435"),
...     Movie(114369, "Se7en", 1995, imdb_id="tt0114369"),
... ])
>>> matcher = Matcher(films.movies)
>>> [movie.year for movie in matcher.match(FilmFacts("a", "Titanic", 1998))]    # a year off
[1997]
>>> [movie.year for movie in matcher.match(FilmFacts("b", "Titanic"))]          # nobody knows
[1997, 1953]
>>> [movie.title for movie in matcher.match(FilmFacts("c", "Seven", 1995, also=("Se7en",)))]
['Se7en']
>>> did_you_mean(films, FilmFacts("d", "Titanc", 1997))
('Titanic (1997)', 'Titanic (1953)')
"""

from collections.abc import Iterable

from movieloop.data import Catalog, Movie, normalised
from movieloop.importers.formats import FilmFacts

SUGGESTIONS = 3


class Matcher:
    """Finds films by number, or by title and year; films may be added."""

    def __init__(self, movies: Iterable[Movie]) -> None:
        """Index the films.

        Args:
            movies: The films of the catalogue, the best known first.
        """
        self._by_imdb_id: dict[str, Movie] = {}
        self._by_title: dict[str, list[Movie]] = {}
        for movie in movies:
            self.add(movie)

    def add(self, movie: Movie) -> None:
        """Let one more film be found.

        Args:
            movie: A film that has joined the catalogue.
        """
        self._by_title.setdefault(normalised(movie.title), []).append(movie)
        if movie.imdb_id is not None:
            self._by_imdb_id[movie.imdb_id] = movie

    def match(self, film: FilmFacts) -> list[Movie]:
        """Find the film somebody means.

        How it works:
            1. The IMDb id decides.
            2. Otherwise films of that title, or of another title the file tells: with the
               very year, else with a year beside it, else - if one side tells no year - any.
            3. A film with another IMDb id is another film, whatever it is called: there are
               two "Emma" of 1996.

        >>> matcher = Matcher([Movie(7, "Alien", 1979, imdb_id="tt0078748")])
        >>> matcher.match(FilmFacts("x", "Alien", 1979, imdb_id="tt0000001"))
        []

        Args:
            film: What the file tells of it.

        Returns:
            The film; several if nobody can tell which of them, none if there is no such film.
        """
        if film.imdb_id in self._by_imdb_id:
            return [self._by_imdb_id[film.imdb_id]]
        for title in (film.title, *film.also):
            found = [
                movie
                for movie in self._by_title.get(normalised(title), ())
                if normalised(title) and (film.imdb_id is None or movie.imdb_id is None)
            ]
            of_the_year = _of_the_year(found, film.year)
            if of_the_year:
                return of_the_year
        return []


def _of_the_year(movies: list[Movie], year: int | None) -> list[Movie]:
    """Keep the films of that year, else those of a year beside it, else those without one."""
    if year is None:
        return movies
    for off in (0, 1):
        found = [m for m in movies if m.year is not None and abs(m.year - year) == off]
        if found:
            return found
    return [movie for movie in movies if movie.year is None]


def did_you_mean(catalog: Catalog, film: FilmFacts) -> tuple[str, ...]:
    """Suggest films whose titles look alike, those of about the same year first.

    >>> did_you_mean(Catalog([Movie(7, "Alien", 1979)]), FilmFacts("x", "Alein"))
    ('Alien (1979)',)

    Args:
        catalog: The films.
        film: The film that was not found.

    Returns:
        Up to three names with their years; none if nothing looks alike.
    """
    if not normalised(film.title):
        return ()
    found = catalog.search(film.title, limit=4 * SUGGESTIONS)
    if film.year is not None:
        year = film.year
        found.sort(key=lambda movie: movie.year is None or abs(movie.year - year) > 1)
    return tuple(movie.label for movie in found[:SUGGESTIONS])
