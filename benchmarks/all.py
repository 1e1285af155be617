"""Everything `make bench` measures, one after the other; the ratios go to `latest.json`.

python benchmarks/all.py
python benchmarks/all.py --quick     # seconds; writes nothing
"""

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
BENCHMARKS = (
    "nearest",
    "durability",
    "heavy_users",
    "live_likes",
    "starting",
    "bulk",
    "writers",
    "engines",
    "over_http",
)


def main() -> None:
    """Run each in a process of its own."""
    began = time.perf_counter()
    for name in BENCHMARKS:
        print(f"\n== {name}", flush=True)
        subprocess.run([sys.executable, str(HERE / f"{name}.py"), *sys.argv[1:]], check=True)
    print(f"\n{time.perf_counter() - began:.0f} seconds in all")


if __name__ == "__main__":
    main()
