"""Place a film nobody has rated: by what is known of it, among the films that have a point.

Three steps, each of which sees only what the one before could not tell:

1. **Facts.** Its genres, decade, countries, languages and what it is about, as a row of numbers;
   ridge regression from these rows to points is fitted on the films that have both.
2. **Makers.** What the facts get wrong about a director's or an actor's films, the next film of
   theirs will share: the mean of these errors is added, less of it where there are few films.
3. **Spread.** A regression is timid: its points lie nearer the middle than any film, and whoever
   stands in the middle is everybody's neighbour. So every memory is stretched until the new film
   is as far from the middle as films usually are.

Its popularity is that of films as well known, or of an ordinary film if that is not known.

>>> from movieloop.model.embeddings import Memory
>>> films = [Movie(i, "", 1950 + i % 60, ("Horror",) if i % 2 else ("Comedy",)) for i in range(80)]
>>> points = np.array([[1.0 if i % 2 else -1.0] for i in range(80)])
>>> space = Embeddings(np.arange(80), points, np.zeros(1), (Memory("taste", 1),))
>>> placement = Placement(films, space)
>>> placement.place(Movie(99, "New", 2025, ("Horror",))).round()
array([1.])
>>> placement.place(Movie(99, "New", 2025)) is None        # nothing is known but the year
True
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from movieloop.data import Movie
from movieloop.model.embeddings import POPULARITY, Embeddings
from movieloop.taste import Matrix, Vector

FEWEST = 50  # films from which a regression learns anything
_LEAST = 5  # films that have a genre, a country ... for it to count
_PENALTY = 3.0
_FADING = 0.8  # the second genre counts so much of the first, and so on
_DIRECTED, _PLAYED = 2.0, 0.6  # how much a director and an actor count
_FEW_FILMS = 2.0  # a maker with so many films counts half


class Placement:
    """Knows how facts and points of a space go together."""

    def __init__(
        self,
        movies: Sequence[Movie],
        embeddings: Embeddings,
        about: Mapping[int, Vector] | None = None,
    ) -> None:
        """Fit on the films that have a point.

        Args:
            movies: The film of every row.
            embeddings: Their points.
            about: Where films stand among the themes, by movie id; those not named are unknown.
        """
        self._spread = Spread(embeddings)
        self._column = _columns(movies)
        self._usual = _usual(movies, self._column)
        themes = about or {}
        size = len(next(iter(themes.values()), ()))
        facts = np.array([self._facts(movie) for movie in movies])
        # Where nothing tells what a film is about, its facts do as far as they can.
        known = np.array([movie.movie_id in themes for movie in movies], np.bool_)
        told = np.array([themes[movie.movie_id] for movie in movies if movie.movie_id in themes])
        self._facts_to_themes = (
            _ridge(facts[known], told) if size and known.any() else np.zeros((facts.shape[1], size))
        )
        filled = facts @ self._facts_to_themes
        if size and known.any():
            filled[known] = told
        rows = np.column_stack([facts, filled])
        self._to_points = _ridge(rows, embeddings.points)
        errors = embeddings.points - rows @ self._to_points
        self._popularity = embeddings.blocks.get(POPULARITY, slice(0, 0))
        stands = embeddings.points[:, self._popularity]
        self._ordinary = np.median(stands, axis=0)
        fame = np.array([movie.popularity for movie in movies])
        order = np.argsort(fame, kind="stable")
        self._known = (fame[order], stands[order, 0]) if stands.size else (fame[:0], fame[:0])
        self._makers = _makers(movies, errors)

    def place(self, movie: Movie, about: Vector | None = None) -> Vector | None:
        """Place a film.

        Args:
            movie: The film.
            about: Where it stands among the themes; None if unknown.

        Returns:
            Its point, shape (d,); None where too little is known of it: no genre, no maker, and not
            what it is about.
        """
        makers = [name for name, _ in _credits(movie) if name in self._makers]
        if about is None and not makers and not any(g in self._column for g in _genres(movie)):
            return None
        facts = self._facts(movie)
        filled = facts @ self._facts_to_themes if about is None else about
        point = np.concatenate([facts, filled]) @ self._to_points
        for name, weight in _credits(movie):
            if name in self._makers:
                point = point + weight * self._makers[name]
        point[self._popularity] = self._as_well_known(movie.popularity)
        return self._spread.of(point)

    def _as_well_known(self, popularity: int) -> Vector:
        """Tell where films of a popularity stand in its coordinate; the middle if it is unknown."""
        films, stands = self._known
        if not len(films) or popularity <= 0:
            return self._ordinary
        return np.array([np.interp(popularity, films, stands)])

    def _facts(self, movie: Movie) -> Vector:
        row = np.zeros(len(self._column) + 1)
        row[-1] = 1.0
        for kind in {kind for kind, _ in self._column} - {kind for kind, _ in _told(movie)}:
            # Unknown is not nowhere: such a film is taken for a mixture of all.
            for column, share in self._usual[kind]:
                row[column] = share
        for place, genre in enumerate(_genres(movie)):
            if genre in self._column:
                row[self._column[genre]] = _FADING**place
        for fact in _single_facts(movie):
            if fact in self._column:
                row[self._column[fact]] = 1.0
        return row


class Spread:
    """Stretches timid points to where a film may stand: the third step."""

    def __init__(self, embeddings: Embeddings) -> None:
        """Measure how far films stand from the middle.

        Args:
            embeddings: The space.
        """
        points = embeddings.points
        self._box = embeddings.box
        self._middle = points.mean(axis=0)
        away = np.abs(points - self._middle)
        self._reach = [
            (where, float(away[:, where].sum(axis=1).mean()))
            for name, where in embeddings.blocks.items()
            if name != POPULARITY and where.stop - where.start > 1
        ]

    def of(self, point: Vector) -> Vector:
        """Stretch a point.

        Args:
            point: Where a film stands by what is known, shape (d,).

        Returns:
            As far from the middle of every memory as films are on average, within the box of the
            films, shape (d,); popularity stays.
        """
        out = point.copy()
        for where, reach in self._reach:
            away = point[where] - self._middle[where]
            length = max(float(np.abs(away).sum()), 1e-9)
            out[where] = self._middle[where] + away * (reach / length)
        return np.clip(out, *self._box)


def enough_known(movie: Movie) -> bool:
    """Tell whether anything is known of a film that may place it.

    >>> enough_known(Movie(7, "Alien", 1979)), enough_known(Movie(7, "Alien", 1979, ("Horror",)))
    (False, True)

    Args:
        movie: The film.

    Returns:
        Whether a genre, a maker or what it is about is known.
    """
    return bool(movie.genres or movie.directors or movie.cast or movie.about)


def _told(movie: Movie) -> list[tuple[str, str]]:
    return _genres(movie) + _single_facts(movie)


def _usual(
    movies: Sequence[Movie], column: Mapping[tuple[str, str], int]
) -> dict[str, list[tuple[int, float]]]:
    """Tell how often each fact holds, by kind of fact: among films of which such a fact is told."""
    films = Counter(kind for movie in movies for kind in {kind for kind, _ in _told(movie)})
    count = Counter(fact for movie in movies for fact in _told(movie))
    usual: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for (kind, name), place in column.items():
        usual[kind].append((place, count[kind, name] / films[kind]))
    return usual


def _genres(movie: Movie) -> list[tuple[str, str]]:
    return [("genre", genre) for genre in movie.genres]


def _single_facts(movie: Movie) -> list[tuple[str, str]]:
    facts = [("country", country) for country in movie.countries]
    facts += [("language", language) for language in movie.languages[:1]]
    if movie.year is not None:
        facts.append(("decade", str(movie.year // 10)))
    return facts


def _credits(movie: Movie) -> list[tuple[tuple[str, str], float]]:
    directed = [(("director", name), _DIRECTED) for name in movie.directors]
    played = [(("cast", name), _PLAYED) for name in movie.cast]
    return directed + played


def _columns(movies: Sequence[Movie]) -> dict[tuple[str, str], int]:
    """Number the facts that enough films share."""
    count = Counter(fact for movie in movies for fact in _told(movie))
    shared = sorted(fact for fact, films in count.items() if films >= _LEAST)
    return {fact: column for column, fact in enumerate(shared)}


def _ridge(rows: Matrix, aims: Matrix) -> Matrix:
    gram = rows.T @ rows + _PENALTY * np.eye(rows.shape[1])
    return np.asarray(np.linalg.solve(gram, rows.T @ aims))


def _makers(movies: Sequence[Movie], errors: NDArray[np.float64]) -> dict[tuple[str, str], Vector]:
    """Average what the facts get wrong about each maker's films."""
    rows: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for row, movie in enumerate(movies):
        for maker, _ in _credits(movie):
            rows[maker].append(row)
    return {
        maker: errors[films].sum(axis=0) / (len(films) + _FEW_FILMS)
        for maker, films in rows.items()
    }
