"""The nearest ten of many films: ours beside reading the bytes, faiss and NumPy.

    python benchmarks/nearest.py
    python benchmarks/nearest.py --quick

The floor is one thread adding up the same bytes eight at a time: nobody answers without having read
them. Ours is one thread too. faiss is the exact `IndexFlat` for L1, on one thread.
"""

import argparse
from itertools import cycle
from typing import Any

import numpy as np
from measuring import machine, report, show, side_by_side
from numba import njit
from spaces import profiles, space

from movieloop.data import Catalog
from movieloop.data.packaged import packaged_films
from movieloop.model.embeddings import Embeddings
from movieloop.recommender.snapshot import Snapshot
from movieloop.taste import manhattan_distance

try:
    import faiss  # type: ignore[import-not-found]
except ImportError:
    faiss = None

GOALS = {
    "nearest_packaged_over_stream": "<= 4",
    "nearest_87k_over_stream": "<= 2.2",
    "nearest_1m_over_stream": "<= 1.4",
    "faiss_over_nearest_87k": ">= 4",
}


@njit(nogil=True)
def stream(words: Any) -> Any:
    """Add up memory, eight bytes at a time."""
    total = np.uint64(0)
    for i in range(len(words)):
        total += words[i]
    return total


def measured(of: Snapshot, name: str, *, rounds: int, peer: bool) -> dict[str, float | None]:
    """Measure one space.

    Args:
        of: The space.
        name: What it is called in the results.
        rounds: How often.
        peer: Whether faiss and NumPy are asked too.

    Returns:
        The ratios.
    """
    asked = cycle(profiles(of, 16))
    mask = of.unseen(())
    coded: Any = of.search._codes
    words = coded.codes.reshape(-1)[: coded.codes.size // 8 * 8].view(np.uint64)
    work: dict[str, Any] = {
        "reading the bytes": lambda: stream(words),
        "ours": lambda: of.nearest(next(asked), n=10, mask=mask),
    }
    if peer and faiss is not None:
        faiss.omp_set_num_threads(1)
        index = faiss.IndexFlat(of.embeddings.points.shape[1], faiss.METRIC_L1)
        index.add(of.embeddings.points.astype(np.float32))
        work["faiss, flat L1"] = lambda: index.search(next(asked)[None].astype(np.float32), 10)
    if peer:
        stand = of.embeddings.points
        work["NumPy, argsort"] = lambda: np.argsort(
            manhattan_distance(next(asked), stand), kind="stable"
        )[:10]
    # Many calls a turn, as a busy server makes them: both sides find the caches warm.
    spreads = side_by_side(work, rounds=rounds, calls=40)
    show(f"nearest 10 of {len(mask):,} x {of.embeddings.points.shape[1]}", spreads)
    ours = spreads["ours"].median
    ratios: dict[str, float | None] = {
        f"nearest_{name}_over_stream": ours / spreads["reading the bytes"].median
    }
    if peer:
        ratios[f"faiss_over_nearest_{name}"] = (
            spreads["faiss, flat L1"].median / ours if "faiss, flat L1" in spreads else None
        )
    return ratios


def main() -> None:
    """Measure three sizes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that it runs")
    quick = parser.parse_args().quick
    print(machine())
    movies, packed, origin = packaged_films()
    packaged = Snapshot(Catalog(movies), Embeddings.from_bytes(packed), origin)
    ratios = measured(packaged, "packaged", rounds=5 if quick else 40, peer=False)
    ratios |= measured(
        space(2_000 if quick else 87_000, 64), "87k", rounds=3 if quick else 4, peer=True
    )
    ratios |= measured(
        space(4_000 if quick else 1_000_000, 64), "1m", rounds=3 if quick else 2, peer=False
    )
    print()
    report(ratios, GOALS, keep=not quick)


if __name__ == "__main__":
    main()
