"""Finding films by a part of a name, by who made them and where, and despite slips.

>>> films = [
...     Movie(7, "Alien", 1979, directors=("Ridley Scott",), popularity=9),
...     Movie(8, "Aliens", 1986, directors=("James Cameron",), popularity=8),
...     Movie(9, "Oldboy", 2003, ("Thriller",), countries=("KR",), directors=("Park Chan-wook",)),
... ]
>>> search = TitleSearch(films)
>>> [film.title for film in search.search("alein")], search.search("korean thriller")[0].title
(['Alien', 'Aliens'], 'Oldboy')
>>> search.search("cameron")[0].title
'Aliens'
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from movieloop.data.movie import Movie
from movieloop.data.places import words_of_country, words_of_language
from movieloop.data.titles import main_key, normalised, split_year, title_key

_WHOLE_ALIKE = 70.0
_WORD_ALIKE = 75.0
_CLOSE = 72.0  # what is less alike is not worth a "did you mean"
_SHORTEST_PART = 4  # letters a common beginning must have
_YEAR_OFF = 15.0


class TitleSearch:
    """All names of some films, made for searching."""

    def __init__(self, movies: Sequence[Movie]) -> None:
        """Take the films.

        Args:
            movies: The films, the best known first.
        """
        self._movies = movies

    @cached_property
    def _names(self) -> dict[str, list[int]]:
        """Which films have a name, normalised; those whose title it is come first."""
        names: dict[str, list[int]] = defaultdict(list)
        for of in (lambda m: (m.title,), lambda m: m.other_titles):
            for row, movie in enumerate(self._movies):
                for title in of(movie):
                    name = normalised(title)
                    if name and row not in names[name]:
                        names[name].append(row)
        return dict(names)

    @cached_property
    def _keys(self) -> dict[str, list[int]]:
        """Which films have a key, that of a name or of a name without its subtitle."""
        keys: dict[str, list[int]] = defaultdict(list)
        for row, movie in enumerate(self._movies):
            for title in (movie.title, *movie.other_titles):
                for key in (title_key(title), main_key(title)):
                    if key and row not in keys[key]:
                        keys[key].append(row)
        return dict(keys)

    @cached_property
    def _words(self) -> dict[str, set[int]]:
        """Which films a word is about: of a name, a person, a country, a language, a genre."""
        words: dict[str, set[int]] = defaultdict(set)
        for row, movie in enumerate(self._movies):
            texts: Iterable[str] = (
                movie.title, *movie.other_titles, *movie.directors, *movie.cast, *movie.genres,
                *(word for code in movie.countries for word in words_of_country(code)),
                *(word for code in movie.languages for word in words_of_language(code)),
            )  # fmt: skip
            for text in texts:
                for word in normalised(text).split():
                    words[word].add(row)
        return dict(words)

    def warm_up(self) -> None:
        """Make the indexes now, so that the first search need not."""
        self.search("misspeltt", limit=1)

    def search(self, query: str, *, limit: int = 20) -> list[Movie]:
        """Search by a part of a name or by other facts, forgiving slips.

        How it works:
            1. Names that are the query come first, then those that begin with it ("The" aside),
               then those that hold it as whole words, then as parts; the best known first.
            2. Then come films all words of the query are about: who made them, where, what kind.
            3. Then names that look alike, the most alike first, and films the words are about
               once those that are misspelt are put right.

        Args:
            query: What the person typed; a year in brackets at the end must agree.
            limit: The most films to return, 1 or more.

        Returns:
            The films, best match first; all of them for an empty query.
        """
        title, year = split_year(query)
        wanted = normalised(title)
        if not wanted:
            return list(self._movies[:limit])
        same, begins, holds, parts = (dict[int, None]() for _ in range(4))
        same |= dict.fromkeys(self._names.get(wanted, ()))
        same |= dict.fromkeys(self._keys.get(title_key(title), ()))
        for name, rows in self._names.items():
            if wanted in name:
                whole = f" {wanted} " in f" {name} "
                first = name.startswith(wanted) or name.removeprefix("the ").startswith(wanted)
                group = begins if first else holds if whole else parts
                group |= dict.fromkeys(rows)
        groups = (same, begins, holds, parts, self._about(wanted))
        found = {row: None for group in groups for row in sorted(group)}
        rows = [row for row in found if year is None or self._movies[row].year == year]
        if len(rows) < limit:
            alike = dict.fromkeys([*self._alike(wanted, limit), *sorted(self._misspelt(wanted))])
            rows += [
                row
                for row in alike
                if row not in found and (year is None or self._movies[row].year == year)
            ]
        return [self._movies[row] for row in rows[:limit]]

    def _about(self, wanted: str) -> set[int]:
        """Find the films that all words are about."""
        sets = sorted((self._words.get(word, set()) for word in wanted.split()), key=len)
        return set.intersection(*sets) if sets else set()

    def _alike(self, wanted: str, limit: int) -> list[int]:
        """Find films with a name that looks like the wanted one, the most alike first."""
        found = process.extract(
            wanted, self._all_names, scorer=fuzz.ratio, limit=limit, score_cutoff=_WHOLE_ALIKE
        )
        scored = [(-score, row) for name, score, _ in found for row in self._names[name]]
        return [row for _, row in sorted(scored)]

    def _misspelt(self, wanted: str) -> set[int]:
        """Find films all words are about once each that is unknown is put right."""
        words = []
        for word in wanted.split():
            if word not in self._words and len(word) >= _SHORTEST_PART:
                close = process.extractOne(
                    word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_WORD_ALIKE
                )
                word = close[0] if close else word  # noqa: PLW2901
            words.append(word)
        return self._about(" ".join(words))

    @cached_property
    def _vocabulary(self) -> list[str]:
        """All words, those of titles first, those of well known films before others."""
        titles = (word for name in self._names for word in name.split())
        return list(dict.fromkeys([*titles, *self._words]))

    @cached_property
    def _all_names(self) -> list[str]:
        return list(self._names)

    def did_you_mean(self, title: str, year: int | None = None, *, limit: int = 3) -> list[Movie]:
        """Suggest films a name may mean that is no film's name.

        How it works:
            1. Films of that name but for the subtitle, on either side.
            2. Films whose name begins the name asked for, or the other way round, at a word.
            3. If there are none: names that look much alike.
            A film of about the right year goes before one of another year, which must be more
            alike; what is hardly alike is no suggestion at all.

        >>> films = [Movie(1, "Rogue One", 2016), Movie(2, "Solo: A Star Wars Story", 2018)]
        >>> [film.title for film in TitleSearch(films).did_you_mean("Rogue One: A Star Wars Story")]
        ['Rogue One']

        Args:
            title: The name, without its year.
            year: The year, if it is known.
            limit: The most films to suggest.

        Returns:
            The films, the likeliest first; none if nothing looks alike.
        """
        wanted, key = normalised(title), title_key(title)
        if not key:
            return []
        scores: dict[int, float] = {}

        def note(rows: Iterable[int], score: float) -> None:
            for row in rows:
                scores[row] = max(scores.get(row, 0.0), score)

        note(self._keys.get(key, ()), 100.0)
        note(self._keys.get(main_key(title), ()), 95.0)
        for name, rows in self._names.items():
            if _begins(name, wanted) or _begins(wanted, name):
                note(rows, 85.0 + 10.0 * min(len(name), len(wanted)) / max(len(name), len(wanted)))
        if not scores:
            for name, score, _ in process.extract(
                wanted, self._all_names, scorer=fuzz.ratio, limit=4 * limit, score_cutoff=_CLOSE
            ):
                note(self._names[name], score)
        for row in scores:
            of = self._movies[row].year
            if year is not None and (of is None or abs(of - year) > 1):
                scores[row] -= _YEAR_OFF
        likely = sorted(scores, key=lambda row: (-scores[row], row))
        return [self._movies[row] for row in likely if scores[row] >= _CLOSE - _YEAR_OFF][:limit]


def _begins(one: str, other: str) -> bool:
    """Whether one name begins the other and ends there at a word."""
    return len(one) >= _SHORTEST_PART and other.startswith(f"{one} ")
