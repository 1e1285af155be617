"""The movies as points: who stands where, which coordinates learn at which speed.

`Embeddings` is one version of the space. It knows which row belongs to which movie, where a
newcomer starts, and which block of coordinates (*memory*) follows which learning rate. The
original system is five rows and one memory:

>>> lesson = Embeddings(
...     movie_ids=np.array([1, 2, 3, 4, 5]),
...     points=np.array([[5, 1, 0], [0, 5, 1], [3, 0, 5], [2, 4, 0], [4, 1, 4]]),
...     start=np.array([3, 3, 3]),
...     memories=(Memory("taste", 3, floor=0.3, ceiling=0.3, push=1.0, seen=0.0),),
...     coordinates=("action", "romance", "sci-fi"),
... )
>>> lesson.row_of[5]                    # The Matrix stands in row 4
4
>>> lesson.learn([(5, 1)]).round(2)     # a newcomer likes The Matrix
array([3.3, 2.4, 3.3])

The product's space has several memories and ends in one frozen coordinate, `popularity`:
movies stand at 0 or more there, the best known at 0, profiles at 0. So the distance to a
movie is how far it is from your taste plus how far it is from the mainstream.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from movieloop.taste import Box, Matrix, Rates, Rating, Vector, bounding_box, learn

POPULARITY = "popularity"


@dataclass(frozen=True, slots=True)
class Memory:
    """A block of neighbouring coordinates that learn at one speed; see `taste.Rates`.

    >>> Memory("slow", 64).floor            # averages the whole history
    0.0
    >>> Memory("fast", 32, floor=0.5).floor # lives in the present
    0.5

    Attributes:
        name: What people call it in explanations, for example "genres".
        size: How many coordinates it has, 1 or more.
        floor: The lowest rate of a like, 0 to 1.
        ceiling: The highest rate of a like, 0 (frozen) to 1.
        push: How strongly a dislike pushes, as a share of the rate.
        seen: How strongly a film seen without an opinion pulls, as a share of the rate.
        patience: How many likes the newcomer's start weighs as much as, above 0.
    """

    name: str
    size: int
    floor: float = 0.0
    ceiling: float = 1.0
    push: float = 0.5
    seen: float = 0.2
    patience: float = 1.0

    @classmethod
    def popularity(cls) -> "Memory":
        """Make the frozen coordinate that holds popularity: feedback never moves it.

        >>> Memory.popularity()
        Memory(name='popularity', size=1, floor=0.0, ceiling=0.0, push=0.0, seen=0.0, patience=1.0)

        Returns:
            A memory of one coordinate with every rate at 0.
        """
        return cls(POPULARITY, 1, floor=0.0, ceiling=0.0, push=0.0, seen=0.0)


def speeds_of(memories: Sequence[Memory]) -> NDArray[np.float64]:
    """Write the speeds of memories as the kernels read them.

    >>> speeds_of([Memory("slow", 48, patience=10.0)])
    array([[ 0. ,  1. ,  0.5,  0.2, 10. ]])

    Args:
        memories: Blocks of coordinates.

    Returns:
        floor, ceiling, push, seen and patience, shape (memories, 5).
    """
    return np.array([[m.floor, m.ceiling, m.push, m.seen, m.patience] for m in memories])


def blocks_of(memories: Sequence[Memory]) -> NDArray[np.int64]:
    """Tell where each memory's coordinates begin.

    >>> blocks_of([Memory("slow", 48), Memory("fast", 16)])
    array([ 0, 48, 64])

    Args:
        memories: Blocks of coordinates.

    Returns:
        The first coordinates, and how many there are, shape (memories + 1,).
    """
    return np.cumsum([0, *(memory.size for memory in memories)]).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Embeddings:
    """One version of the space; frozen, shared by all readers.

    Attributes:
        movie_ids: Which movie stands in which row, shape (movies,), no id twice.
        points: The movies' points, shape (movies, d), finite.
        start: A newcomer's profile, shape (d,).
        memories: The blocks of coordinates in order; their sizes sum to d.
        version: The number the store gave this version, 0 before it is stored.
        coordinates: A name for every coordinate where there are such names, else empty.
        half_life: Likes of anybody after which a like counts half for popularity; None if
            popularity does not live in this space.
        smoothing: Likes every movie has for free.

    Raises:
        ValueError: The shapes do not fit, an id stands twice, or a number is not finite.
    """

    movie_ids: NDArray[np.int64]
    points: Matrix
    start: Vector
    memories: tuple[Memory, ...]
    version: int = 0
    coordinates: tuple[str, ...] = field(default=())
    half_life: float | None = None
    smoothing: float = 0.5

    def __post_init__(self) -> None:
        object.__setattr__(self, "movie_ids", np.asarray(self.movie_ids, dtype=np.int64))
        object.__setattr__(self, "points", np.ascontiguousarray(self.points, dtype=np.float64))
        object.__setattr__(self, "start", np.asarray(self.start, dtype=np.float64))
        movies, size = self.points.shape
        if self.movie_ids.shape != (movies,) or self.start.shape != (size,) or movies == 0:
            raise ValueError("movie_ids, points and start do not fit together")
        if sum(memory.size for memory in self.memories) != size:
            raise ValueError(f"the memories' sizes must sum to {size} coordinates")
        if self.coordinates and len(self.coordinates) != size:
            raise ValueError(f"{size} coordinates need {size} names or none")
        if len(self.row_of) != movies:
            raise ValueError("a movie id stands twice")
        if not (np.isfinite(self.points).all() and np.isfinite(self.start).all()):
            raise ValueError("every coordinate must be a finite number")

    @cached_property
    def row_of(self) -> Mapping[int, int]:
        """The row of every movie id."""
        return {int(movie_id): row for row, movie_id in enumerate(self.movie_ids)}

    @cached_property
    def box(self) -> Box:
        """The walls of the space: the box that holds all movies and the newcomer."""
        return bounding_box(np.vstack([self.points, self.start]))

    @cached_property
    def rates(self) -> Rates:
        """The memories' rates, coordinate by coordinate."""
        sizes = [memory.size for memory in self.memories]
        return Rates(
            *(
                np.repeat([getattr(memory, name) for memory in self.memories], sizes)
                for name in Rates._fields
            )
        )

    @cached_property
    def blocks(self) -> Mapping[str, slice]:
        """Which coordinates belong to which memory, by name and in order."""
        ends = np.cumsum([memory.size for memory in self.memories]).tolist()
        return {
            memory.name: slice(end - memory.size, end)
            for memory, end in zip(self.memories, ends, strict=True)
        }

    def learn(
        self,
        opinions: Iterable[tuple[int, Rating]],
        *,
        profile: Vector | None = None,
        likes: int = 0,
    ) -> Vector:
        """Fold opinions on movies of this space into a profile: `taste.learn` by movie id.

        >>> space = Embeddings(np.array([7, 8]), np.array([[1.0, 0.0], [0.0, 1.0]]),
        ...                    np.array([0.0, 0.0]), (Memory("slow", 2),))
        >>> space.learn([(7, 1), (8, 0)]).round(3)
        array([0.583, 0.   ])

        Args:
            opinions: (movie id, rating) pairs, oldest first; movies that have no point here
                teach nothing.
            profile: Where to begin, shape (d,); the newcomer's start if None.
            likes: How many likes `profile` has already learned.

        Returns:
            The learned profile, shape (d,).
        """
        return learn(
            self.start if profile is None else profile,
            (
                (self.points[self.row_of[movie_id]], rating)
                for movie_id, rating in opinions
                if movie_id in self.row_of
            ),
            rates=self.rates,
            box=self.box,
            likes=likes,
        )

    def fold(
        self,
        rows: NDArray[np.int64],
        ratings: NDArray[np.int8],
        *,
        profile: Vector | None = None,
        likes: int = 0,
    ) -> tuple[Vector, int]:
        """Do what `learn` does for movies given by row: compiled, for long histories.

        >>> space = Embeddings(np.array([7, 8]), np.array([[1.0, 0.0], [0.0, 1.0]]),
        ...                    np.array([0.0, 0.0]), (Memory("slow", 2),))
        >>> profile, likes = space.fold(np.array([0, 1]), np.array([1, 0], np.int8))
        >>> profile.round(3), likes
        (array([0.583, 0.   ]), 1)

        Args:
            rows: The row of the movie of every opinion, oldest first, shape (opinions,).
            ratings: 1 like, 0 dislike, -1 seen, shape (opinions,).
            profile: Where to begin, shape (d,); the newcomer's start if None.
            likes: How many likes `profile` has already learned.

        Returns:
            The learned profile, the same as `learn` gives to the last bit, and how many likes it
            has learned.
        """
        from movieloop.model.kernels import fold  # noqa: PLC0415 - compiled, so on demand

        moved = (self.start if profile is None else profile).copy()
        blocks, speeds = blocks_of(self.memories), speeds_of(self.memories)
        likes = fold(moved, self.points, rows, ratings, likes, blocks, speeds, *self.box)
        return moved, int(likes)

    def with_popularity(self, likes: Vector) -> "Embeddings":
        """Let the popularity coordinate follow the likes of a moment.

        A movie stands the lower, the more it is liked; what its taste coordinates add to its
        distance from the origin is taken off. So for a profile at the origin the nearest
        movie is the most popular one, and distance = popularity there.

        >>> space = Embeddings([7, 8], [[0.5, 0], [0, 0]], [0, 0],
        ...                    (Memory("slow", 1), Memory.popularity()), half_life=30.0)
        >>> now = space.with_popularity(np.array([0.5, 99.5]))
        >>> np.abs(now.points).sum(axis=1).round(2)               # log(100) apart
        array([4.61, 0.  ])

        Args:
            likes: Decayed likes of every movie, shape (movies,).

        Returns:
            The same space with another last coordinate, 0 or more; unchanged where
            popularity does not live.
        """
        if self.half_life is None:
            return self
        taste = self.points[:, :-1]
        known = np.log(likes + self.smoothing) + np.abs(taste).sum(axis=1)
        points = np.column_stack([taste, known.max() - known])
        return replace(self, points=points)

    def with_placed(self, points: Mapping[int, Vector]) -> "Embeddings":
        """Let movies join behind the others.

        >>> space = Embeddings([7], [[0.5]], [0.0], (Memory("slow", 1),))
        >>> space.with_placed({8: np.array([0.25])}).points.tolist()
        [[0.5], [0.25]]

        Args:
            points: By movie id, each of shape (d,); those that have a point keep theirs.

        Returns:
            The same points and theirs.

        Raises:
            ValueError: A point is of another space.
        """
        new = {number: point for number, point in points.items() if number not in self.row_of}
        if not new:
            return self
        movie_ids = np.concatenate([self.movie_ids, np.array(list(new), dtype=np.int64)])
        return replace(self, movie_ids=movie_ids, points=np.vstack([self.points, *new.values()]))

    def renumbered(self, numbers: Mapping[int, int]) -> "Embeddings":
        """Give movies other numbers.

        Args:
            numbers: The new number of each movie that gets one; they must stay different.

        Returns:
            The same points.
        """
        movie_ids = [numbers.get(number, number) for number in self.movie_ids.tolist()]
        return replace(self, movie_ids=np.array(movie_ids, dtype=np.int64))

    def to_bytes(self) -> bytes:
        """Pack into the bytes of an npz file; points as float32, no pickle.

        >>> space = Embeddings([7], [[0.5]], [0.0], (Memory("slow", 1),))
        >>> Embeddings.from_bytes(space.to_bytes()).points
        array([[0.5]])

        Returns:
            A file that `from_bytes` reads, the same bytes for the same embeddings; `version`
            is not in it, the store gives one.
        """
        meta = {
            "memories": [
                {name: getattr(memory, name) for name in Memory.__slots__}
                for memory in self.memories
            ],
            "coordinates": list(self.coordinates),
            "half_life": self.half_life,
            "smoothing": self.smoothing,
        }
        packed = io.BytesIO()
        np.savez_compressed(
            packed,
            movie_ids=self.movie_ids,
            points=self.points.astype(np.float32),
            start=self.start.astype(np.float32),
            meta=np.frombuffer(json.dumps(meta).encode(), dtype=np.uint8),
        )
        return packed.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes, *, version: int = 0) -> "Embeddings":
        """Unpack what `to_bytes` packed.

        Args:
            data: The bytes of the npz file.
            version: The number the store gave this version.

        Returns:
            The embeddings, checked.

        Raises:
            ValueError: The bytes are not such a file, or hold something impossible.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as npz:
                meta = json.loads(npz["meta"].tobytes())
                return cls(
                    movie_ids=npz["movie_ids"],
                    points=npz["points"],
                    start=npz["start"],
                    memories=tuple(Memory(**memory) for memory in meta["memories"]),
                    version=version,
                    coordinates=tuple(meta["coordinates"]),
                    half_life=meta.get("half_life"),
                    smoothing=meta.get("smoothing", 0.5),
                )
        except (
            KeyError, TypeError, OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error
        ) as error:  # fmt: skip
            raise ValueError(f"these bytes do not hold embeddings: {error}") from error
