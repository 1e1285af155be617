"""One byte a coordinate: where the movies stand, small enough to be scanned as a whole.

Coordinate d of movie m becomes `round((m_d - low_d) / step)`, 0 to 255; what that loses at most is
known as `blur`. `nearest` says why an answer found by codes is exact all the same.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from movieloop.taste import Matrix, Vector

_LEVELS = 255
_CHUNK_ROWS = 4096  # coded at once, so that coding needs little memory
LOST = 1e-12  # the share of a number that doubles may lose in a few operations, with room


@dataclass(frozen=True, eq=False, slots=True)
class Codes:
    """The points in bytes.

    Attributes:
        codes: Shape (movies, width), zeros to the right of the coded coordinates.
        low: The lowest value of every coded coordinate, shape (coded,).
        high: The highest.
        step: What one step of a code is worth, above 0.
        blur: By how much the codes of one movie are off at most, all coordinates together.
    """

    codes: NDArray[np.uint8]
    low: Vector
    high: Vector
    step: float
    blur: float


def coded(points: Matrix, *, chunk: int) -> Codes | None:
    """Code points, one byte a coordinate.

    >>> codes = coded(np.array([[0.0, 1.0], [5.1, 1.0]]), chunk=4)
    >>> codes.codes, round(codes.step, 2)
    (array([[  0,   0,   0,   0],
           [255,   0,   0,   0]], dtype=uint8), 0.02)

    Args:
        points: Shape (movies, coordinates).
        chunk: Rows of codes are as long as a multiple of this.

    Returns:
        The codes; None where there is nothing to tell movies apart.
    """
    if points.shape[1] == 0:
        return None
    low, high = points.min(axis=0), points.max(axis=0)
    step = float((high - low).max()) / _LEVELS
    if not np.finfo(np.float64).tiny < step < np.inf:
        return None
    width = -(-points.shape[1] // chunk) * chunk
    codes, blur = np.zeros((len(points), width), np.uint8), 0.0
    for begin in range(0, len(points), _CHUNK_ROWS):
        gaps = points[begin : begin + _CHUNK_ROWS] - low
        steps = np.rint(gaps / step)
        codes[begin : begin + _CHUNK_ROWS, : len(low)] = steps
        blur = max(blur, float(np.abs(gaps - steps * step).sum(axis=1).max()))
    # Doubles are coarse where coordinates are far from 0: what they lose counts as an error too.
    blur += LOST * float(np.abs(low).sum() + np.abs(high).sum())
    return Codes(codes, low, high, step, blur)
