"""Everything `make bench` measures, one after the other; docs/ shows what it found.

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
    "group",
    "overload",
    "media_servers",
    "page",
)


def main() -> None:
    """Run each in a process of its own."""
    began = time.perf_counter()
    for name in BENCHMARKS:
        print(f"\n== {name}", flush=True)
        subprocess.run([sys.executable, str(HERE / f"{name}.py"), *sys.argv[1:]], check=True)
    if "--quick" not in sys.argv:
        subprocess.run([sys.executable, str(HERE / "speed.py")], check=True)
    print(f"\n{time.perf_counter() - began:.0f} seconds in all")


if __name__ == "__main__":
    main()
