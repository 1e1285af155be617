"""A list of trainings gives what each would give alone."""

from dataclasses import replace
from pathlib import Path

from movieloop.training.drawn_order import in_drawn_order
from movieloop.training.members import Member, train_here
from movieloop.training.train import train
from tests.training.two_tastes import TINY, two_tastes

LOG = two_tastes()
PLAN = replace(TINY, epochs=2)


def test_each_is_trained_as_it_would_be_alone() -> None:
    shares: list[float] = []
    one, two, drawn = train_here(
        [Member(LOG, PLAN), Member(LOG, PLAN, end=900, seed=1), Member(LOG, PLAN, 900, drawn=True)],
        lambda share, loss: shares.append(share),
    )
    assert one.points.tobytes() == train(LOG, PLAN).points.tobytes()
    assert two.points.tobytes() == train(LOG, PLAN, end=900, seed=1).points.tobytes()
    past = in_drawn_order(LOG.first(900), 0, neutral=PLAN.neutral)
    assert drawn.points.tobytes() == train(past, PLAN).points.tobytes()
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_what_came_out_is_kept_for_whoever_named_a_file(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    first = Member(LOG, PLAN, checkpoint=file).train()
    assert file.exists()
    again: list[float] = []
    kept = Member(LOG, PLAN, checkpoint=file).train(lambda share, loss: again.append(share))
    assert kept.points.tobytes() == first.points.tobytes()
    assert again == []  # nothing was trained
