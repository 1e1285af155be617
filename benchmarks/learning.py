"""How well does movieloop learn? Regenerates the tables of docs/learning.md, part by part.

    python benchmarks/learning.py [--ratings NAME=PATH ...] [--peers all] [--again]
    python benchmarks/learning.py --check

Without `--ratings` it fetches MovieLens-100K, which comes in the PyPI wheel of RecBole (the
GroupLens terms govern the data). Other sets are measured when you have them: `--ratings
latest-small=ml-latest-small`.

A part is one learner on one set in one protocol, a process of its own. What is measured is kept in
`benchmarks/learning/SET-PROTOCOL.json` at once, so a run that was stopped goes on where it was;
`--again` measures anew. `--check` measures nothing and fails where page and figures disagree.

requires: pip install -e '.[eval]'
"""

import argparse
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from measuring import ROOT, put_table, shows

from movieloop.evaluation.methods import BASELINES

Figures = dict[str, Any]
PAGE = ROOT / "docs" / "learning.md"
WHEEL, INSIDE = "recbole==1.2.1", "recbole/dataset_example/ml-100k/"
FEWEST = {"movietweetings": 5}  # films with so many ratings
PROTOCOLS = ("loop", "holdout", "next", "newcomer", "split-last", "split-successive", "split-first")
KEPT = ROOT / "benchmarks" / "learning"
OURS = "ours"
SHOWN = {
    "newcomer": ("liked10", "disliked10", "ndcg100"),
    "holdout": ("ndcg100", "recall20", "recall50"),
}
HEADS = ("ndcg10", "hr10", "mrr", "debiased10", "coverage")  # where NDCG is compared
RANKS = ("hr10", "ndcg10", "mrr", "debiased10", "disliked10", "auc", "coverage")
LOWER = ("disliked10",)  # is better


def main() -> int:
    """Measure and write.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ratings", nargs="*", default=[], metavar="NAME=PATH")
    parser.add_argument("--peers", default="all", help="which peers, as in movieloop evaluate")
    parser.add_argument("--protocols", default="loop,holdout", help=", ".join(PROTOCOLS))
    parser.add_argument("--again", action="store_true", help="measure what is kept, too")
    parser.add_argument("--check", action="store_true", help="only compare page and figures")
    options = parser.parse_args()
    if options.check:
        return check()
    with tempfile.TemporaryDirectory() as folder:
        sets = dict(item.split("=", 1) for item in options.ratings)
        if not sets:
            sets = {"ml-100k": str(fetch_movielens_100k(Path(folder)))}
        for name, path in sets.items():
            for protocol in options.protocols.split(","):
                peers = list(BASELINES) if options.peers == "all" else options.peers.split(",")
                for part in [OURS, *(peer for peer in peers if peer != "none")]:
                    measure(name, path, protocol, part, again=options.again)
                put_table(PAGE, f"{name} {protocol}", table(kept(name, protocol), protocol))
    return check()


def fetch_movielens_100k(folder: Path) -> Path:
    """Download the wheel and unpack the ratings.

    Args:
        folder: Where to.

    Returns:
        The folder of the ratings.
    """
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    subprocess.run([*pip, WHEEL], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        names = [name for name in wheel.namelist() if name.startswith(INSIDE)]
        wheel.extractall(folder, members=names)
    return folder / INSIDE


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


def measure(name: str, path: str, protocol: str, part: str, *, again: bool) -> None:
    """Run `movieloop evaluate` for one part, and keep what it writes.

    Args:
        name: The set.
        path: The ratings.
        protocol: How it asks.
        part: "ours" or one peer.
        again: Whether what is kept is measured anew.
    """
    if part in kept(name, protocol) and not again:
        return
    print(f"measuring {name}, {protocol}, {part}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        command = [
            *(sys.executable, "-m", "movieloop", "evaluate", "--ratings", path),
            *("--protocol", protocol, "--min-ratings", str(FEWEST.get(name, 1))),
            *("--peers", "none" if part == OURS else part, "--json", str(file)),
            *(() if part == OURS else ("--only-peers",)),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        results = json.loads(file.read_text())["results"]
    if not results:
        print(f"{part} did not take part: `movieloop evaluate --peers {part}` says why")
        return
    KEPT.mkdir(exist_ok=True)
    figures = kept(name, protocol) | {part: results}
    text = json.dumps(dict(sorted(figures.items())), indent=1)
    (KEPT / f"{name}-{protocol}.json").write_text(f"{text}\n", encoding="utf-8")


def table(figures: dict[str, list[Figures]], protocol: str = "loop") -> str:
    """Write figures as a Markdown table, the best first.

    Args:
        figures: Results by part.
        protocol: How it was asked; its headline comes first, with its interval.

    Returns:
        The table.
    """
    results = [result for part in figures.values() for result in part]
    names = SHOWN.get(protocol, RANKS if protocol == "loop" else HEADS)
    results.sort(key=lambda result: -(result[names[0]] or 0))
    buckets = list(results[0]["buckets"] or ()) if protocol == "loop" else []
    films = bool(results[0].get("taps"))
    head = ["", *names[:1], "95 %", *names[1:], *(f"after {bucket}" for bucket in buckets)]
    head += ["films"] * films
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for result in results:
        low, high = result["ci95"]
        shown = [result[name] for name in names]
        shown += [result["buckets"][bucket]["hr10"] for bucket in buckets]
        cells = ["–" if value is None else f"{value:.4f}" for value in shown]
        cells += [str(result["taps"]["3"]["different"])] if films else []
        name = f"**{result['name']}**" if result["kind"] == "ours" else result["name"]
        row = [name, cells[0], f"{low:.3f}-{high:.3f}", *cells[1:]]
        lines.append("| " + " | ".join(row) + " |")
    if not {"ours", "peer"} <= {result["kind"] for result in results}:
        return "\n".join(lines)
    ratios = ["", *(against_peers(results, name) for name in names)]
    ratios += [against_peers(results, bucket, within="buckets") for bucket in buckets]
    lines.append("| " + " | ".join(["ours / best peer", *ratios[1:2], *ratios[:1], *ratios[2:]]))
    lines[-1] += " |" + " |" * films
    return "\n".join(lines)


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


def check() -> int:
    """Compare every table of the page with the figures that are kept.

    Returns:
        0 if all agree, else 1.
    """
    wrong = False
    for file in sorted(KEPT.glob("*.json")):
        name, protocol = named(file)
        text = table(kept(name, protocol), protocol)
        wrong |= not shows(PAGE, f"{name} {protocol}", text)
    return int(wrong)


def named(file: Path) -> tuple[str, str]:
    """Read set and protocol off a file's name.

    Args:
        file: SET-PROTOCOL.json.

    Returns:
        The set, the protocol.
    """
    protocol = next(p for p in sorted(PROTOCOLS, key=len) if file.stem.endswith(f"-{p}"))
    return file.stem.removesuffix(f"-{protocol}"), protocol


if __name__ == "__main__":
    sys.exit(main())
