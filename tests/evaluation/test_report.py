"""The report compares on the same questions."""

import math

from movieloop.evaluation.baselines.popularity import PopularityBaseline, RandomBaseline
from movieloop.evaluation.report import Report
from movieloop.evaluation.time_split import Loop
from tests.small_logs import small_data

DATA = small_data()


def test_the_report_compares_with_the_best_peer_on_the_same_questions() -> None:
    trial = Loop(DATA.log)
    results = [trial.measure(peer) for peer in (RandomBaseline(), PopularityBaseline())]
    report = Report("loop", "small", 60.0, "hr10", results)
    best = report.best_peer
    assert best is not None and best.figure == max(result.figure for result in results)
    assert all(math.isclose(result.figure, result.hr10 or 0) for result in results)
    assert len(report.tables()) == 2
