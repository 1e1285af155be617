"""What a sentence says a film is about: the words' directions among the themes, added up.

>>> table = Themes(["ghost", "ship"], np.array([2.0, 1.0]), np.array([[1.0, 0.0], [0.0, 1.0]]))
>>> table.of("A GHOST haunts a house."), table.of("Nothing of the kind")
(array([1., 0.]), None)
"""

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from movieloop.data import packaged_points
from movieloop.model.embeddings import Embeddings
from movieloop.taste import Matrix, Vector

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEPS = 127  # a direction is stored as whole numbers from -127 to 127


def packaged_themes() -> dict[int, Vector]:
    """Tell where the packaged films stand among the themes that the packaged words speak of.

    Returns:
        By movie id, each of shape (d,).
    """
    space = Embeddings.from_bytes(packaged_points())
    themes = space.points[:, space.blocks["themes"]]
    return dict(zip(space.movie_ids.tolist(), themes, strict=True))


def words_of(text: str) -> list[str]:
    """Take a text apart.

    >>> words_of("The ship's GHOST")
    ['the', 'ship', 'ghost']

    Args:
        text: Any text.

    Returns:
        Its words of three letters or more, in small letters.
    """
    return _WORD.findall(text.casefold())


class Themes:
    """A table of words: how rare each is, and where it moves a film among the themes."""

    def __init__(self, words: Sequence[str], rarity: Vector, vectors: Matrix) -> None:
        """Take the table.

        Args:
            words: The words.
            rarity: How much each counts, above 0, shape (words,).
            vectors: Their directions, shape (words, d).
        """
        self.words = list(words)
        self.rarity = rarity
        self.vectors = vectors
        self._place = {word: place for place, word in enumerate(self.words)}

    def weights(self, text: str) -> Vector:
        """Tell how much each word of the table counts in a text.

        Args:
            text: The text.

        Returns:
            Shape (words,), of length 1, or 0 where no word is known.
        """
        found = np.zeros(len(self.words))
        for word, times in Counter(words_of(text)).items():
            place = self._place.get(word)
            if place is not None:
                found[place] = np.sqrt(times) * self.rarity[place]
        length = float(np.linalg.norm(found))
        return found / length if length else found

    def of(self, text: str) -> Vector | None:
        """Tell where a text stands among the themes.

        Args:
            text: What a film is about, a sentence or more.

        Returns:
            Shape (d,); None if no word of it is known.
        """
        weights = self.weights(text)
        return weights @ self.vectors if weights.any() else None

    def to_bytes(self) -> bytes:
        """Pack into the bytes of an npz file, a byte a coordinate.

        Returns:
            What `from_bytes` reads.
        """
        scale = np.abs(self.vectors).max(axis=1, keepdims=True).clip(1e-12) / _STEPS
        packed = io.BytesIO()
        np.savez_compressed(
            packed,
            words=np.frombuffer("\n".join(self.words).encode(), np.uint8),
            rarity=self.rarity.astype("<f4"),
            scale=scale.astype("<f4"),
            vectors=np.rint(self.vectors / scale).astype(np.int8),
        )
        return packed.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` packed.

        Args:
            data: The bytes.

        Returns:
            The table.
        """
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            vectors: NDArray[np.float64] = file["vectors"] * file["scale"].astype(np.float64)
            words = file["words"].tobytes().decode().split("\n")
            return cls(words, file["rarity"].astype(np.float64), vectors)
