"""Does somebody who has rated 10,000 films wait longer than somebody who has rated 10?

    python benchmarks/heavy_users.py
    python benchmarks/heavy_users.py --quick

Recommending is asked twice: as people ask - nothing new was said, the answer is kept - and worked
out. Feedback is always about another film, learned and stored. Reasons are for 5,000 ratings beside
50, and cost milliseconds more, not times as much.
"""

import argparse
import tempfile
from pathlib import Path

from measuring import machine, report, show, side_by_side
from spaces import embeddings, films

from movieloop import MovieLoop
from movieloop.api.response_cache import ResponseCache
from movieloop.store import ImportedFeedback, Session

GOALS = {
    "heavy_user_over_light": "<= 2",
    "heavy_user_over_light_worked_out": "<= 3",
    "heavy_user_over_light_feedback": "<= 3",
    "reasons_for_5000_more_ms": "<= 150",
    "why_for_5000_more_ms": "<= 150",
}


def main() -> None:
    """Measure a light and a heavy user of a catalogue of 20,000 films."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer films and ratings")
    quick = parser.parse_args().quick
    print(machine())
    movies, many = (600, 300) if quick else (20_000, 10_000)
    with tempfile.TemporaryDirectory() as name:
        made = (films(movies), embeddings(movies, 64).to_bytes(), "bench")
        with MovieLoop.open(Path(name) / "films.db", films=made) as loop:

            def rated(user: str, ratings: int) -> None:
                rows = [
                    ImportedFeedback(user, 1 + i, int(i % 3 > 0), f"{user} {i}", 1000 + i)
                    for i in range(ratings)
                ]

                def work(session: Session) -> None:
                    session.append_imported(rows)

                loop.store.write(work)
                loop.add_feedback(user, movies, 1)  # the profile is folded and stored

            answers = ResponseCache(loop.store.watch())
            rated("light", 10)
            rated("heavy", many)
            rated("fifty", 50)
            rated("thousands", many // 2)
            unseen = iter(range(movies - 1, many + 1, -1))

            def say(user: str) -> None:
                loop.add_feedback(user, next(unseen), 1)

            spreads = side_by_side(
                {
                    "light, asked again": lambda: (
                        answers.get("light", 10) or answers.recommend(loop, "light", 10)
                    ),
                    "heavy, asked again": lambda: (
                        answers.get("heavy", 10) or answers.recommend(loop, "heavy", 10)
                    ),
                    "light, worked out": lambda: loop.recommend("light"),
                    "heavy, worked out": lambda: loop.recommend("heavy"),
                    "light, feedback": lambda: say("light"),
                    "heavy, feedback": lambda: say("heavy"),
                },
                rounds=5 if quick else 60,
            )
            reasons = side_by_side(
                {
                    "50, with reasons": lambda: loop.recommend("fifty", explain=True),
                    "thousands, with reasons": lambda: loop.recommend("thousands", explain=True),
                    "50, why": lambda: loop.explain("fifty", movies),
                    "thousands, why": lambda: loop.explain("thousands", movies),
                },
                rounds=3 if quick else 15,
            )
    show(f"reasons for 50 ratings and for {many // 2:,}", reasons)
    show(f"recommend to a user with 10 and one with {many:,} ratings", spreads)
    ratios: dict[str, float | None] = {
        "heavy_user_over_light": spreads["heavy, asked again"].median
        / spreads["light, asked again"].median,
        "heavy_user_over_light_worked_out": spreads["heavy, worked out"].median
        / spreads["light, worked out"].median,
        "heavy_user_over_light_feedback": spreads["heavy, feedback"].median
        / spreads["light, feedback"].median,
        "reasons_for_5000_more_ms": 1000
        * (reasons["thousands, with reasons"].median - reasons["50, with reasons"].median),
        "why_for_5000_more_ms": 1000
        * (reasons["thousands, why"].median - reasons["50, why"].median),
    }
    print()
    report(ratios, GOALS, keep=not quick)


if __name__ == "__main__":
    main()
