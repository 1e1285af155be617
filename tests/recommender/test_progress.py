"""The live curve counts the promises that were kept."""

from movieloop import MovieLoop
from tests.recommender.adas_list import ids, tell


def test_progress_counts_the_promises_that_were_kept(loop: MovieLoop) -> None:
    for _ in range(3):
        loop.add_feedback("ada", ids(loop)[4], 1)  # stands fifth, so it is a hit
    last = ids(loop, 10_000)[-1]
    tell(loop, "ada", [(last, 1), (last, 1), ("Toy Story", 0), ("Toy Story", 1), ("Heat", None)])
    progress, history = loop.users.progress("ada"), loop.users.history("ada").feedback
    assert [promise.rank for promise in progress.promises[:3]] == [5, 5, 5]
    assert progress.promises[3].rank > 1000
    assert [promise.ratings_before for promise in progress.promises] == [0, 1, 2, 3]
    assert [promise.hit_rate for promise in progress.promises] == [1.0, 1.0, 1.0, 0.75]
    assert (progress.likes, progress.hit_rate) == (4, 0.75)
    popular = [(item.popularity_rank_before or 0) <= 10 for item in history[:4]]
    assert progress.popularity_hit_rate == sum(popular) / 4
