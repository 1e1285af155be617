"""Two plots as SVG text: bars with whiskers, and lines.

>>> svg = draw_bars([Bar("popularity", 0.1, Interval(0.08, 0.12))], "HR@10")
>>> svg.startswith("<svg"), "popularity" in svg, "0.100" in svg
(True, True, True)
"""

import math
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from movieloop.replay.metrics import Interval

OURS, BASELINES = "#c2185b", ("#455a64", "#1976d2", "#388e3c", "#f57c00", "#7b1fa2", "#00838f")
ROW, LEFT, WIDTH, TOP = 26, 240, 420, 48
PLOT_HEIGHT, RIGHT = 260, 250
_TINY = 1e-300  # below it doubles lose their digits


class Bar(NamedTuple):
    """One bar: a name, its value, where it surely lies, and whether it is ours."""

    name: str
    value: float
    interval: Interval
    ours: bool = False


class Line(NamedTuple):
    """One line: a name, a value a step (NaN = none), and whether it is ours."""

    name: str
    values: Sequence[float]
    ours: bool = False


def draw_bars(bars: Sequence[Bar], title: str) -> str:
    """Draw horizontal bars, a whisker for each interval.

    Args:
        bars: From top to bottom.
        title: What stands above.

    Returns:
        An SVG file.
    """
    most = max((bar.interval.high for bar in bars), default=0) or 1.0
    shapes = []
    for row, bar in enumerate(bars):
        y = TOP + row * ROW
        low, value, high = (LEFT + WIDTH * x / most for x in (bar.interval[0], bar[1], bar[2][1]))
        colour = OURS if bar.ours else BASELINES[0]
        shapes += [
            _text(LEFT - 8, y + 14, bar.name, anchor="end", bold=bar.ours),
            f'<rect x="{LEFT}" y="{y}" width="{value - LEFT:.1f}" height="18" fill="{colour}"/>',
            f'<path d="M{low:.1f} {y + 9}H{high:.1f}M{low:.1f} {y + 5}v8M{high:.1f} {y + 5}v8" '
            'stroke="#000" fill="none"/>',
            _text(high + 6, y + 14, f"{bar.value:.3f}"),
        ]
    return _svg(LEFT + WIDTH + 70, TOP + len(bars) * ROW + 12, title, shapes)


def draw_lines(lines: Sequence[Line], steps: Sequence[str], title: str) -> str:
    """Draw one line a name over steps; the names stand at the right.

    >>> "10-19" in draw_lines([Line("a", [0.1, 0.2])], ["5-9", "10-19"], "curve")
    True

    Args:
        lines: The best first.
        steps: What stands below, from left to right.
        title: What stands above.

    Returns:
        An SVG file.
    """
    most = max((v for line in lines for v in line.values if not math.isnan(v)), default=0) or 1.0
    step, count = round_steps(most)
    most = step * count
    left, bottom = 72, TOP + PLOT_HEIGHT
    xs = [left + WIDTH * (i + 0.5) / len(steps) for i in range(len(steps))]
    shapes = [
        _text(x, bottom + 18, step, anchor="middle") for x, step in zip(xs, steps, strict=True)
    ]
    for place in range(count + 1):
        y = bottom - PLOT_HEIGHT * place / count
        shapes.append(f'<path d="M{left} {y:.1f}h{WIDTH}" stroke="#ddd"/>')
        shapes.append(_text(left - 6, y + 4, f"{step * place:,.10g}", anchor="end"))
    for number, line in enumerate(lines):
        colour = OURS if line.ours else BASELINES[number % len(BASELINES)]
        points = [
            (x, bottom - PLOT_HEIGHT * value / most)
            for x, value in zip(xs, line.values, strict=True)
            if not math.isnan(value)
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        shapes.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" '
            f'stroke-width="{3 if line.ours else 1.5}"/>'
        )
        y = TOP + 12 + number * 20
        shapes.append(
            f'<rect x="{left + WIDTH + 16}" y="{y - 9}" width="10" height="10" fill="{colour}"/>'
        )
        shapes.append(_text(left + WIDTH + 32, y, line.name, bold=line.ours))
    return _svg(left + WIDTH + RIGHT, bottom + 36, title, shapes)


def round_steps(most: float) -> tuple[float, int]:
    """Divide an axis by round numbers.

    >>> round_steps(6210), round_steps(0.31)
    ((2000.0, 4), (0.1, 4))

    Args:
        most: The highest value, 0 or more.

    Returns:
        What lies between two lines of the grid, and how many such steps hold every value.
    """
    least = max(most, _TINY) / 5
    power = 10.0 ** math.floor(math.log10(least))
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= least * (1 - 1e-9))
    return step, max(math.ceil(most / step * (1 - 1e-9)), 1)


def _text(x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'


def _svg(width: float, height: float, title: str, shapes: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="sans-serif" font-size="13">'
    )
    paper = '<rect width="100%" height="100%" fill="#fff"/>'
    name = f'<text x="16" y="26" font-size="16">{escape(title)}</text>'
    return "\n".join([head, f"<title>{escape(title)}</title>", paper, name, *shapes, "</svg>", ""])
