"""Plots are XML with every name in it, whatever the names and figures are."""

import math
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from movieloop.evaluation.plots import Bar, Line, draw_bars, draw_lines, round_steps
from movieloop.replay.metrics import Interval

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1)
SHARES = st.floats(0, 1)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter()]


@given(st.floats(0, 1e12))
def test_an_axis_has_a_few_round_steps_that_hold_everything(most: float) -> None:
    step, count = round_steps(most)
    assert 1 <= count <= 5 and step * count >= most * (1 - 1e-6)
    assert f"{step:.0e}"[0] in "125"


@given(st.lists(st.tuples(NAMES, SHARES, SHARES, SHARES), max_size=5), NAMES)
def test_bars_hold_every_name_and_value(
    bars: list[tuple[str, float, float, float]], title: str
) -> None:
    made = [Bar(name, sorted(v)[1], Interval(min(v), max(v)), ours=i == 0)
            for i, (name, *v) in enumerate(bars)]  # fmt: skip
    shown = texts(draw_bars(made, title))
    assert title in shown
    for bar in made:
        assert bar.name in shown and f"{bar.value:.3f}" in shown


@given(st.lists(st.tuples(NAMES, st.lists(SHARES | st.just(math.nan), min_size=3, max_size=3)),
                max_size=5))  # fmt: skip
def test_lines_leave_a_gap_where_there_is_no_value(lines: list[tuple[str, list[float]]]) -> None:
    svg = draw_lines([Line(*line) for line in lines], ["0-4", "5-9", "10+"], "curve")
    assert "nan" not in "".join(part for part in svg.split() if part.startswith("points"))
    assert {name for name, _ in lines} <= set(texts(svg))
    points = [element.get("points") or "" for element in ElementTree.fromstring(svg).iter()
              if element.tag.endswith("polyline")]  # fmt: skip
    known = [sum(not math.isnan(value) for value in values) for _, values in lines]
    assert [len(of.split()) for of in points] == known
