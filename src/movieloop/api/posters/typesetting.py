"""Sets a title in lines that fit a poster, without measuring a font: widths are estimated.

>>> set_title("The Texas Chain Saw Massacre").lines
('THE', 'TEXAS', 'CHAIN SAW', 'MASSACRE')
"""

import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_NARROW, _WIDE = "IJ1.,:;'!|()[]-‘’ ", "MW@%&—…"
_LINES, _LARGEST, _SMALLEST = 5, 34, 9


@dataclass(frozen=True, slots=True)
class TitleLines:
    """A title as it is set.

    Attributes:
        lines: The lines, from the top.
        size: The size of the letters in units of the drawing.
        from_the_right: Whether the script runs from right to left.
    """

    lines: tuple[str, ...]
    size: float
    from_the_right: bool


def set_title(title: str, *, width: float = 168.0) -> TitleLines:
    """Break a title so that its letters can be as large as possible.

    How it works: try 1, 2, ... lines, each time as even as possible, and keep the break whose
    letters are largest.

    >>> set_title("Heat").size > set_title("The Shawshank Redemption").size
    True

    Args:
        title: The title.
        width: How long a line may be.

    Returns:
        Up to five lines; a title longer than that ends in "…".
    """
    shown = " ".join(title.upper().split()) or "?"
    words = shown.split()
    best = TitleLines((shown,), 0.0, _is_from_the_right(shown))
    for count in range(1, min(_LINES, len(words)) + 1):
        lines = _broken(words, count)
        # Letters get smaller when lines get many, so that a column of words stays a title.
        size = min(width / max(map(_width, lines)), _LARGEST, 112.0 / len(lines))
        if size > best.size:
            best = TitleLines(tuple(lines), size, best.from_the_right)
    if best.size < _SMALLEST:
        kept = max(1, int(len(best.lines[0]) * best.size / _SMALLEST))
        cut = tuple(line if len(line) <= kept else line[: kept - 1] + "…" for line in best.lines)
        return TitleLines(cut, _SMALLEST, best.from_the_right)
    return TitleLines(best.lines, round(best.size, 1), best.from_the_right)


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
