"""The catalogue in memory: find a movie the way people name it.

>>> films = Catalog([
...     Movie(120338, "Titanic", 1997, ("Drama", "Romance"), "tt0120338", popularity=900),
...     Movie(46435, "Titanic", 1953, ("Drama",), "tt0046435", popularity=12),
...     Movie(211915, "Amélie", 2001, ("Comedy", "Romance"), "tt0211915", popularity=700,
...           other_titles=("Le Fabuleux Destin d'Amélie Poulain",)),
... ])
>>> films.find("titanic").label          # ambiguous: the best known one
'Titanic (1997)'
>>> films.find("Titanic (1953)").year
1953
>>> films.find("amelie").label           # accents and capitals do not matter
'Amélie (2001)'
>>> films.find("le fabuleux destin d'amelie poulain").label      # nor which title it is
'Amélie (2001)'
>>> films.search("titnic")[0].label      # nor does a slip of the finger, in a search
'Titanic (1997)'
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from movieloop.data.movie import Movie, imdb_id_of, tmdb_page_of, wikidata_id_of
from movieloop.data.title_search import TitleSearch
from movieloop.data.titles import normalised, split_year, title_key
from movieloop.errors import InvalidInput, MovieNotFound

_MOST_DIGITS = 16  # of a movie id


class Catalog:
    """All movies, best known first, with an index by id and by title."""

    def __init__(self, movies: Iterable[Movie]) -> None:
        self.movies: Sequence[Movie] = sorted(
            movies, key=lambda movie: (-movie.popularity, movie.movie_id)
        )
        self.by_id: Mapping[int, Movie] = {movie.movie_id: movie for movie in self.movies}

    @cached_property
    def by_title(self) -> Mapping[str, Sequence[Movie]]:
        """The movies of every normalised title, best known first."""
        titles: dict[str, list[Movie]] = {}
        for movie in self.movies:
            titles.setdefault(normalised(movie.title), []).append(movie)
        return titles

    @cached_property
    def _by_other_title(self) -> Mapping[str, Sequence[Movie]]:
        return _indexed(self.movies, lambda movie: map(normalised, movie.other_titles))

    @cached_property
    def _by_key(self) -> Mapping[str, Sequence[Movie]]:
        titles = _indexed(self.movies, lambda movie: [title_key(movie.title)])
        others = _indexed(self.movies, lambda movie: map(title_key, movie.other_titles))
        return {key: (*titles.get(key, ()), *others.get(key, ())) for key in {**titles, **others}}

    @cached_property
    def by_imdb_id(self) -> Mapping[str, Movie]:
        """The movie of every IMDb id."""
        return {movie.imdb_id: movie for movie in self.movies if movie.imdb_id}

    @cached_property
    def by_tmdb_id(self) -> Mapping[int, Movie]:
        """The movie of every TMDB number."""
        return {movie.tmdb_id: movie for movie in self.movies if movie.tmdb_id}

    @cached_property
    def by_wikidata_id(self) -> Mapping[str, Movie]:
        """The movie of every Wikidata item."""
        return {movie.wikidata_id: movie for movie in self.movies if movie.wikidata_id}

    @cached_property
    def _search(self) -> TitleSearch:
        return TitleSearch(self.movies)

    @cached_property
    def genres(self) -> Sequence[str]:
        """All genres that occur, in alphabetical order."""
        return sorted({genre for movie in self.movies for genre in movie.genres})

    def get(self, movie_id: int) -> Movie:
        """Find a movie by its id.

        >>> Catalog([Movie(7, "Alien", 1979)]).get(7).label
        'Alien (1979)'

        Args:
            movie_id: The number.

        Returns:
            The movie.

        Raises:
            MovieNotFound: There is no such movie.
        """
        try:
            return self.by_id[movie_id]
        except KeyError:
            raise MovieNotFound(movie_id) from None

    def find(self, name: str | int) -> Movie:
        """Find the movie people mean by a name, "Titanic" or "Titanic (1997)", or by its id.

        How it works:
            1. The name as a whole may be a title: "2001: A Space Odyssey (1968)" is not, so a
               year in brackets at the end is taken off and must agree.
            2. Of several films of that title the best known one is meant.
            3. It may be another title of a movie, or the same title spelt another way: Roman
               numbers, "Vol." for "Volume", "&" for "and".
            4. What is no title may be an IMDb id, "wikidata:Q...", "tmdb:...", the address of such
               a page, or a movie id.

        >>> films = Catalog([Movie(7, "Alien", 1979, imdb_id="tt0078748")])
        >>> films.find("alien (1979)").movie_id, films.find("tt0078748").movie_id
        (7, 7)
        >>> films.find("https://www.imdb.com/title/tt0078748/").label, films.find("7").label
        ('Alien (1979)', 'Alien (1979)')

        Args:
            name: A title, with or without the year in brackets, an id elsewhere or its address,
                or a movie id.

        Returns:
            The movie.

        Raises:
            MovieNotFound: No movie has that name; the error suggests those that come close.
        """
        if isinstance(name, int):
            return self.get(name)
        title, year = split_year(name)
        for index in (self.by_title, self._by_other_title):
            exact = index.get(normalised(name))
            if exact:
                return exact[0]
        for index in (self.by_title, self._by_other_title):
            for movie in index.get(normalised(title), ()):
                if movie.year == year:
                    return movie
        identified = self._by_identifier(name.strip())
        if identified is not None:
            return identified
        for movie in self.called(title):
            if year in (None, movie.year):
                return movie
        close = self.did_you_mean(title, year)
        raise MovieNotFound(name, [movie.label for movie in close])

    def called(self, title: str) -> Sequence[Movie]:
        """List the movies of a title, in whatever spelling and whichever of their titles it is.

        >>> [film.label for film in Catalog([Movie(7, "Alien³", 1992)]).called("alien 3")]
        ['Alien³ (1992)']

        Args:
            title: A title without the year.

        Returns:
            The movies, best known first.
        """
        return self._by_key.get(title_key(title), ())

    def _by_identifier(self, name: str) -> Movie | None:
        if name.isascii() and name.isdigit() and len(name) <= _MOST_DIGITS:
            return self.by_id.get(int(name))
        if name.isdigit():
            return None
        return (
            self.by_imdb_id.get(imdb_id_of(name) or "")
            or self.by_wikidata_id.get(wikidata_id_of(name) or "")
            or self.by_tmdb_id.get(tmdb_page_of(name) or 0)
        )

    def unambiguous(self, movie: Movie) -> str:
        """Name a movie so that `find` gives it back: its title, with the year only if needed.

        Where another film has both, its number says which one is meant.

        >>> taxis = [Movie(7, "Taxi", 2015), Movie(8, "Taxi", 2015), Movie(9, "Taxi", 2004)]
        >>> [Catalog(taxis).unambiguous(movie) for movie in taxis]
        ['Taxi', '8', 'Taxi (2004)']

        Args:
            movie: A movie of this catalogue.

        Returns:
            "Alien" if that means this movie, else "Alien (1979)", else its number here.
        """
        same = self.by_title.get(normalised(movie.title), (movie,))
        if same[0].movie_id == movie.movie_id:
            return movie.title
        of_year = next(film for film in same if film.year == movie.year)
        return movie.label if of_year.movie_id == movie.movie_id else str(movie.movie_id)

    def search(self, query: str, *, limit: int = 20) -> list[Movie]:
        """Search by a part of a name, by people, countries and genres, forgiving slips.

        >>> films = Catalog([Movie(7, "Alien", 1979), Movie(8, "Aliens", 1986)])
        >>> [movie.title for movie in films.search("alein")]
        ['Alien', 'Aliens']

        Args:
            query: What the person typed; a year in brackets at the end must agree.
            limit: The most movies to return, 1 or more.

        Returns:
            The movies, best match first; all of them for an empty query.
        """
        return self._search.search(query, limit=limit)

    def warm_up(self) -> None:
        """Make what searches need now, which takes a second for ten thousand films."""
        self._search.warm_up()

    def did_you_mean(self, title: str, year: int | None = None, *, limit: int = 3) -> list[Movie]:
        """Suggest movies for a name that no movie has.

        >>> Catalog([Movie(7, "Alien", 1979)]).did_you_mean("Alein")[0].label
        'Alien (1979)'

        Args:
            title: The name, without its year.
            year: The year, if it is known.
            limit: The most movies to suggest.

        Returns:
            The movies, the likeliest first; none if nothing looks alike.
        """
        return self._search.did_you_mean(title, year, limit=limit)

    def genre(self, name: str) -> str:
        """Find a genre by its name, whatever the capitals.

        >>> Catalog([Movie(7, "Alien", 1979, ("Horror", "Sci-Fi"))]).genre("sci-fi")
        'Sci-Fi'

        Args:
            name: The genre as the person wrote it.

        Returns:
            The genre as the catalogue writes it.

        Raises:
            InvalidInput: No film has such a genre.
        """
        for genre in self.genres:
            if genre.casefold() == name.casefold():
                return genre
        raise InvalidInput(
            "genre", f"No film has the genre {name!r}. There are: {', '.join(self.genres)}."
        )


def _indexed(
    movies: Iterable[Movie], keys: Callable[[Movie], Iterable[str]]
) -> dict[str, list[Movie]]:
    """List the movies of every key, in their order."""
    index: dict[str, list[Movie]] = defaultdict(list)
    for movie in movies:
        for key in dict.fromkeys(keys(movie)):
            if key:
                index[key].append(movie)
    return dict(index)
