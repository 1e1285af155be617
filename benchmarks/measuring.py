"""What the benchmarks share: fair timings, a description of the machine, tables, one result file.

Machines are noisy, so nothing is judged by its seconds: whatever is compared is measured in turns
within one run, and the medians are divided.
"""

import argparse
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
LATEST = ROOT / "benchmarks" / "latest.json"


@dataclass(frozen=True, slots=True)
class Spread:
    """Several measurements of one thing, in seconds unless said otherwise."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: list[float]) -> "Spread":
        """Summarise measurements.

        Args:
            values: One or more.

        Returns:
            The lowest, the median and the highest.
        """
        return cls(min(values), statistics.median(values), max(values))


def side_by_side(
    work: Mapping[str, Callable[[], object]],
    *,
    rounds: int,
    calls: int = 1,
    before: Callable[[], object] = lambda: None,
) -> dict[str, Spread]:
    """Time things in turns, after one round that only warms up.

    Args:
        work: What to time, by name.
        rounds: How many turns each has.
        calls: Calls a turn; with more than one, another call goes before, so that each finds
            the processor's caches as it left them itself.
        before: What happens before every call, untimed.

    Returns:
        The seconds of each.
    """
    taken: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(rounds + 1):
        for name, function in work.items():
            if calls > 1:
                function()
            for _ in range(calls):
                before()
                began = time.perf_counter()
                function()
                if turn:
                    taken[name].append(time.perf_counter() - began)
    return {name: Spread.of(values) for name, values in taken.items()}


def machine() -> str:
    """Describe this machine and the versions that matter.

    Returns:
        One line.
    """
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    return (
        f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"NumPy {np.__version__}"
    )


def show(title: str, spreads: Mapping[str, Spread], *, unit: float = 1e6, name: str = "us") -> None:
    """Print measurements.

    Args:
        title: What was measured.
        spreads: The measurements.
        unit: What to multiply seconds by.
        name: What the product is called.
    """
    print(f"\n{title}")
    for what, spread in spreads.items():
        low, median, high = (unit * x for x in (spread.low, spread.median, spread.high))
        print(f"  {what:<34} {median:>12,.1f} {name}   ({low:,.1f} .. {high:,.1f})")


def report(ratios: Mapping[str, float | None], goals: Mapping[str, str], *, keep: bool) -> None:
    """Print figures beside their goals, and keep them in `latest.json` beside those there.

    Args:
        ratios: What was measured; None where something is missing.
        goals: "<= 2.2" and the like, by the same names.
        keep: Whether to write them, each with this machine.
    """
    for name, ratio in ratios.items():
        shown = "not measured" if ratio is None else f"{ratio:.2f}"
        print(f"  {name:<34} {shown:>12}   goal {goals.get(name, '-')}")
    if not keep:
        return
    known = json.loads(LATEST.read_text()) if LATEST.exists() else {}
    for name, ratio in ratios.items():
        value = None if ratio is None else round(ratio, 3)
        known[name] = {"value": value, "goal": goals.get(name), "machine": machine()}
    LATEST.write_text(json.dumps(known, indent=2) + "\n")


def markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table in Markdown.

    Args:
        heads: What stands above each column.
        rows: The cells of each row.

    Returns:
        The table, a line each row.
    """
    head, *lines = (f"| {' | '.join(row)} |" for row in (heads, *rows))
    return "\n".join([head, "|" + "---|" * len(heads), *lines])


def put_table(page: Path, name: str, text: str) -> None:
    """Put a table between its marks in a page.

    Args:
        page: The Markdown file.
        name: The mark.
        text: The table.
    """
    begin, end = f"<!-- table: {name} -->\n", f"<!-- end: {name} -->"
    before, found, rest = page.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        print(f"no mark for {name!r} in {page}; here it is:\n\n{text}")
        return
    page.write_text(f"{before}{begin}{text}\n{end}{after}", encoding="utf-8")
    print(f"wrote the table {name!r}")


def shows(page: Path, name: str, text: str) -> bool:
    """Tell whether a page shows a table, and say so if it does not.

    Args:
        page: The Markdown file.
        name: The mark.
        text: The table.

    Returns:
        Whether it does.
    """
    shown = f"<!-- table: {name} -->\n{text}\n<!-- end" in page.read_text(encoding="utf-8")
    if not shown:
        print(f"{page.name} does not show {name!r} as it was measured")
    return shown


def write_or_check(doc: str | None, tables: Iterable[tuple[Path, str, str]]) -> int:
    """Do what a program that writes tables is asked for on its command line.

    Args:
        doc: What it says of itself.
        tables: The page of each table, its mark there, and its text.

    Returns:
        The exit code: 1 if with `--check` a page shows another table.
    """
    parser = argparse.ArgumentParser(description=(doc or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare pages and figures")
    if parser.parse_args().check:
        return int(not all([shows(*table) for table in tables]))  # noqa: C419 - all are told
    for table in tables:
        put_table(*table)
    return 0
