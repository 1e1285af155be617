"""People as they are: a few say a lot, a few films are known to all, and fashions change.

Activity follows a lognormal, as it does on MovieLens; films follow Zipf's law, and every month
another part of them is in fashion, some of it new.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from movieloop.data import Movie

MONTHS = 12
MONTH = 30 * 86_400  # seconds
SHIFT = 0.05  # of the films go out of fashion a month
SPREAD = 1.1  # of the logarithm of how much people say
LIKED = 0.7  # of the opinions are likes
LIKE, DISLIKE = 9, 4  # of 10, in a file of ratings
BEGAN = 1_700_000_000  # seconds since 1970


class Population:
    """Draws who says something about which film, and when."""

    def __init__(self, films: Sequence[Movie], people: int, *, seed: int = 0) -> None:
        """Draw how much each person says and how well known each film is.

        Args:
            films: The catalogue.
            people: How many.
            seed: The same seed gives the same people.
        """
        self._random = np.random.default_rng(seed)
        self._films = films
        self.people = people
        busy = self._random.lognormal(0, SPREAD, people)
        self._busy = busy / busy.sum()
        self._fame = 1 / (np.arange(len(films)) + 10.0)
        self._fame /= self._fame.sum()

    def who(self, count: int) -> NDArray[np.int64]:
        """Draw people, the busy ones more often.

        Args:
            count: How many draws.

        Returns:
            Their numbers, shape (count,).
        """
        return self._random.choice(self.people, count, p=self._busy)

    def films(self, count: int, month: int) -> list[Movie]:
        """Draw films, those in fashion more often.

        Args:
            count: How many draws.
            month: Which month it is.

        Returns:
            The films.
        """
        places = self._random.choice(len(self._films), count, p=self._fame)
        moved = int(SHIFT * month * len(self._films))
        return [self._films[(place + moved) % len(self._films)] for place in places.tolist()]

    def likes(self, count: int) -> list[bool]:
        """Draw opinions.

        Args:
            count: How many draws.

        Returns:
            Whether each is a like.
        """
        return [bool(x) for x in self._random.random(count) < LIKED]

    def past(self, opinions: int) -> Iterator[str]:
        """Tell a year of opinions as lines of a MovieTweetings file; nobody rates a film twice.

        Args:
            opinions: About how many.

        Yields:
            user::film::rating::seconds, by month.
        """
        said: set[tuple[int, int]] = set()
        share = opinions // MONTHS
        for month in range(MONTHS):
            times = BEGAN + month * MONTH + np.sort(self._random.integers(0, MONTH, share))
            drawn = zip(self.who(share), self.films(share, month), self.likes(share), times,
                        strict=True)  # fmt: skip
            for user, film, liked, time in drawn:
                if (int(user), film.movie_id) not in said:
                    said.add((int(user), film.movie_id))
                    rating = LIKE if liked else DISLIKE
                    yield f"{user}::{(film.imdb_id or '')[2:]}::{rating}::{time}"

    def write(self, file: Path, opinions: int) -> int:
        """Write the past into a file that `movieloop import --community` reads.

        Args:
            file: Its name, ending in .dat.
            opinions: About how many.

        Returns:
            How many there are.
        """
        lines = list(self.past(opinions))
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return len(lines)
