"""The few shapes everything on a poster is made of.

>>> circle(1, 2, 3, "#fff"), area([(0, 0), (1, 0), (1, 1)], "#fff")
('<circle cx="1" cy="2" r="3" fill="#fff"/>', '<path d="M0 0 1 0 1 1z" fill="#fff"/>')
"""

from collections.abc import Callable, Sequence
from random import Random

from movieloop.api.posters.palette import Palette

Scene = Callable[[Random, Palette], list[str]]
Points = Sequence[tuple[float, float]]


def circle(x: float, y: float, r: float, fill: str, more: str = "") -> str:
    """Draw a circle.

    Args:
        x: Where, from the left.
        y: Where, from the top.
        r: The radius.
        fill: The colour.
        more: More attributes.

    Returns:
        The element.
    """
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"{more}/>'


def rect(  # noqa: PLR0917 - as SVG names them
    x: float, y: float, width: float, height: float, fill: str, more: str = ""
) -> str:
    """Draw a rectangle.

    >>> rect(0, 1, 2, 3, "#fff", ' rx="1"')
    '<rect x="0" y="1" width="2" height="3" fill="#fff" rx="1"/>'

    Args:
        x: Its left edge.
        y: Its top.
        width: How wide.
        height: How high.
        fill: The colour.
        more: More attributes.

    Returns:
        The element.
    """
    return (
        f'<rect x="{round(x, 1):g}" y="{round(y, 1):g}" width="{round(width, 1):g}" '
        f'height="{round(height, 1):g}" fill="{fill}"{more}/>'
    )


def area(points: Points, fill: str, more: str = "") -> str:
    """Fill the area between points.

    Args:
        points: Its corners.
        fill: The colour.
        more: More attributes.

    Returns:
        The element.
    """
    corners = " ".join(f"{round(x, 1):g} {round(y, 1):g}" for x, y in points)
    return f'<path d="M{corners}z" fill="{fill}"{more}/>'


def stroke(path: str, colour: str, width: float, more: str = "") -> str:
    """Draw a line along a path.

    >>> stroke("M0 0h9", "#fff", 2)
    '<path d="M0 0h9" fill="none" stroke="#fff" stroke-width="2"/>'

    Args:
        path: The path.
        colour: Of the line.
        width: Of the line.
        more: More attributes.

    Returns:
        The element.
    """
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"{more}/>'


def ring(x: float, y: float, r: float, colour: str, width: float = 1.0) -> str:
    """Draw a circle's edge.

    >>> ring(1, 2, 3, "#fff")
    '<circle cx="1" cy="2" r="3" fill="none" stroke="#fff" stroke-width="1"/>'

    Args:
        x: Where, from the left.
        y: Where, from the top.
        r: The radius.
        colour: Of the edge.
        width: Of the edge.

    Returns:
        The element.
    """
    return circle(x, y, r, "none", f' stroke="{colour}" stroke-width="{width:g}"')


def faint(opacity: float) -> str:
    """Let something shine through.

    >>> faint(0.5)
    ' opacity="0.5"'

    Args:
        opacity: 0 nothing is seen of it, 1 nothing behind it.

    Returns:
        The attribute.
    """
    return f' opacity="{opacity:g}"'


def ridge(random: Random, height: float, rough: float, fill: str, steps: int = 9) -> str:
    """Draw a chain of hills or peaks across the poster.

    Args:
        random: Chance.
        height: Where its feet are, from the top.
        rough: How high a peak can be.
        fill: The colour.
        steps: How many peaks and valleys.

    Returns:
        The element.
    """
    top = [(x * 200 / steps, height - random.uniform(0, rough) * (x % 2)) for x in range(steps + 1)]
    return area([(0, 300), *top, (200, 300)], fill)


def stars(random: Random, colour: str, many: int = 26, lowest: float = 220) -> list[str]:
    """Scatter stars.

    Args:
        random: Chance.
        colour: Of the stars.
        many: How many.
        lowest: How far down they go.

    Returns:
        The elements.
    """
    return [
        circle(round(random.uniform(2, 198)), round(random.uniform(4, lowest)),
               round(random.uniform(0.5, 1.9), 1), colour)
        for _ in range(many)
    ]  # fmt: skip
