"""Sets a title in lines that fit a poster, without measuring a font: widths are estimated.

>>> set_title("The Texas Chain Saw Massacre").lines
('THE TEXAS', 'CHAIN SAW', 'MASSACRE')
"""

import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_NARROW, _WIDE = "IJ1.,:;'!|()[]-‘’ ", "MW@%&—…"
_LINES, _LARGEST, _SMALLEST = 5, 34, 11
_NARROWEST = 0.1  # a line of nothing but marks above other letters has no width
_NEARLY = 0.82  # of the width: fonts differ, so a line that long is told how long it is to be


@dataclass(frozen=True, slots=True)
class TitleLines:
    """A title as it is set.

    Attributes:
        lines: The lines, from the top.
        size: The size of the letters in units of the drawing.
        from_the_right: Whether the script runs from right to left.
        widths: How long a line is to be made, None for one that is far from filling its place.
    """

    lines: tuple[str, ...]
    size: float
    from_the_right: bool
    widths: tuple[float | None, ...] = ()


def set_title(
    title: str,
    *,
    width: float = 168.0,
    height: float = 112.0,
    largest: float = _LARGEST,
    tracking: float = 0.0,
    serif: bool = False,
) -> TitleLines:
    """Break a title so that its letters can be as large as possible.

    How it works: try 1, 2, ... lines, each time as even as possible, and keep the break whose
    letters are largest.

    >>> set_title("Heat").size > set_title("The Shawshank Redemption").size
    True
    >>> set_title("The Shawshank Redemption").widths       # none may be longer than 168
    (None, 159.5, 168.0)

    Args:
        title: The title.
        width: How long a line may be.
        height: How high all lines may be.
        largest: How large letters may be.
        tracking: The gap between letters, in sizes of a letter.
        serif: Whether the letters have serifs, which makes them a little wider.

    Returns:
        Up to five lines; a title longer than that ends in "…".
    """
    shown = " ".join(title.upper().split()) or "?"
    words = shown.split()
    wider = 1.04 if serif else 1.0

    def long(line: str) -> float:
        return wider * _width(line) + tracking * (len(line) - 1)

    lines, size = [shown], 0.0
    for count in range(1, min(_LINES, len(words)) + 1):
        tried = _broken(words, count)
        # Letters get smaller when lines get many, so that a column of words stays a title.
        longest = max(*map(long, tried), _NARROWEST)
        able = min(width / longest, largest, height / (1.02 * len(tried)))
        if able > size:
            lines, size = tried, able
    if size < _SMALLEST:
        kept = max(1, int(len(lines[0]) * size / _SMALLEST))
        lines = [line if len(line) <= kept else line[: kept - 1] + "…" for line in lines]
        size = _SMALLEST
    size = round(size, 1)
    widths = [min(width, long(line) * size) for line in lines]
    told = tuple(round(w, 1) if w > _NEARLY * width or tracking else None for w in widths)
    return TitleLines(tuple(lines), size, _is_from_the_right(shown), told)


def _broken(words: list[str], count: int) -> list[str]:
    """Break words into `count` lines whose longest is as short as possible."""
    reach = [0.0]
    for word in words:
        reach.append(reach[-1] + _width(word + " "))
    # cost[i]: the longest line of the first i words; break_at[n][i]: where its last line begins.
    cost, breaks = [0.0] + [float("inf")] * len(words), []
    for _ in range(count):
        chosen = [
            min(range(i), key=lambda j: max(cost[j], reach[i] - reach[j])) if i else 0
            for i in range(len(words) + 1)
        ]
        cost = [float("inf")] + [
            max(cost[chosen[i]], reach[i] - reach[chosen[i]]) for i in range(1, len(words) + 1)
        ]
        breaks.append(chosen)
    ends = [len(words)]
    for chosen in reversed(breaks):
        ends.append(chosen[ends[-1]])
    return [" ".join(words[begin:end]) for begin, end in pairwise(reversed(ends))]


def _width(text: str) -> float:
    """Estimate how long a text is at size 1, in heavy capitals."""
    return sum(map(_advance, text))


def _advance(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE:
        return 0.94
    if unicodedata.east_asian_width(letter) in "WF" or unicodedata.category(letter) == "So":
        return 1.08
    return 0.71


def _is_from_the_right(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
