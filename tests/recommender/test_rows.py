"""Rows: each near one taste, nothing rated, no film twice among neighbours, reasons that hold."""

import pytest

from movieloop import Filters, MovieLoop
from movieloop.data.series import series_of
from movieloop.schemas.rows import Row
from movieloop.store import LibraryItem, Session, now_ms
from tests.recommender.adas_list import tell

LOVED = ("Stalker (1979)", "My Neighbor Totoro", "In the Mood for Love", "Heat (1995)")


def kind(rows: list[Row], wanted: str) -> list[Row]:
    return [row for row in rows if row.kind == wanted]


@pytest.fixture
def rows(everything: MovieLoop) -> list[Row]:
    tell(everything, "ada", [(film, 1) for film in LOVED])
    return everything.rows("ada", n=8).rows


def test_four_tastes_give_four_rows_of_their_own(rows: list[Row]) -> None:
    because = kind(rows, "because")
    assert {row.because.title for row in because if row.because} == {
        "Stalker", "My Neighbor Totoro", "In the Mood for Love", "Heat",
    }  # fmt: skip
    titles = {
        row.because.title: [f.title for f in row.recommendations] for row in because if row.because
    }
    assert "Solaris" in titles["Stalker"] and "Spirited Away" in titles["My Neighbor Totoro"]
    shown = [film.movie_id for row in because for film in row.recommendations]
    assert len(shown) == len(set(shown)) == 32


def test_neighbours_are_those_of_the_space(everything: MovieLoop, rows: list[Row]) -> None:
    first = kind(rows, "because")[0]
    assert first.because
    near = everything.movies.similar(first.because.movie_id, n=60).similar
    rated = {item.movie_id for item in everything.users.history("ada").feedback}
    order = [film.movie_id for film in near if film.movie_id not in rated]
    places = [order.index(film.movie_id) for film in first.recommendations]
    assert places == sorted(places) and places[0] == 0


def test_every_row_keeps_its_word(everything: MovieLoop, rows: list[Row]) -> None:
    rated = {item.movie_id for item in everything.users.history("ada").feedback}
    for row in rows:
        films = [everything.movies.get(film.movie_id) for film in row.recommendations]
        assert not rated & {film.movie_id for film in films}
        keys = [series_of(film.title) for film in films]
        assert len(keys) == len(set(keys))
    (recent,) = kind(rows, "recent")
    newest = max(movie.year or 0 for movie in everything.live.space().movies)
    assert recent.year_from == newest - 2
    assert all((film.year or 0) >= newest - 2 for film in recent.recommendations)
    (less,) = kind(rows, "less_known")
    usual = everything.recommend("ada", n=8).recommendations
    known = {m.movie_id: m.popularity for m in everything.live.space().movies}
    assert sum(known[film.movie_id] for film in less.recommendations) < sum(
        known[film.movie_id] for film in usual
    )


def test_a_country_that_stands_out_gets_a_row(everything: MovieLoop) -> None:
    tell(everything, "ada", [("Parasite (2019)", 1), ("Oldboy (2003)", 1), ("Heat (1995)", 1)])
    (there,) = kind(everything.rows("ada", n=6).rows, "country")
    assert (there.country, there.name) == ("KR", "South Korea")
    for film in there.recommendations:
        assert "KR" in everything.movies.get(film.movie_id).countries


def test_rows_keep_to_the_filters(everything: MovieLoop) -> None:
    tell(everything, "ada", [(film, 1) for film in LOVED])
    some = everything.rows("ada", n=5, filters=Filters(genre="Drama", year_to=1999)).rows
    assert some and not kind(some, "recent")
    for row in some:
        for film in row.recommendations:
            assert "Drama" in film.genres and (film.year or 0) <= 1999


def test_a_newcomer_has_no_tastes_yet(everything: MovieLoop) -> None:
    assert [row.kind for row in everything.rows("nobody").rows] == ["recent"]


def test_what_a_media_server_has_got_lately_gets_a_row(everything: MovieLoop) -> None:
    tell(everything, "ada", [(film, 1) for film in LOVED])
    unseen = everything.recommend("ada", n=40).recommendations[20:]
    new, old = unseen[:5], unseen[5:10]
    library = [LibraryItem(str(film.movie_id), film.movie_id, now_ms()) for film in new]
    library += [LibraryItem(str(film.movie_id), film.movie_id, 0) for film in old]

    def own(session: Session) -> None:
        session.save_connection("home", "plex", "5e88")
        session.save_library_items("home", library)

    everything.store.write(own)
    try:
        (row,) = kind(everything.rows("ada", n=6).rows, "new_here")
        assert row.recommendations
        assert {film.movie_id for film in row.recommendations} <= {film.movie_id for film in new}
        others = everything.rows("ada", n=6, filters=Filters(owned=False)).rows
        assert not kind(others, "new_here")
        assert not any(film.owned for row in others for film in row.recommendations)
    finally:
        everything.store.write(lambda session: session.drop_connection("home"))
