"""What unit costs mean for a thousand, a million and a hundred million people.

    python benchmarks/scale.py              # the tables of docs/scale.md, from unit_costs.json
    python benchmarks/scale.py --check      # fails where page and figures disagree

How people use it is assumed below; whoever knows better changes it.
"""

import json
import sys

from measuring import ROOT, markdown, write_or_check
from unit_costs import KEPT, Costs

PAGE = ROOT / "docs" / "scale.md"
SAID = 100  # opinions a person in all
ACTIVE = 0.1  # of all people on a day
LISTS, TELLS = 20, 5  # a day, of an active person
PEAK = 3.0  # times the mean of a day
BUSY = 0.5  # of a core that may be used at the peak
LIKES = 0.7  # of the opinions
LIKE_BYTES = 20  # of memory in every process (live_popularity)
SIZES = {"a thousand": 1_000, "a million": 1_000_000, "a hundred million": 100_000_000}
DAY = 86_400
_EXACT = 10  # below it two figures are shown


def main() -> int:
    """Write or check the tables.

    Returns:
        The exit code.
    """
    costs = json.loads(KEPT.read_text())["costs"]
    tables = {
        "unit costs": unit_costs(costs),
        "people": people_table(costs),
        "simulated": simulated(costs["simulated"]),
    }
    return write_or_check(__doc__, [(PAGE, name, text) for name, text in tables.items()])


def unit_costs(costs: dict[str, Costs]) -> str:
    """Write what things cost as a table."""
    rows = {
        "bytes of an opinion": ("bytes_opinion", "{:,.0f}"),
        "bytes of a profile": ("bytes_profile", "{:,.0f}"),
        "a list of ten worked out, microseconds of movieloop": ("us_list", "{:,.0f}"),
        "a list, of the database's server": ("us_list_database", "{:,.0f}"),
        "an opinion stored and learned, of movieloop": ("us_opinion", "{:,.0f}"),
        "an opinion, of the database's server": ("us_opinion_database", "{:,.0f}"),
        "a profile folded anew after a promotion": ("us_profile_folded", "{:,.0f}"),
        "opinions a second, 64 at once, one process": ("opinions_a_second", "{:,.0f}"),
    }
    lines = [
        [what, *(form.format(costs[engine][key]) for engine in ("sqlite", "postgresql"))]
        for what, (key, form) in rows.items()
    ]
    rating = costs["training"]["ms_next_rating"]
    trained = ["a rating trained, milliseconds of processor time", f"{rating:.2f}", "the same"]
    return markdown(["", "SQLite", "PostgreSQL"], [*lines, trained])


def people_table(costs: dict[str, Costs]) -> str:
    """Write what so many people need as a table."""
    rows: dict[str, list[str]] = {}
    for people in SIZES.values():
        for what, said in needs(costs, people).items():
            rows.setdefault(what, []).append(said)
    return markdown(["people", *SIZES], [[what, *cells] for what, cells in rows.items()])


def simulated(told: Costs) -> str:
    """Write what a simulation found as a table."""
    lines = []
    for what, key in (("bytes an opinion", "bytes_opinion"), ("of a core", "core")):
        predicted, found = told[f"{key}_predicted"], told[key]
        lines.append([what, _number(predicted), _number(found), f"{found / predicted:.2f}"])
    return (
        f"{told['people']:,.0f} people, {told['opinions']:,.0f} opinions, "
        f"{told['requests_a_second']:,.0f} requests a second for {told['seconds']:.0f} seconds:"
        f"\n\n{markdown(['', 'predicted', 'found', ''], lines)}"
    )


def needs(costs: dict[str, Costs], people: int) -> dict[str, str]:
    """Work out what so many people need, on the engine that carries them.

    Args:
        costs: What was measured.
        people: How many.

    Returns:
        Needs in words.
    """
    one, told = costs["sqlite"], costs["simulated"]
    apart = told["core"] / told["core_predicted"]  # where requests come one by one
    lists = people * ACTIVE * LISTS / DAY * PEAK
    tells = people * ACTIVE * TELLS / DAY * PEAK
    alone = apart * (lists * one["us_list"] + tells * one["us_opinion"]) / 1e6 <= BUSY
    engine = "sqlite" if alone else "postgresql"
    unit, training = costs[engine], costs["training"]
    ours = apart * (lists * unit["us_list"] + tells * unit["us_opinion"]) / 1e6
    theirs = apart * (lists * unit["us_list_database"] + tells * unit["us_opinion_database"]) / 1e6
    size = people * (SAID * unit["bytes_opinion"] + unit["bytes_profile"])
    hours = people * SAID * training["ms_next_rating"] / 3.6e6
    writers = tells / unit["opinions_a_second"]
    return {
        "opinions": _number(people * SAID),
        "lists a second at the peak": _number(lists),
        "opinions a second at the peak": _number(tells),
        "engine": "SQLite, one process" if alone else "PostgreSQL",
        "cores for movieloop": _number(ours / BUSY),
        "cores for the database": "-" if alone else _number(theirs / BUSY),
        "of what one writer at a time stores": f"{writers:.1%}"
        if writers < 1
        else f"{writers:,.0f} times",
        "database": f"{_number(size / 1e9)} GB",
        "core-hours of a training": _number(hours),
        "likes followed by each process": f"{_number(LIKE_BYTES * LIKES * people * SAID / 1e9)} GB",
    }


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= _EXACT else f"{value:.2g}"


if __name__ == "__main__":
    sys.exit(main())
