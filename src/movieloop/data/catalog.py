"""The catalogue in memory: find a movie the way people name it.

>>> films = Catalog([
...     Movie(120338, "Titanic", 1997, ("Drama", "Romance"), "tt0120338", popularity=900),
...     Movie(46435, "Titanic", 1953, ("Drama",), "tt0046435", popularity=12),
...     Movie(211915, "Amélie", 2001, ("Comedy", "Romance"), "tt0211915", popularity=700),
... ])
>>> films.find("titanic").label          # ambiguous: the best known one
'Titanic (1997)'
>>> films.find("Titanic (1953)").year
1953
>>> films.find("amelie").label           # accents and capitals do not matter
'Amélie (2001)'
>>> films.search("titnic")[0].label      # nor does a slip of the finger, in a search
'Titanic (1997)'
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from movieloop.errors import InvalidInput, MovieNotFound

_YEAR = re.compile(r"^(?P<title>.+?)\s*\((?P<year>\d{4})\)\s*$")
_FLIPPED = re.compile(r"^(?P<rest>.+), (?P<article>the|a|an|le|la|les|der|die|das|el|il)$")
_IMDB = re.compile(r"(?:tt)?0*([0-9]{1,9})")
_IMDB_PAGE = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?imdb\.com/(?:[a-z-]+/)?title/(tt[0-9]+)(?:[/?#].*)?"
)
_MOST_DIGITS = 16  # of a movie id
_WHOLE_ALIKE = 70.0
_PART_ALIKE = 80.0


@dataclass(frozen=True, slots=True)
class Movie:
    """One film of the catalogue.

    >>> Movie(95016, "Die Hard", 1988).label
    'Die Hard (1988)'

    Attributes:
        movie_id: Its number, stable for ever.
        title: What people call it.
        year: The year of release, None if unknown.
        genres: Its genres, most telling first.
        imdb_id: Its IMDb id, None if unknown.
        popularity: How well known it is, 0 or more, higher = better known.
    """

    movie_id: int
    title: str
    year: int | None = None
    genres: tuple[str, ...] = ()
    imdb_id: str | None = None
    popularity: int = 0

    @property
    def label(self) -> str:
        """The title with the year, as people tell films apart."""
        return self.title if self.year is None else f"{self.title} ({self.year})"


def normalised(title: str) -> str:
    """Reduce a title to what people agree on when they type it.

    How it works:
        1. Lower case, without accents; "&" is "and".
        2. A flipped article goes back: "matrix, the" is "the matrix".
        3. Everything but letters and digits is one space.

    >>> normalised("Matrix, The"), normalised("WALL·E"), normalised("Crash & Burn!")
    ('the matrix', 'wall e', 'crash and burn')

    Args:
        title: A title as written, without the year.

    Returns:
        The reduced title; empty if no letter or digit is in it.
    """
    plain = unicodedata.normalize("NFKD", title.casefold().replace("&", " and "))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()
    plain = _FLIPPED.sub(r"\g<article> \g<rest>", plain)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


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
    def by_imdb_id(self) -> Mapping[str, Movie]:
        """The movie of every IMDb id."""
        return {movie.imdb_id: movie for movie in self.movies if movie.imdb_id}

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
            3. What is no title may be an IMDb id, the address of an IMDb page, or a movie id.

        >>> films = Catalog([Movie(7, "Alien", 1979, imdb_id="tt0078748")])
        >>> films.find("alien (1979)").movie_id, films.find("tt0078748").movie_id
        (7, 7)
        >>> films.find("https://www.imdb.com/title/tt0078748/").label, films.find("7").label
        ('Alien (1979)', 'Alien (1979)')

        Args:
            name: A title, with or without the year in brackets, an IMDb id or address, or a movie
                id.

        Returns:
            The movie.

        Raises:
            MovieNotFound: No movie has that name; the error suggests those that come close.
        """
        if isinstance(name, int):
            return self.get(name)
        exact = self.by_title.get(normalised(name))
        if exact:
            return exact[0]
        title, year = split_year(name)
        for movie in self.by_title.get(normalised(title), ()):
            if movie.year == year:
                return movie
        found = self._by_identifier(name.strip())
        if found is not None:
            return found
        # A name without a letter or digit looks like nothing, though a search for it lists all.
        close = self.search(title, limit=3) if normalised(title) else ()
        raise MovieNotFound(name, [movie.label for movie in close])

    def _by_identifier(self, name: str) -> Movie | None:
        if name.isascii() and name.isdigit() and len(name) <= _MOST_DIGITS:
            return self.by_id.get(int(name))
        imdb_id = None if name.isdigit() else imdb_id_of(name)
        return self.by_imdb_id.get(imdb_id) if imdb_id else None

    def unambiguous(self, movie: Movie) -> str:
        """Name a movie so that `find` gives it back: its title, with the year only if needed.

        >>> Catalog([Movie(7, "Alien", 1979)]).unambiguous(Movie(7, "Alien", 1979))
        'Alien'

        Args:
            movie: A movie of this catalogue.

        Returns:
            "Alien" if that means this movie, else "Alien (1979)".
        """
        meant = self.by_title.get(normalised(movie.title), (movie,))[0]
        return movie.title if meant.movie_id == movie.movie_id else movie.label

    def search(self, query: str, *, limit: int = 20) -> list[Movie]:
        """Search by a part of the title, forgiving slips.

        How it works:
            1. Titles that are, begin with, or contain the words of the query come first, in
               this order, the best known first.
            2. Then come titles that look alike, the most alike first.

        >>> films = Catalog([Movie(7, "Alien", 1979), Movie(8, "Aliens", 1986)])
        >>> [movie.title for movie in films.search("alein")]
        ['Alien', 'Aliens']

        Args:
            query: What the person typed; a year in brackets at the end must agree.
            limit: The most movies to return, 1 or more.

        Returns:
            The movies, best match first; all of them for an empty query.
        """
        title, year = split_year(query)
        wanted = normalised(title)
        if not wanted:
            return list(self.movies[:limit])
        groups: list[list[Movie]] = [[], [], []]
        for key, movies in self.by_title.items():
            if wanted in key:
                place = 0 if key == wanted else 1 if key.startswith(wanted) else 2
                groups[place].extend(movies)
        found = [movie for group in groups for movie in sorted(group, key=lambda m: -m.popularity)]
        if len(found) < limit:
            alike = self._alike(wanted, limit)
            known = {movie.movie_id for movie in found}
            for key in alike:
                found += [m for m in self.by_title[key] if m.movie_id not in known]
        return [movie for movie in found if year is None or movie.year == year][:limit]

    def _alike(self, wanted: str, limit: int) -> list[str]:
        """Find normalised titles that look like `wanted`, or hold something that does."""
        titles = list(self.by_title)
        longer = [title for title in titles if len(title) > len(wanted)]
        scores: dict[str, float] = {}
        for scorer, choices in ((fuzz.ratio, titles), (fuzz.partial_ratio, longer)):
            cutoff = _WHOLE_ALIKE if scorer is fuzz.ratio else _PART_ALIKE
            for title, score, _ in process.extract(
                wanted, choices, scorer=scorer, limit=limit, score_cutoff=cutoff
            ):
                scores[title] = max(scores.get(title, 0.0), score)
        return sorted(scores, key=lambda title: -scores[title])

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


def imdb_id_of(text: str) -> str | None:
    """Read an IMDb id, with or without its "tt" and zeros.

    >>> imdb_id_of("0114709"), imdb_id_of("tt10872600"), imdb_id_of("")
    ('tt0114709', 'tt10872600', None)
    >>> imdb_id_of("https://www.imdb.com/title/tt0114709/?ref_=x")
    'tt0114709'

    Args:
        text: An id, the address of its page, or anything else.

    Returns:
        "tt" and 7 digits or more; None if it is no IMDb id.
    """
    text = text.strip()
    page = _IMDB_PAGE.fullmatch(text)
    match = _IMDB.fullmatch(page[1] if page else text) if text.isascii() else None
    return f"tt{int(match[1]):07d}" if match and int(match[1]) else None


def split_year(name: str) -> tuple[str, int | None]:
    """Take the year off a name.

    >>> split_year("Titanic (1997)"), split_year("1917")
    (('Titanic', 1997), ('1917', None))

    Args:
        name: A title, with or without a year in brackets at the end.

    Returns:
        The title and the year, None if there is none.
    """
    match = _YEAR.match(name.strip())
    return (match["title"], int(match["year"])) if match else (name.strip(), None)
