"""Asking changes nothing: lists, filters, sessions, progress, and what we hold about people."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput, MovieNotFound
from movieloop.recommender.snapshot import Filters
from movieloop.taste import Rating

OPINIONS: list[tuple[str, Rating]] = [("Alien", 1), ("Titanic (1997)", 0), ("Spirited Away", 1)]
READS: dict[str, Callable[[MovieLoop, str], object]] = {
    "recommend": lambda loop, user: loop.recommend(user, explain=True),
    "profile": lambda loop, user: loop.users.profile(user),
    "history": lambda loop, user: loop.users.history(user),
    "progress": lambda loop, user: loop.users.progress(user),
    "export": lambda loop, user: loop.users.export(user),
    "onboarding": MovieLoop.onboarding,
    "explain": lambda loop, user: loop.explain(user, "Titanic"),
    "preview": lambda loop, user: loop.preview(user, "Titanic", 1),
}


def tell(loop: MovieLoop, user_id: str, opinions: list[tuple[str, Rating]] = OPINIONS) -> None:
    for opinion in opinions:
        loop.add_feedback(user_id, *opinion)


def ids(loop: MovieLoop, n: int = 10, **filters: object) -> list[int]:
    answer = loop.recommend("ada", n=n, filters=Filters(**filters))
    return [film.movie_id for film in answer.recommendations]


def bytes_on_disk(database: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(database.parent.glob("movieloop.db*")))


# --- reading creates nothing -----------------------------------------------------------------


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_reading_creates_nothing_and_needs_a_decent_name(
    lesson: MovieLoop, read: Callable[[MovieLoop, str], object]
) -> None:
    read(lesson, "stranger")
    assert (lesson.users.list(), lesson.users.counts()) == ([], (0, 0))
    for name in ("", "a\n", "\x00", "a" * 129):
        with pytest.raises(InvalidInput, match="user_id"):
            read(lesson, name)


def test_a_stranger_stands_where_newcomers_start(loop: MovieLoop) -> None:
    profile = loop.users.profile("stranger")
    assert profile.profile == loop.live.space().embeddings.start.tolist()
    assert (profile.feedback_count, profile.likes, profile.unprocessed_feedback) == (0, 0, 0)
    assert loop.users.progress("stranger").hit_rate is None


# --- lists and filters -----------------------------------------------------------------------


def test_unseen_films_come_first_and_rated_ones_never_while_any_is_left(loop: MovieLoop) -> None:
    tell(loop, "ada", [*OPINIONS, ("Toy Story", None)])
    answer = loop.recommend("ada", n=10_000)
    listed = [film.movie_id for film in answer.recommendations]
    rated = {item.movie_id for item in loop.users.history("ada").feedback}
    assert set(listed) == set(loop.live.space().catalog.by_id) - rated
    distances = [film.distance for film in answer.recommendations]
    assert distances == sorted(distances)
    assert not any(film.already_rated for film in answer.recommendations)
    assert loop.live.space().catalog.find(str(answer.recommended_movie)).movie_id == listed[0]
    assert answer.similarity_score == distances[0]


def test_filters_keep_exactly_the_films_that_fit_in_the_same_order(loop: MovieLoop) -> None:
    tell(loop, "ada")
    everything, by_id = ids(loop, 10_000), loop.live.space().catalog.by_id
    western = [i for i in everything if "Western" in by_id[i].genres]
    sixties = [i for i in everything if 1960 <= (by_id[i].year or 0) <= 1969]
    assert ids(loop, 10_000, genre="wEsTeRn") == western
    assert ids(loop, 10_000, year_from=1960, year_to=1969) == sixties
    assert ids(loop, 5, exclude=frozenset(everything[:3])) == everything[3:8]
    both = ids(loop, 10_000, genre="Western", year_from=1960, year_to=1969)
    assert both == [i for i in western if i in sixties]
    assert len(western) > 50 and len(both) > 5


def test_filters_that_leave_only_rated_films_bring_those_back(lesson: MovieLoop) -> None:
    tell(lesson, "ada", [("Die Hard", 1)])
    answer = lesson.recommend("ada", filters=Filters(year_from=1988, year_to=1988))
    assert [(f.title, f.already_rated) for f in answer.recommendations] == [("Die Hard", True)]


def test_filters_that_leave_nothing_give_nothing(lesson: MovieLoop) -> None:
    answer = lesson.recommend("ada", filters=Filters(year_from=2100))
    assert answer.recommended_movie is None and answer.similarity_score is None
    assert answer.recommendations == []


def test_filters_without_sense_are_refused(loop: MovieLoop) -> None:
    for filters, field in (
        (Filters(genre="Gardening"), "genre"),
        (Filters(year_from=2001, year_to=2000), "year_from"),
    ):
        with pytest.raises(InvalidInput) as refused:
            loop.recommend("ada", filters=filters)
        assert refused.value.field == field


def test_the_dial_goes_from_the_known_to_the_obscure_without_turning_back(loop: MovieLoop) -> None:
    tell(loop, "ada")
    space = loop.live.space()
    column = space.embeddings.points[:, space.embeddings.blocks["popularity"]].ravel()
    nearest = [ids(loop, 1, familiarity=dial)[0] for dial in np.linspace(1, 0, 21)]
    obscurity = [float(column[space.row(movie_id) or 0]) for movie_id in nearest]
    assert obscurity == sorted(obscurity)
    assert obscurity[0] < obscurity[-1]
    assert ids(loop, 20, familiarity=1.0) == ids(loop, 20)


def test_a_space_without_popularity_has_no_dial(lesson: MovieLoop) -> None:
    assert ids(lesson, familiarity=0.0) == ids(lesson)


def test_a_session_gets_what_a_user_with_these_opinions_gets(loop: MovieLoop) -> None:
    said = [*OPINIONS, ("Alien", 1), ("Spirited Away", 0)]
    anonymous = loop.recommend_session(said, n=15, filters=Filters(genre="Animation"))
    assert (loop.users.list(), anonymous.user_id) == ([], None)
    tell(loop, "ada", said)
    stored = loop.recommend("ada", n=15, filters=Filters(genre="Animation"))
    assert anonymous.model_copy(update={"user_id": "ada"}) == stored


def test_onboarding_asks_about_well_known_films_that_are_not_rated(loop: MovieLoop) -> None:
    best_known = [movie.movie_id for movie in loop.live.space().catalog.movies[:200]]
    rated: set[int] = set()
    for rating in (1, 0, None, 1):
        asked = [movie.movie_id for movie in loop.onboarding("ada").movies]
        assert len(set(asked)) == 12
        assert not rated & set(asked) and set(asked) <= set(best_known)
        for movie_id in asked[:6]:
            loop.add_feedback("ada", movie_id, rating)
            rated.add(movie_id)
    assert len(loop.onboarding("stranger", n=300).movies) == 300


# --- names -----------------------------------------------------------------------------------


def test_an_ambiguous_title_means_the_best_known_film_and_says_so(loop: MovieLoop) -> None:
    films = next(films for films in loop.live.space().catalog.by_title.values() if len(films) > 1)
    title = films[0].title
    answer = loop.add_feedback("ada", title, 1)
    assert answer.movie.movie_id == films[0].movie_id
    assert f"{len(films)} films are called {title!r}; the best known one" in answer.message
    for exact in (films[0].label, films[0].movie_id):
        assert "films are called" not in loop.add_feedback("ada", exact, 1).message


def test_an_unknown_title_suggests_what_comes_close_and_stores_nothing(loop: MovieLoop) -> None:
    with pytest.raises(MovieNotFound, match=r"Did you mean .*'Spirited Away") as refused:
        loop.add_feedback("ada", "Spirted Away", 1)
    assert "Spirited Away (2001)" in refused.value.suggestions
    with pytest.raises(MovieNotFound, match="No movie has id 7"):
        loop.add_feedback("ada", 7, 1)
    assert loop.users.list() == []


# --- progress, export, forgetting ------------------------------------------------------------


def test_progress_counts_the_promises_that_were_kept(loop: MovieLoop) -> None:
    for _ in range(3):
        loop.add_feedback("ada", ids(loop)[4], 1)  # stands fifth, so it is a hit
    last = ids(loop, 10_000)[-1]
    tell(loop, "ada", [(last, 1), (last, 1), ("Toy Story", 0), ("Toy Story", 1), ("Heat", None)])
    progress, history = loop.users.progress("ada"), loop.users.history("ada").feedback
    assert [promise.rank for promise in progress.promises[:3]] == [5, 5, 5]
    assert progress.promises[3].rank > 5000
    assert [promise.ratings_before for promise in progress.promises] == [0, 1, 2, 3]
    assert [promise.hit_rate for promise in progress.promises] == [1.0, 1.0, 1.0, 0.75]
    assert (progress.likes, progress.hit_rate) == (4, 0.75)
    popular = [(item.popularity_rank_before or 0) <= 10 for item in history[:4]]
    assert progress.popularity_hit_rate == sum(popular) / 4


def test_an_export_holds_everything(loop: MovieLoop) -> None:
    tell(loop, "ada", [*OPINIONS, ("Alien", 0)])
    export = loop.users.export("ada")
    assert export.feedback == loop.users.history("ada").feedback
    assert [(item.title, item.rating) for item in export.feedback] == [
        ("Alien", 1), ("Titanic", 0), ("Spirited Away", 1), ("Alien", 0),
    ]  # fmt: skip
    assert export.profile == loop.users.profile("ada").profile
    assert export.embeddings_version == loop.models.live().embeddings_version


def test_forgetting_deletes_everything_also_on_the_disk(loop: MovieLoop, database: Path) -> None:
    tell(loop, "eve")
    tell(loop, "ada-lovelace-1815")
    given = loop.add_feedback("ada-lovelace-1815", "Heat", 1, idempotency_key="secret-tap-42")
    loop.undo(given.feedback_id)
    traces = (b"ada-lovelace-1815", b"secret-tap-42")
    assert all(trace in bytes_on_disk(database) for trace in traces)
    assert loop.forget("ada-lovelace-1815").deleted_feedback == 5  # the retraction too
    assert not any(trace in bytes_on_disk(database) for trace in traces)
    assert loop.users.list() == ["eve"]
    assert len(loop.users.history("eve").feedback) == 3
    assert loop.users.profile("ada-lovelace-1815").profile == loop.users.profile("stranger").profile
    assert loop.forget("ada-lovelace-1815").deleted_feedback == 0
