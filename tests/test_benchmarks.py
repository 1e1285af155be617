"""The benchmarks run; how fast is not a question for tests."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SAYS = {
    "nearest": ("nearest_packaged_over_stream", "faiss_over_nearest_87k", "nearest_1m_over_stream"),
    "durability": ("commit_over_fdatasync",),
    "heavy_users": ("heavy_user_over_light",),
    "starting": ("start_first_s", "start_later_s", "rss_packaged_mb", "rss_87k_mb"),
    "bulk": ("import_over_sqlite_cli",),
    "engines": ("postgres_recommendations_over_sqlite", "postgres_feedback_over_sqlite"),
    "writers": ("p99_four_processes_over_one",),
    "overload": ("overload_p99_seconds",),
    "media_servers": ("library_first_s", "hook_p99_ms"),
    "unit_costs": ("bytes_opinion", "us_list", "ms_next_rating"),
    "group": ("group_of_5_first_film_ms", "group_of_5_ten_films_ms"),
    "page": ("page_painted_s", "map_dragged_frames"),
    "over_http": ("http_recommend_over_canned", "http_feedback_over_noop"),
}


@pytest.mark.parametrize("name", SAYS)
def test_a_benchmark_runs(name: str, tmp_path: Path) -> None:
    before = (BENCHMARKS / "latest.json").read_bytes()
    run = subprocess.run(
        [sys.executable, str(BENCHMARKS / f"{name}.py"), "--quick"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    for ratio in SAYS[name]:
        assert ratio in run.stdout
    assert (BENCHMARKS / "latest.json").read_bytes() == before
