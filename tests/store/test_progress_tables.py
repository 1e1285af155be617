"""Kept promises are counted as a plain loop over the history would."""

from collections import Counter

from movieloop import MovieLoop
from movieloop.data.ranks import TOP, bucket_of


def test_it_counts_as_a_plain_loop_does(loop: MovieLoop) -> None:
    films = [movie.movie_id for movie in loop.live.space().catalog.movies]
    expected: Counter[str] = Counter()
    hits = popular = 0
    for person in range(3):
        for step in range(12):
            film = films[(person * 7 + step * 5) % 200]
            answer = loop.add_feedback(f"user {person}", film, [1, 1, 0, None][step % 4])
            if step % 4 < 2:  # a like, of a film not rated before
                expected[bucket_of(step)] += 1
                hits += (answer.rank_before or TOP + 1) <= TOP
                item = loop.users.history(f"user {person}").feedback[-1]
                popular += (item.popularity_rank_before or TOP + 1) <= TOP
    loop.add_feedback("user 0", films[0], 1)  # rated before: no promise
    loop.undo(loop.add_feedback("user 1", films[500], 1).feedback_id)
    with loop.store.read() as session:
        found = session.promises()
    counted: Counter[str] = Counter()
    for item in found:
        counted[item.ratings_before] += item.likes
    assert counted == expected
    assert sum(item.hits for item in found) == hits
    assert sum(item.popular_hits for item in found) == popular
    assert {item.users for item in found} == {3}
