"""Which film of the catalogue does a file mean?

A number decides if there is one; otherwise the title and the year. What is decided by less - a
year beside it, a title alone, a title without its subtitle - is told as uncertain, and where
several films may be meant, nothing is guessed:

>>> films = [
...     Movie(120338, "Titanic", 1997, imdb_id="tt0120338", popularity=900),
...     Movie(46435, "Titanic", 1953, imdb_id="tt0046435", popularity=90),
...     Movie(114369, "Seven", 1995, imdb_id="tt0114369", other_titles=("Se7en",)),
... ]
>>> matcher = Matcher(films)
>>> found = matcher.match(FilmFacts("a", "Titanic", 1998))                       # a year off
>>> found.sure, [movie.year for movie in found.movies]
(False, [1997])
>>> [movie.year for movie in matcher.match(FilmFacts("b", "Titanic")).movies]    # nobody knows
[1997, 1953]
>>> matcher.match(FilmFacts("c", "Se7en", 1995)).sure
True
"""

from collections.abc import Iterable
from typing import NamedTuple

from movieloop.data import Movie
from movieloop.data.titles import main_key, normalised, title_key
from movieloop.importers.formats import FilmFacts

SUGGESTIONS = 3
_OLD = 1990  # an older film is meant by its title alone only if it is famous
_FAMOUS = 1_000  # films are famous, the best known ones
_FAR_BETTER_KNOWN = 50  # times, and a title alone means that film whatever else is called so


class Match(NamedTuple):
    """What a file may mean.

    Attributes:
        movies: The film, or those it may be; none if there is no such film.
        sure: Whether an id or the very title and year told it.
        doubtful: Whether another film than these may be meant, so that none is taken.
    """

    movies: list[Movie]
    sure: bool = True
    doubtful: bool = False

    @property
    def film(self) -> Movie | None:
        """The film that is meant; None if there is none, or nobody can tell which."""
        return self.movies[0] if len(self.movies) == 1 and not self.doubtful else None


class Matcher:
    """Finds films by number, or by title and year; films may be added."""

    def __init__(self, movies: Iterable[Movie]) -> None:
        """Index the films.

        Args:
            movies: The films of the catalogue, the best known first.
        """
        self._by_imdb_id: dict[str, Movie] = {}
        self._by_tmdb_id: dict[int, Movie] = {}
        self._by_key: dict[str, list[Movie]] = {}
        self._by_main_key: dict[str, list[Movie]] = {}
        self._place: dict[int, int] = {}
        for movie in movies:
            self.add(movie)

    def add(self, movie: Movie) -> None:
        """Let one more film be found.

        Args:
            movie: A film that has joined the catalogue.
        """
        self._place.setdefault(movie.movie_id, len(self._place))
        for title in (movie.title, *movie.other_titles):
            for index, key in (
                (self._by_key, title_key(title)),
                (self._by_main_key, main_key(title)),
            ):
                if key and movie not in index.setdefault(key, []):
                    index[key].append(movie)
        if movie.imdb_id is not None:
            self._by_imdb_id[movie.imdb_id] = movie
        if movie.tmdb_id is not None:
            self._by_tmdb_id[movie.tmdb_id] = movie

    def match(self, film: FilmFacts) -> Match:
        """Find the film somebody means.

        How it works:
            1. The IMDb id decides, then the TMDB number.
            2. Otherwise films of that title, or of another title the file tells: with the
               very year, else with a year beside it; then films that are called so but for a
               subtitle, with the very year.
            3. Where one side tells no year the title alone must do: the only film of that name,
               or one far better known than the others. An old film must be famous for it: a
               newer one of that name may be meant that the catalogue does not have.
            4. A film with another IMDb id is another film, whatever it is called: there are
               two "Emma" of 1996.

        >>> matcher = Matcher([Movie(7, "Alien", 1979, imdb_id="tt0078748")])
        >>> matcher.match(FilmFacts("x", "Alien", 1979, imdb_id="tt0000001")).movies
        []

        Args:
            film: What the file tells of it.

        Returns:
            The film, or those it may be.
        """
        if film.imdb_id in self._by_imdb_id:
            return Match([self._by_imdb_id[film.imdb_id]])
        if film.tmdb_id in self._by_tmdb_id:
            return Match([self._by_tmdb_id[film.tmdb_id]])
        if film.maybe_none:
            return Match([])
        for title in (film.title, *film.also):
            found = self._named(title, film)
            if found.movies:
                return found._replace(doubtful=found.doubtful or film.namesakes)
        return Match([])

    def _named(self, title: str, film: FilmFacts) -> Match:
        """Find films by one title, and by the year if both sides tell it."""
        named = _possible(self._by_key.get(title_key(title), ()), film)
        if film.year is None:
            return self._by_title_alone(_spelt(title, named))
        for off in (0, 1):
            found = [m for m in named if m.year is not None and abs(m.year - film.year) == off]
            if found:
                return Match(_spelt(title, found), sure=off == 0)
        undated = [movie for movie in named if movie.year is None]
        if undated:
            return Match(undated, sure=False)
        shorter = self._by_key.get(main_key(title), ())
        longer = self._by_main_key.get(title_key(title), ())
        but_for_a_subtitle = dict.fromkeys(_possible((*shorter, *longer), film))
        return Match([m for m in but_for_a_subtitle if m.year == film.year], sure=False)

    def _by_title_alone(self, movies: list[Movie]) -> Match:
        if not movies:
            return Match([])
        best, *others = sorted(movies, key=lambda movie: -movie.popularity)
        old = best.year is not None and best.year < _OLD
        unlikely = old and self._place[best.movie_id] >= _FAMOUS
        far = all(best.popularity >= _FAR_BETTER_KNOWN * movie.popularity for movie in others)
        return Match([best] if far else movies, sure=False, doubtful=unlikely)


def _possible(movies: Iterable[Movie], film: FilmFacts) -> list[Movie]:
    """Leave out films that have another IMDb id."""
    return [movie for movie in movies if film.imdb_id is None or movie.imdb_id is None]


def _spelt(title: str, movies: list[Movie]) -> list[Movie]:
    """Keep the films spelt the very same way, if there are any: "Heat" is not "The Heat"."""
    wanted = normalised(title)
    same = [m for m in movies if wanted in map(normalised, (m.title, *m.other_titles))]
    return same or movies
