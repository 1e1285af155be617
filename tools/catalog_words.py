"""Learn what single words say about a film, so that a new one can be placed without a model.

The sentence model turns a text into a vector, but it weighs a hundred megabytes and does not ship.
What ships is a table: for each frequent word of the texts the direction in which it moves a film
among the `themes` of the packaged points, by ridge regression from words to the themes that the
sentence model found. No sentence can be read back from it.

requires: numpy scipy, and movieloop itself
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped,import-not-found,unused-ignore]
from scipy.sparse.linalg import cg  # type: ignore[import-untyped,import-not-found,unused-ignore]

from movieloop.model.themes import Themes, words_of

Array = NDArray[np.float64]
LEAST, MOST = 6, 0.2  # films that have a word: at least so many, at most this share
PENALTY = 1.5


def learn_words(texts: list[str], themes: Array) -> Themes:
    """Learn the table.

    Args:
        texts: What each film is about, in words; "" if unknown.
        themes: The themes of each film, shape (films, d).

    Returns:
        The table.
    """
    bags = [Counter(words_of(text)) for text in texts]
    films = Counter(word for bag in bags for word in bag)
    told = sum(bool(bag) for bag in bags)
    words = sorted(word for word, n in films.items() if LEAST <= n <= MOST * told)
    rarity = np.log(told / np.array([films[word] for word in words], dtype=np.float64))
    table = Themes(words, rarity, np.zeros((len(words), themes.shape[1])))
    rows = [row for row, bag in enumerate(bags) if bag]
    said = sparse.csr_matrix(np.zeros((0, len(words))))
    said = sparse.vstack([sparse.csr_matrix(table.weights(texts[row])) for row in rows]).tocsr()
    gram = said.T @ said + PENALTY * sparse.identity(len(words))
    aims = said.T @ themes[rows]
    vectors = np.column_stack([cg(gram, aim, rtol=1e-4)[0] for aim in aims.T])
    return Themes(words, rarity, vectors)


def write_words(out: Path, table: Themes) -> None:
    """Write words.npz."""
    (out / "words.npz").write_bytes(table.to_bytes())
