"""The tables of docs/ that say how fast it is, from what the benchmarks keep in `latest.json`.

python benchmarks/speed.py              # writes the tables; measures nothing
python benchmarks/speed.py --check      # fails where pages and figures disagree
"""

import json
import sys
from typing import Any

from measuring import LATEST, ROOT, markdown, write_or_check

DOCS = ROOT / "docs"
Figures = dict[str, dict[str, Any]]
# What a figure is called in words, and its unit. A figure without a row would be a forgotten one.
SPEED = {
    "nearest_packaged_over_stream": "nearest 10 of the packaged films / reading their bytes",
    "nearest_87k_over_stream": "nearest 10 of 87,000 x 64 / reading their bytes",
    "nearest_1m_over_stream": "nearest 10 of a million x 64 / reading their bytes",
    "faiss_over_nearest_87k": "faiss, exact flat L1 / ours, 87,000 x 64",
    "group_of_5_first_film_ms": "a film for five people of 87,000, with everybody's account, ms",
    "group_of_5_ten_films_ms": "ten films for them, ms",
    "http_recommend_cold_over_canned": "`GET /recommend`, worked out / the same bytes canned, "
    "packaged films, answers a second",
    "http_recommend_87k_cold_over_canned": "the same with 87,000 films",
    "http_recommend_over_canned": "`GET /recommend`, kept / the same bytes canned, packaged films",
    "http_recommend_87k_over_canned": "the same with 87,000 films",
    "http_feedback_over_noop": "`POST /feedback`, on disk / a POST that is parsed and dropped, "
    "answers a second",
    "http_feedback_p99_over_noop": "their 99th percentiles, 64 clients",
    "p99_four_processes_over_one": "the longest waits' 99th percentile, sixteen writers in four "
    "processes / in one",
    "writes_refused": "writes refused there",
    "postgres_recommendations_over_sqlite": "recommendations worked out, PostgreSQL on the same "
    "machine / a file, in one process",
    "postgres_feedback_over_sqlite": "opinions stored by 64 threads, PostgreSQL on this machine "
    "/ a file",
    "overload_p99_seconds": "1,000 clients that never stop: 99th percentile of what is stored, s",
    "overload_memory_mb": "memory they added, MB",
    "overload_after_over_before": "opinions stored for 16 clients, after / before them",
    "overload_neither_stored_nor_refused": "opinions neither stored nor refused",
    "commit_over_fdatasync": "one durable commit / writing and syncing the same bytes",
    "import_over_sqlite_cli": "import of a million ratings / `sqlite3 .import`",
    "heavy_user_over_light": "a user with 10,000 ratings / with 10: asked again",
    "heavy_user_over_light_worked_out": "the same, worked out",
    "heavy_user_over_light_feedback": "the same, their feedback",
    "reasons_for_5000_more_ms": "reasons for 5,000 ratings, more than for 50, ms",
    "why_for_5000_more_ms": "the whole account of one film for 5,000 ratings, more than for 50, ms",
    "undo_followed_long_over_short": "following a like taken back, in a log of 300,000 / of 1,000",
    "start_first_s": "start to first recommendation, first ever, s",
    "start_later_s": "the same, later, s",
    "rss_packaged_mb": "resident memory, packaged films, MB",
    "rss_87k_mb": "resident memory, 87,000 x 145, MB",
}
MEDIA_SERVERS = {
    "library_first_s": "a library of 20,000 films, half of them new here, first time, s",
    "library_again_s": "nothing has changed, s",
    "library_changed_s": "ten films are new and ten gone, s",
    "library_memory_mb": "memory added by nine more of these, MB",
    "hook_median_ms": "what a hook waits while its film is learned, median, ms",
    "hook_p99_ms": "its 99th percentile, ms",
    "hook_longest_ms": "the longest of a thousand, ms",
}
PAGE = {
    "page_painted_s": "first paint, with films whose buttons work without script, s",
    "page_scripts_s": "the scripts have taken over, s",
    "page_kilobytes": "kilobytes until then, posters included",
    "map_dragged_frames": "a map of 90,000 films, dragged, frames a second",
    "map_zoomed_frames": "the same, zoomed by the wheel",
}
TRAINING = {
    "train_100k_s": "100,000 ratings, s",
    "train_500k_s": "500,000, s",
    "train_1000k_s": "a million, s",
    "train_100k_mb": "memory for 100,000, MB",
    "train_500k_mb": "for 500,000, MB",
    "train_1000k_mb": "for a million, MB",
}
RAY = {"train_300k_ray_over_alone": "300,000 ratings, on a Ray of one machine / without Ray"}
TABLES = (
    ("speed.md", "speed", SPEED),
    ("media-servers.md", "media servers", MEDIA_SERVERS),
    ("speed.md", "page", PAGE),
    ("learning.md", "training time", TRAINING),
    ("postgresql.md", "ray", RAY),
)
_WHOLE = 10  # from here on no figure after the point


def main() -> int:
    """Write or check the tables.

    Returns:
        The exit code.
    """
    figures: Figures = json.loads(LATEST.read_text())
    nowhere = set(figures) - {name for *_, rows in TABLES for name in rows}
    if nowhere:
        print(f"no page shows {', '.join(sorted(nowhere))}: give them a row in speed.py")
    shown = [(DOCS / page, name, table(figures, rows)) for page, name, rows in TABLES]
    return write_or_check(__doc__, shown) or int(bool(nowhere))


def table(figures: Figures, rows: dict[str, str]) -> str:
    """Write figures as a table, and on which machines they were measured.

    Args:
        figures: By name: their `value`, `goal` and `machine`.
        rows: What each is called in words.

    Returns:
        Markdown.
    """
    machines = list(dict.fromkeys(figures[name]["machine"] for name in rows if name in figures))
    lines = []
    for name, words in rows.items():
        figure = figures.get(name, {})
        goal, value = figure.get("goal") or "", figure.get("value")
        said = [_reached(value, goal)]
        if len(machines) > 1 and figure:
            said.append(f"machine {1 + machines.index(figure['machine'])}")
        shown = "not measured" if value is None else _number(value)
        notes = ", ".join(note for note in said if note)
        lines.append([words, shown, _in_words(goal), notes])
    text = markdown(["what", "measured", "goal", ""], lines)
    if len(machines) == 1:
        return f"{text}\n\nMeasured on: {machines[0]}."
    named = [f"Machine {place}: {machine}." for place, machine in enumerate(machines, start=1)]
    return "\n".join([text, "", *named])


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= _WHOLE or value == int(value) else f"{value:.3g}"


def _in_words(goal: str) -> str:
    return goal.replace("<=", "at most").replace(">=", "at least")


def _reached(value: float | None, goal: str) -> str:
    """Say so where a goal is not reached."""
    if value is None or not goal:
        return ""
    sign, number = goal.split()
    reached = value <= float(number) if sign == "<=" else value >= float(number)
    return "" if reached else "not reached"


if __name__ == "__main__":
    sys.exit(main())
