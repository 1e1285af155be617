"""Tuning never makes it worse."""

from movieloop.evaluation.baselines.item_item import ItemKnn
from movieloop.evaluation.time_split import Loop
from movieloop.evaluation.tuning import tune
from tests.evaluation.baselines.asked import DATA


def test_tuning_never_ends_below_where_it_began() -> None:
    loop = Loop(DATA.log)
    start = ItemKnn()
    loop.practise(start)
    before = loop.judge(start)
    best, figure = tune(ItemKnn(), fit=loop.practise, judge=loop.judge)
    assert figure >= before
    assert loop.judge(best) == figure
