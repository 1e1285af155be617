"""What comes out of an evaluation: a table, JSON, and plots."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from movieloop.data.ranks import BUCKETS
from movieloop.evaluation import plots
from movieloop.evaluation.results import OfGroup, Result
from movieloop.evaluation.variety import FEWEST
from movieloop.replay.metrics import Interval, ratio

COLUMNS = {
    "liked10": "liked of 10",
    "hr10": "HR@10",
    "ndcg10": "NDCG@10",
    "ndcg100": "NDCG@100",
    "recall20": "recall@20",
    "recall50": "recall@50",
    "mrr": "MRR",
    "debiased10": "debiased NDCG@10",
    "auc": "AUC",
    "disliked10": "disliked@10",
    "coverage": "coverage",
    "novelty": "novelty",
}
SHOWN_CURVES = 6


@dataclass(frozen=True)
class Report:
    """The results of one protocol on one data set.

    Attributes:
        protocol: loop, holdout, next ...
        dataset: What the data set is called.
        sitting: Seconds of a pause after which a rating may be learned.
        headline: The figure scorers are compared by.
        results: One a scorer.
    """

    protocol: str
    dataset: str
    sitting: float
    headline: str
    results: Sequence[Result]

    @property
    def best_peer(self) -> Result | None:
        """The peer with the highest headline figure."""
        peers = [result for result in self.results if result.kind == "peer"]
        return max(peers, key=lambda result: result.figure, default=None)

    def as_json(self) -> dict[str, Any]:
        """Give everything as plain values.

        >>> Report("loop", "tiny", 60.0, "hr10", []).as_json()
        {'protocol': 'loop', 'dataset': 'tiny', 'sitting': 60.0, 'results': []}

        Returns:
            What `--json` writes.
        """
        return {
            "protocol": self.protocol,
            "dataset": self.dataset,
            "sitting": self.sitting,
            "results": [result.as_json() for result in self.results],
        }

    def write_json(self, path: Path) -> None:
        """Write the JSON file.

        Args:
            path: Where to.
        """
        path.write_text(json.dumps(self.as_json(), indent=2, allow_nan=False) + "\n", "utf-8")

    def write_plots(self, folder: Path) -> list[Path]:
        """Draw the headline figures, and the curves where there are some.

        Args:
            folder: Where to; it is made if it is not there.

        Returns:
            The files, SVG.
        """
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{COLUMNS[self.headline]} on {self.dataset}"
        ranked = sorted(self.results, key=lambda result: -result.figure)
        bars = [
            plots.Bar(r.name, r.figure, r.ci95 or Interval(r.figure, r.figure), r.kind == "ours")
            for r in ranked
        ]
        drawn = {f"{self.protocol}-bars.svg": plots.draw_bars(bars, f"{name}, 95 % confidence")}
        if self.protocol == "loop":
            best = [r for r in ranked if r.kind == "ours"] + [r for r in ranked if r.kind == "peer"]
            lines = [
                plots.Line(r.name, [(r.buckets or {})[key][0] for key in BUCKETS], r.kind == "ours")
                for r in best[:SHOWN_CURVES]
            ]
            title = f"{name} by ratings known of the person"
            drawn["loop-curves.svg"] = plots.draw_lines(lines, list(BUCKETS), title)
        for file, svg in drawn.items():
            (folder / file).write_text(svg, "utf-8")
        return [folder / file for file in drawn]

    def tables(self) -> list[Table]:
        """Lay out what people read: figures, then the curves.

        Returns:
            Tables: figures, in the loop also curves, what variety costs and what dislikes do.
        """
        tables = [self._figures()]
        if self.protocol == "loop":
            tables.append(self._curves())
        if self.protocol == "newcomer":
            tables.append(self._taps())
        tables += [self._groups(result) for result in self.results if result.groups]
        tables += [self._varieties(result) for result in self.results if result.varieties]
        if any(result.obedience for result in self.results):
            tables.append(self._obedience())
        return tables

    def _figures(self) -> Table:
        names = [
            name for name in COLUMNS if any(getattr(r, name) is not None for r in self.results)
        ]
        names.sort(key=lambda name: name != self.headline)
        table = Table(box=None, pad_edge=False)
        table.add_column("")
        for title in (COLUMNS[names[0]], "95 %", "x best peer"):
            table.add_column(title, justify="right", no_wrap=True)
        for name in names[1:]:
            table.add_column(COLUMNS[name], justify="right", no_wrap=True)
        table.add_column("seconds", justify="right")
        for result in self.results:
            rest = [_number(getattr(result, name)) for name in names[1:]]
            table.add_row(
                _name(result),
                _number(result.figure),
                _range(result.ci95, 4),
                self._against_best(result),
                *rest,
                f"{result.seconds:.1f}",
            )
        return table

    def _against_best(self, result: Result) -> str:
        best = self.best_peer
        if best is None or best is result or not best.figure:
            return ""
        return _range(ratio(result.headline, best.headline, result.users), 2)

    def _curves(self) -> Table:
        table = Table(
            box=None, pad_edge=False, title="HR@10 by ratings known", title_justify="left"
        )
        table.add_column("")
        for name in BUCKETS:
            table.add_column(name, justify="right")
        for result in self.results:
            buckets = result.buckets or {}
            table.add_row(_name(result), *(_number(buckets[name][0]) for name in BUCKETS))
        if self.results:
            counts = self.results[0].buckets or {}
            table.add_row("[dim]films[/]", *(f"[dim]{counts[name][1]:,}[/]" for name in BUCKETS))
        return table

    def _groups(self, result: Result) -> Table:
        table = Table(box=None, pad_edge=False)
        table.add_column("rule")
        for title in ("people", "NDCG@10 of the worst off", "x", "mean NDCG@10", "x"):
            table.add_column(title, justify="right")
        first: dict[int, OfGroup] = {}
        for group in result.groups:
            base = first.setdefault(group.size, group)
            table.add_row(
                group.rule,
                str(group.size),
                f"{group.worst:.4f}",
                f"{group.worst / base.worst:.3f}" if base.worst else "-",
                f"{group.mean:.4f}",
                f"{group.mean / base.mean:.3f}" if base.mean else "-",
            )
        return table

    def _taps(self) -> Table:
        table = Table(
            box=None,
            pad_edge=False,
            title="Liked of ten, and different films",
            title_justify="left",
        )
        table.add_column("")
        for taps in (counts := [*self.results[0].taps] if self.results else []):
            table.add_column(f"{taps} tap{'s' * (taps > 1)}", justify="right")
            table.add_column("films", justify="right")
        for result in self.results:
            cells = [(_number(result.taps[k].liked10), result.taps[k].different) for k in counts]
            table.add_row(_name(result), *(str(cell) for pair in cells for cell in pair))
        return table

    def _obedience(self) -> Table:
        title = "Dislikes: the film is no nearer afterwards, the ten films like it are farther"
        table = Table(box=None, pad_edge=False, title=title, title_justify="left")
        table.add_column("")
        for head in ("dislikes", "film", "its neighbours"):
            table.add_column(head, justify="right")
        for result in self.results:
            if result.obedience is not None:
                figures = result.obedience
                shares = (_number(figures.farther), _number(figures.neighbours))
                table.add_row(_name(result), str(figures.dislikes), *shares)
        return table

    def _varieties(self, result: Result) -> Table:
        title = f"Variety, {result.name}, {FEWEST} likes and more"
        table = Table(box=None, pad_edge=False, title=title, title_justify="left")
        for head in ("variety", "HR@10", "x plain", "tastes covered", "x plain"):
            table.add_column(head, justify="right")
        for one in result.varieties:
            hits, tastes = one.against(result.varieties[0])
            table.add_row(
                f"{one.variety:g}", _number(one.hr10), f"{hits:.2f}", _number(one.tastes),
                f"{tastes:.2f}",
            )  # fmt: skip
        return table


def _name(result: Result) -> str:
    return f"[bold]{escape(result.name)}[/]" if result.kind == "ours" else escape(result.name)


def _number(value: float | None) -> str:
    if value is None or math.isnan(value):
        return "-"
    return f"{value:.4f}" if abs(value) < 1 else f"{value:.2f}"


def _range(interval: Interval | None, digits: int) -> str:
    if interval is None:
        return "-"
    return f"{interval.low:.{digits}f}-{interval.high:.{digits}f}"
