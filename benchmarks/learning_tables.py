"""The tables of docs/learning.md, from the figures that `learning.py` keeps.

python benchmarks/learning_tables.py              # writes the tables; measures nothing
python benchmarks/learning_tables.py --check      # fails where page and figures disagree
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from measuring import ROOT, markdown, put_table, write_or_check

Figures = dict[str, Any]
PAGE = ROOT / "docs" / "learning.md"
KEPT = ROOT / "benchmarks" / "learning"
PROVENANCE = ROOT / "src" / "movieloop" / "data" / "packaged" / "provenance.json"
NEW_FILMS = ROOT / "benchmarks" / "new_films.json"
PROTOCOLS = (
    "loop", "holdout", "next", "newcomer", "group", "split-last", "split-successive", "split-first",
)  # fmt: skip
OURS = "ours"
SHOWN = {
    "newcomer": ("liked10", "disliked10", "ndcg100"),
    "holdout": ("ndcg100", "recall20", "recall50"),
}
HEADS = ("ndcg10", "hr10", "mrr", "debiased10", "coverage")  # where NDCG is compared
RANKS = ("hr10", "ndcg10", "mrr", "debiased10", "disliked10", "auc", "coverage")
LOWER = ("disliked10",)  # is better
VARIED = ("ml-100k", "latest-small")
RULES = {
    "mean profile": "nearest to the mean profile",
    "mean distance": "smallest mean distance",
    "least misery": "least misery: smallest largest distance",
    "least regret": "least regret: the same above everybody's nearest",
    "turns": "**turns**",
}
SIZES = {2: "two", 4: "four"}


def main() -> int:
    """Write or check the tables.

    Returns:
        The exit code.
    """
    return write_or_check(__doc__, tables())


def write() -> None:
    """Put every table into the page."""
    for table_of_page in tables():
        put_table(*table_of_page)


def tables() -> Iterator[tuple[Path, str, str]]:
    """Make every table of what is kept.

    Yields:
        The page, the table's mark there, and its text.
    """
    for file in sorted(KEPT.glob("*.json")):
        name, protocol = named(file)
        yield PAGE, f"{name} {protocol}", table(kept(name, protocol), protocol)
    scores = json.loads(PROVENANCE.read_text())["scores"]
    yield PAGE, "packaged newcomers", packaged_table(scores["newcomers of 2014, three taps"])
    yield PAGE, "new films", new_films_table(json.loads(NEW_FILMS.read_text())["films"])
    varied = {name: found for name in VARIED if (found := kept(name, "loop"))}
    if varied:
        yield PAGE, "variety", variety_table(varied)


def kept(name: str, protocol: str) -> dict[str, list[Figures]]:
    """Read what was measured.

    Args:
        name: The set.
        protocol: How it was asked.

    Returns:
        Results by part; none yet if there is no file.
    """
    file = KEPT / f"{name}-{protocol}.json"
    found: dict[str, list[Figures]] = json.loads(file.read_text()) if file.exists() else {}
    return found


def keep(name: str, protocol: str, figures: dict[str, list[Figures]]) -> None:
    """Keep what was measured.

    Args:
        name: The set.
        protocol: How it was asked.
        figures: Results by part.
    """
    KEPT.mkdir(exist_ok=True)
    text = json.dumps(dict(sorted(figures.items())), indent=1)
    (KEPT / f"{name}-{protocol}.json").write_text(f"{text}\n", encoding="utf-8")


def named(file: Path) -> tuple[str, str]:
    """Read set and protocol off a file's name.

    Args:
        file: SET-PROTOCOL.json.

    Returns:
        The set, the protocol.
    """
    protocol = next(p for p in sorted(PROTOCOLS, key=len) if file.stem.endswith(f"-{p}"))
    return file.stem.removesuffix(f"-{protocol}"), protocol


def table(figures: dict[str, list[Figures]], protocol: str = "loop") -> str:
    """Write figures as a Markdown table, the best first.

    Args:
        figures: Results by part.
        protocol: How it was asked; its headline comes first, with its interval.

    Returns:
        The table.
    """
    results = [result for part in figures.values() for result in part]
    if protocol == "group":
        return group_table(results[0])
    names = SHOWN.get(protocol, RANKS if protocol == "loop" else HEADS)
    results.sort(key=lambda result: -(result[names[0]] or 0))
    buckets = list(results[0]["buckets"] or ()) if protocol == "loop" else []
    films = bool(results[0].get("taps"))
    head = ["", *names[:1], "95 %", *names[1:], *(f"after {bucket}" for bucket in buckets)]
    head += ["films"] * films
    rows = []
    for result in results:
        low, high = result["ci95"]
        shown = [result[name] for name in names]
        shown += [result["buckets"][bucket]["hr10"] for bucket in buckets]
        cells = ["–" if value is None else f"{value:.4f}" for value in shown]
        cells += [str(result["taps"]["3"]["different"])] if films else []
        name = f"**{result['name']}**" if result["kind"] == "ours" else result["name"]
        rows.append([name, cells[0], f"{low:.3f}-{high:.3f}", *cells[1:]])
    if {"ours", "peer"} <= {result["kind"] for result in results}:
        first, *others = (against_peers(results, name) for name in names)
        others += [against_peers(results, bucket, within="buckets") for bucket in buckets]
        rows.append(["ours / best peer", first, "", *others, *[""] * films])
    return markdown(head, rows)


def against_peers(results: list[Figures], name: str, *, within: str = "") -> str:
    """Tell how many times as much as the best peer, by this very figure, movieloop finds.

    Args:
        results: Of all that took part.
        name: The figure.
        within: "buckets" for HR@10 of people of whom so many ratings are known.

    Returns:
        The ratio, "–" where there is none; of a figure that should be low, to the peer that is
        best at the first figure.
    """

    def figure(result: Figures) -> float:
        found = result["buckets"][name]["hr10"] if within else result[name]
        return float(found or 0)

    peers = [result for result in results if result["kind"] != "ours"]
    mine = [result for result in results if result["kind"] == "ours"]
    # results are sorted: whoever shows nothing liked shows nothing disliked either
    best = figure(peers[0]) if name in LOWER else max(figure(result) for result in peers)
    return f"{figure(mine[0]) / best:.3f}" if best else "–"


def group_table(ours: Figures) -> str:
    """Write what several people get by several rules, and as multiples of the first.

    Args:
        ours: The result of the protocol "group".

    Returns:
        The table.
    """
    of = {(one["rule"], one["size"]): one for one in ours["groups"]}
    heads = [f"{words}: {what}" for words in SIZES.values() for what in ("worst off", "mean")]
    rows = [
        (words, [of[rule, size][what] for size in SIZES for what in ("worst", "mean")])
        for rule, words in RULES.items()
    ]
    return beside_first(["rule", *heads], rows)


def beside_first(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[float]]]) -> str:
    """Write figures, each beside how many times that of the first row it is.

    Args:
        heads: What stands above the rows' names, and above each figure.
        rows: Their names and figures.

    Returns:
        The table.
    """
    name, *columns = heads
    _, base = rows[0]
    cells = [
        [words, *(cell for value, of in zip(figures, base, strict=True)
                  for cell in (f"{value:.4f}", f"{value / of:.2f}"))]
        for words, figures in rows
    ]  # fmt: skip
    return markdown([name, *(head for column in columns for head in (column, "x"))], cells)


def packaged_table(scores: dict[str, Figures]) -> str:
    """Write what newcomers get from the points that come with movieloop, the best first.

    Args:
        scores: Figures by learner, as `tools/build_catalog.py` keeps them.

    Returns:
        The table.
    """
    heads = {
        "liked_of_10": "liked of 10",
        "disliked_of_10": "disliked of 10",
        "ndcg_at_100": "NDCG@100",
        "different_films": "different films",
    }
    learners = {name: figures for name, figures in scores.items() if name != "people"}
    rows = []
    for name in sorted(learners, key=lambda name: -learners[name]["liked_of_10"]):
        *rates, films = (learners[name][head] for head in heads)
        shown = f"**{name}**" if name == "packaged points" else name
        rows.append([shown, *(f"{rate:.4f}" for rate in rates), f"{films:.0f}"])
    return markdown(["", *heads.values()], rows)


def new_films_table(figures: list[Figures]) -> str:
    """Write how films that are new find those who like them, as `new_films.py` keeps it.

    Args:
        figures: By likes a film had, ascending.

    Returns:
        The table.
    """
    heads = ["median rank", "MRR", "in the top 100"]
    heads = ["likes it had", "likes that count", *heads, *(f"popularity: {h}" for h in heads)]
    rows = []
    for place, figure in enumerate(figures):
        begin = figure["from"]
        last = figures[place + 1]["from"] - 1 if place + 1 < len(figures) else None
        among = f"{begin}" if last == begin else f"{begin} to {last}"
        cells = [f"{begin} or more" if last is None else among, f"{figure['likes']:,.0f}"]
        for who in ("ours", "popularity"):
            cells += [f"{figure[f'median_{who}']:,.0f}", f"{figure[f'mrr_{who}']:.4f}"]
            cells += [f"{figure[f'top_{who}']:.3f}"]
        rows.append(cells)
    return markdown(heads, rows)


def variety_table(sets: dict[str, dict[str, list[Figures]]]) -> str:
    """Write what variety costs and brings, and as multiples of the plain list.

    Args:
        sets: What is kept of the loop, by set.

    Returns:
        The table.
    """
    heads = [f"{name} {what}" for name in sets for what in ("HR@10", "tastes")]
    varied = [figures[OURS][0]["varieties"] for figures in sets.values()]
    rows = [
        (f"{of[0]['variety']:g}", [one[what] for one in of for what in ("hr10", "tastes")])
        for of in zip(*varied, strict=True)
    ]
    return beside_first(["variety", *heads], rows)


if __name__ == "__main__":
    sys.exit(main())
