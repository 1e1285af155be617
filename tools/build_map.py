"""Lay out the map of the packaged points, so that nobody has to wait for it: map.bin.

    python tools/build_map.py [FOLDER]

FOLDER holds points.npz, src/movieloop/data/packaged if none is named. The same points give the same
map.
"""

from __future__ import annotations

import sys
from pathlib import Path

from movieloop.data.packaged import pack_map
from movieloop.model.embeddings import POPULARITY, Embeddings
from movieloop.model.projection import Projection

CATALOG = Path(__file__).resolve().parent.parent / "src" / "movieloop" / "data" / "packaged"


def write_map(folder: Path) -> None:
    """Write map.bin beside points.npz.

    Args:
        folder: Where they are.
    """
    points = (folder / "points.npz").read_bytes()
    space = Embeddings.from_bytes(points)
    taste = space.points[:, :-1] if POPULARITY in space.blocks else space.points
    chart = Projection.of(taste)
    (folder / "map.bin").write_bytes(pack_map(points, chart.to_bytes(), chart.kept))
    print(f"wrote {folder / 'map.bin'}: it keeps {chart.kept:.0%} of the true neighbours")


if __name__ == "__main__":
    write_map(Path(sys.argv[1]) if len(sys.argv) > 1 else CATALOG)
