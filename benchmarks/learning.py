"""How well does movieloop learn? Regenerates the tables of docs/learning.md.

    python benchmarks/learning.py [--ratings NAME=PATH ...] [--peers all]

Without `--ratings` it fetches MovieLens-100K, which comes in the PyPI wheel of RecBole (the
GroupLens terms govern the data), and replaces the tables of that set only. Other sets are
measured when you have them: `--ratings latest-small=ml-latest-small`.

requires: pip install -e '.[eval]'
"""

import argparse
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "learning.md"
WHEEL, INSIDE = "recbole==1.2.1", "recbole/dataset_example/ml-100k/"
FEWEST = {"movietweetings": 5}  # films with so many ratings
PROTOCOLS = ("loop", "holdout", "next")


def main() -> int:
    """Measure and write.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ratings", nargs="*", default=[], metavar="NAME=PATH")
    parser.add_argument("--peers", default="all", help="which peers, as in movieloop evaluate")
    parser.add_argument("--protocols", default="loop,holdout", help=", ".join(PROTOCOLS))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sets = dict(item.split("=", 1) for item in options.ratings)
        if not sets:
            sets = {"ml-100k": str(fetch_movielens_100k(Path(folder)))}
        for name, path in sets.items():
            for protocol in options.protocols.split(","):
                figures = measure(path, protocol, options.peers, FEWEST.get(name, 1))
                write(f"{name} {protocol}", table(figures))
    return 0


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


def measure(path: str, protocol: str, peers: str, fewest: int) -> dict[str, object]:
    """Run `movieloop evaluate`.

    Args:
        path: The ratings.
        protocol: How it asks.
        peers: Whom to compare with.
        fewest: Ratings a film must have.

    Returns:
        What it writes as JSON.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        command = [
            *(sys.executable, "-m", "movieloop", "evaluate", "--ratings", path),
            *("--protocol", protocol, "--peers", peers, "--min-ratings", str(fewest)),
            *("--json", str(file)),
        ]
        subprocess.run(command, check=True)
        figures: dict[str, object] = json.loads(file.read_text())
        return figures


def table(figures: dict[str, object]) -> str:
    """Write figures as a Markdown table, the best first.

    Args:
        figures: What `movieloop evaluate` wrote.

    Returns:
        The table.
    """
    results = figures["results"]
    assert isinstance(results, list)
    holdout = figures["protocol"] == "holdout"
    lists, ranks = ("ndcg100", "recall20", "recall50"), ("hr10", "ndcg10", "disliked10", "auc")
    names = lists if holdout else ranks
    results.sort(key=lambda result: -(result[names[0]] or 0))
    buckets = [] if holdout else list(results[0]["buckets"])
    head = ["", *names[:1], "95 %", *names[1:], *(f"after {bucket}" for bucket in buckets)]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for result in results:
        low, high = result["ci95"]
        shown = [result[name] for name in names]
        shown += [result["buckets"][bucket]["hr10"] for bucket in buckets]
        cells = ["–" if value is None else f"{value:.4f}" for value in shown]
        name = f"**{result['name']}**" if result["kind"] == "ours" else result["name"]
        row = [name, cells[0], f"{low:.3f}-{high:.3f}", *cells[1:]]
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines)


def write(name: str, text: str) -> None:
    """Put a table between its marks in the page.

    Args:
        name: The mark.
        text: The table.
    """
    begin, end = f"<!-- table: {name} -->\n", f"<!-- end: {name} -->"
    page = PAGE.read_text(encoding="utf-8")
    if begin not in page or end not in page:
        print(f"no mark for {name!r} in {PAGE}; here it is:\n\n{text}")
        return
    before, _, rest = page.partition(begin)
    after = rest.partition(end)[2]
    PAGE.write_text(f"{before}{begin}{text}\n{end}{after}", encoding="utf-8")
    print(f"wrote the table {name!r}")


if __name__ == "__main__":
    sys.exit(main())
