"""A film for several people: nobody's is forgotten, nothing seen comes, each account is exact."""

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput
from movieloop.model import turns
from movieloop.recommender.filters import Filters
from movieloop.schemas.group import FAIRNESS, GroupIn
from tests.opinions import tell

GHIBLI = ("Spirited Away", "My Neighbor Totoro", "Princess Mononoke")
DARK = ("Alien", "The Thing", "Se7en")


@pytest.fixture
def couple(loop: MovieLoop) -> MovieLoop:
    tell(loop, "ada", *((title, 1) for title in GHIBLI))
    tell(loop, "bob", *((title, 1) for title in DARK))
    return loop


def test_each_film_has_everybodys_own_account(couple: MovieLoop) -> None:
    answer = couple.recommend_group(["ada", "bob"], n=6)
    assert len(answer.recommendations) == 6 and answer.newcomers == []
    for film in answer.recommendations:
        assert [member.user_id for member in film.members] == ["ada", "bob"]
        for member in film.members:
            why = couple.explain(member.user_id, film.movie_id)
            assert member.distance == pytest.approx(why.distance)
            assert member.rank == why.rank
            effects = {rating.feedback_id: rating.effect for rating in why.ratings}
            for reason in member.because:
                assert reason.effect == pytest.approx(effects[reason.feedback_id])
        distances = [member.distance for member in film.members]
        assert film.mean_distance == pytest.approx(sum(distances) / 2)
        picker = next(one for one in film.members if one.user_id == film.picked_for)
        assert picker.rank <= 40
    turns = [film.picked_for for film in answer.recommendations]
    assert all(set(turns[i : i + 2]) == {"ada", "bob"} for i in (0, 2, 4))


def test_alone_it_is_the_list_one_knows(couple: MovieLoop) -> None:
    alone = couple.recommend_group(["ada"], n=10)
    own = couple.recommend("ada", n=10, explain=True)
    assert [film.movie_id for film in alone.recommendations] == [
        film.movie_id for film in own.recommendations
    ]
    assert [film.members[0].because for film in alone.recommendations] == [
        film.because for film in own.recommendations
    ]


def test_what_anybody_or_all_have_seen_stays_out(couple: MovieLoop) -> None:
    alien = couple.movies.get("Alien").movie_id
    one_sided = Filters(only=frozenset({alien}))
    assert couple.recommend_group(["ada", "bob"], filters=one_sided).recommendations == []
    shown = couple.recommend_group(["ada", "bob"], seen_by="all", filters=one_sided)
    assert [film.movie_id for film in shown.recommendations] == [alien]
    assert [one.already_rated for one in shown.recommendations[0].members] == [False, True]
    couple.add_feedback("ada", alien, None)
    assert couple.recommend_group(["ada", "bob"], seen_by="all", filters=one_sided) \
        .recommendations == []  # fmt: skip


def test_a_veto_and_filters_hold(couple: MovieLoop) -> None:
    first = couple.recommend_group(["ada", "bob"]).recommendations[0].movie_id
    veto = couple.recommend_group(["ada", "bob"], n=50, veto=[first]).recommendations
    assert first not in [film.movie_id for film in veto]
    westerns = couple.recommend_group(["ada", "bob"], filters=Filters(genre="Western"))
    assert westerns.recommendations
    assert all("Western" in film.genres for film in westerns.recommendations)


def test_nothing_is_stored_and_newcomers_are_told_of(couple: MovieLoop) -> None:
    answer = couple.recommend_group(["ada", "nobody"])
    assert answer.newcomers == ["nobody"] and len(answer.recommendations) == 5
    assert "nobody" not in couple.users.list()


@pytest.mark.parametrize(
    ("users", "says"),
    [
        ([], "1 to 10"),
        (["a", "a"], "twice"),
        ([f"u{i}" for i in range(11)], "1 to 10"),
        ([""], "user_id"),
    ],
)
def test_groups_that_are_none_are_refused(couple: MovieLoop, users: list[str], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        couple.recommend_group(users)


def test_variety_is_refused_as_turns_bring_it(couple: MovieLoop) -> None:
    with pytest.raises(InvalidInput, match="varied by their turns"):
        couple.recommend_group(["ada"], filters=Filters(variety=0.5))


def test_what_is_offered_is_what_was_measured() -> None:
    assert GroupIn(users=["ada"]).fairness == FAIRNESS == turns.FAIRNESS
