"""The same seed gives the same points: compiled anew, loaded from the cache, on one core or two."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

TRAINS = """
import hashlib
from dataclasses import replace
from movieloop.training.fit import fit
from movieloop.training.hyperparameters import CANDIDATES
from tests.small_logs import small_data

log = small_data(people=80, films=90, events=3000).log
for plan in CANDIDATES:
    fitted = fit(log, seed=3, plans=[replace(plan, voices=1)])
    ranks = [choice.gain for choice in fitted.choices]
    print(hashlib.sha256(fitted.trained.points.tobytes()).hexdigest(), ranks)
"""
ROOT = Path(__file__).parent.parent.parent


def trained(cache: Path, threads: int) -> str:
    """What a process of its own trains."""
    given = {"NUMBA_CACHE_DIR": str(cache), "NUMBA_NUM_THREADS": str(threads)}
    result = subprocess.run(
        [sys.executable, "-c", TRAINS], env={**os.environ, **given}, cwd=ROOT,
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    return result.stdout


def test_the_same_seed_gives_the_same_points_in_every_process(tmp_path: Path) -> None:
    compiled = trained(tmp_path, threads=2)
    assert list(tmp_path.rglob("*.nbc")), "nothing was kept, so nothing would be loaded"
    assert len(compiled.splitlines()) == len(np.unique(compiled.splitlines())) == 3
    assert trained(tmp_path, threads=2) == compiled
    assert trained(tmp_path, threads=1) == compiled
