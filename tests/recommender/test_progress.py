"""The live curve counts the promises that were kept."""

from movieloop import MovieLoop
from movieloop.store.import_tables import ImportedFeedback
from tests.recommender.adas_list import ids, tell


def test_progress_counts_the_promises_that_were_kept(loop: MovieLoop) -> None:
    for _ in range(3):
        loop.add_feedback("ada", ids(loop)[4], 1, source="search")  # stands fifth: a hit
    last = ids(loop, 10_000)[-1]
    loop.add_feedback("ada", last, 1, source="search")
    tell(loop, "ada", [(last, 1), ("Toy Story", 0), ("Toy Story", 1), ("Heat", None)])
    progress, history = loop.users.progress("ada"), loop.users.history("ada").feedback
    assert [promise.rank for promise in progress.promises[:3]] == [5, 5, 5]
    assert progress.promises[3].rank > 1000
    assert [promise.ratings_before for promise in progress.promises] == [0, 1, 2, 3]
    assert [promise.hit_rate for promise in progress.promises] == [1.0, 1.0, 1.0, 0.75]
    assert (progress.likes, progress.hit_rate) == (4, 0.75)
    assert progress.prompted_likes == 0  # rated again, or no like
    popular = [(item.popularity_rank_before or 0) <= 10 for item in history[:4]]
    assert progress.popularity_hit_rate == sum(popular) / 4


def test_likes_of_what_a_list_showed_prove_nothing(loop: MovieLoop) -> None:
    """Who taps whatever comes first would be told that learning wins by far."""
    for _ in range(20):
        loop.add_feedback("bob", ids(loop)[0], 1, source="list")
        loop.add_feedback("bob", loop.recommend("bob", n=1).recommendations[0].movie_id, 1)
    progress = loop.users.progress("bob")
    assert (progress.likes, progress.prompted_likes) == (0, len(progress.promises))
    assert progress.prompted_likes >= 20
    assert progress.hit_rate is None and progress.interval is None
    assert {one.verdict for one in (*progress.unprompted, *progress.blind)} == {"open"}


def test_ranks_of_unprompted_likes_are_compared_pair_by_pair(loop: MovieLoop) -> None:
    western = [movie for movie in loop.live.space().movies if "Western" in movie.genres][:12]
    for film in western:
        loop.add_feedback("ada", film.movie_id, 1, source="search")
    progress = loop.users.progress("ada")
    by_rival = {one.against: one for one in progress.unprompted}
    ranks = [(item.rank, item.popularity_rank) for item in progress.promises]
    assert by_rival["popularity"].wins == sum(ours < theirs for ours, theirs in ranks) >= 7
    assert by_rival["popularity"].losses == sum(ours > theirs for ours, theirs in ranks)
    assert by_rival["frozen"].wins + by_rival["frozen"].losses <= 7


def test_an_import_is_replayed_as_if_it_had_been_told_one_by_one(loop: MovieLoop) -> None:
    films = ("Alien", "Aliens", "Blade Runner", "Heat", "Se7en", "Psycho", "Jaws", "The Matrix")
    for film in films:
        loop.add_feedback("told", film, 1, source="search")
    told = loop.users.progress("told")
    rows = [
        ImportedFeedback("brought", loop.movies.get(film).movie_id, 1, f"import:{i}", 1000 + i)
        for i, film in enumerate(films)
    ]
    loop.store.write(lambda session: session.append_imported(rows))
    brought = loop.users.progress("brought")
    assert [p.rank for p in brought.promises] == [p.rank for p in told.promises]
    assert [p.popularity_rank for p in brought.promises] == [
        p.popularity_rank for p in told.promises
    ]
    assert all(p.replayed and p.source == "import" for p in brought.promises)
    assert not any(p.replayed for p in told.promises)
    assert brought.hit_rate == told.hit_rate and brought.frozen_likes == told.frozen_likes == 3
