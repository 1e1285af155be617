"""The list, and how an opinion changes it."""

import pytest

from movieloop import MovieLoop


@pytest.mark.parametrize("which", ["loop", "lesson"])
def test_a_preview_is_exactly_what_the_feedback_then_does(
    which: str, request: pytest.FixtureRequest
) -> None:
    loop: MovieLoop = request.getfixturevalue(which)
    titles = [movie.label for movie in loop.live.space().catalog.movies[:3]]
    moved = 0
    for title, rating in [*zip(titles, (1, 0, 1), strict=True), (titles[1], 1), (titles[0], 1)]:
        before = loop.users.profile("ada")
        preview = loop.preview("ada", title, rating, n=5)
        assert loop.users.profile("ada") == before
        answer = loop.add_feedback("ada", title, rating, n=5)
        assert preview.profile_before == before.profile
        assert preview.profile_after == loop.users.profile("ada").profile
        assert preview.change == answer.change
        assert (preview.retrained, preview.movie) == (answer.retrained, answer.movie)
        moved += preview.profile_after != preview.profile_before
    assert moved > 0


def test_the_change_tells_the_new_list_and_where_it_came_from(loop: MovieLoop) -> None:
    before = [film.movie_id for film in loop.recommend("ada", n=8).recommendations]
    answer = loop.add_feedback("ada", "Spirited Away", 1, n=8)
    after = [film.movie_id for film in loop.recommend("ada", n=8).recommendations]
    assert answer.change is not None
    assert [film.movie_id for film in answer.change.recommendations] == after
    moves = {move.movie_id: (move.rank_before, move.rank_after) for move in answer.change.moves}
    for movie_id in {*before, *after}:
        ranks = tuple(
            films.index(movie_id) + 1 if movie_id in films else None for films in (before, after)
        )
        assert moves.get(movie_id, ranks) == ranks
        assert (movie_id in moves) == (ranks[0] != ranks[1])
