"""Importing a person's file: what they said, when they said it, once and no more."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.errors import InvalidInput
from movieloop.importers import Report, batches, import_history, person
from movieloop.recommender.doctor import examine, examine_file
from movieloop.schemas.feedback import FeedbackItem
from tests.conftest import Films
from tests.importers.formats.test_netflix import NETFLIX
from tests.importers.importable import LETTERBOXD, MOVIELENS, put, put_all

LINES = [
    f"{LETTERBOXD},Rating",
    "2021-03-03,Alien,1979,x,4.5",
    "2021-03-01,Titanic,1997,x,1",
    "2021-03-02,The Matrix,1999,x,3",
]


def letterboxd(folder: Path, *lines: str, name: str = "ratings.csv") -> Path:
    """Make a Letterboxd file of the three films and more lines."""
    return put(folder / name, "\n".join([*LINES, *lines]))


def stored(loop: MovieLoop) -> tuple[object, ...]:
    """Read everything an import could change."""
    with loop.store.read() as session:
        return (
            {user: (session.live_feedback(user), session.checkpoint(user) is None)
             for user in session.users()},
            session.catalog_version(),
            len(session.movies()),
            session.counts(),
        )  # fmt: skip


def told(loop: MovieLoop, user_id: str = "ada") -> list[tuple[str, int | None, str]]:
    """Read a history: (film, opinion, day)."""
    return [
        (item.title, item.rating, item.created_at.strftime("%Y-%m-%d"))
        for item in loop.users.history(user_id).feedback
    ]


def accounted_for(report: Report) -> bool:
    """Whether every row that was read is told of."""
    unclear = sum(film.rows for film in (*report.unmatched, *report.ambiguous))
    skipped = sum(report.skipped.values())
    return report.read == (report.imported + report.already_there + skipped + unclear + report.bad)


def age(item: FeedbackItem) -> float:
    return (datetime.now(tz=UTC) - item.created_at).total_seconds()


def test_a_history_is_learned_in_the_order_of_time(loop: MovieLoop, tmp_path: Path) -> None:
    report = import_history(loop, letterboxd(tmp_path), "ada")
    assert (report.imported, report.read, report.source) == (3, 3, "Letterboxd export")
    assert told(loop) == [
        ("Titanic", 0, "2021-03-01"),
        ("The Matrix", None, "2021-03-02"),
        ("Alien", 1, "2021-03-03"),
    ]
    by_hand = [("Titanic (1997)", 0), ("The Matrix", None), ("Alien", 1)]
    for film, rating in by_hand:
        loop.add_feedback("bob", film, rating)
    assert loop.users.profile("ada").profile == loop.users.profile("bob").profile
    assert [item.rank_before for item in loop.users.history("ada").feedback] == [None] * 3
    with loop.store.read() as session:
        assert session.checkpoint("ada") is not None
    assert [*examine_file(loop), *examine(loop, loop.users.list())] == []


def test_importing_again_changes_nothing(loop: MovieLoop, tmp_path: Path) -> None:
    file = letterboxd(tmp_path)
    import_history(loop, file, "ada")
    before = stored(loop)
    again = import_history(loop, file, "ada")
    assert (again.imported, again.already_there) == (0, 3)
    assert stored(loop) == before


def test_a_newer_export_adds_what_is_new(loop: MovieLoop, tmp_path: Path) -> None:
    import_history(loop, letterboxd(tmp_path), "ada")
    longer = letterboxd(tmp_path, "2021-03-04,Heat,1995,x,5", name="newer.csv")
    report = import_history(loop, longer, "ada")
    assert (report.imported, report.already_there) == (1, 3)
    assert told(loop)[-1] == ("Heat", 1, "2021-03-04")
    assert [*examine(loop, ["ada"])] == []


def test_two_people_may_import_one_file(loop: MovieLoop, tmp_path: Path) -> None:
    file = letterboxd(tmp_path)
    assert import_history(loop, file, "ada").imported == 3
    assert import_history(loop, file, "bob").imported == 3
    assert told(loop, "ada") == told(loop, "bob")


def test_what_was_undone_stays_undone(loop: MovieLoop, tmp_path: Path) -> None:
    file = letterboxd(tmp_path)
    import_history(loop, file, "ada")
    loop.undo(loop.users.history("ada").feedback[0].feedback_id)
    assert import_history(loop, file, "ada").imported == 0
    assert len(told(loop)) == 2


def test_who_was_forgotten_may_come_back(loop: MovieLoop, tmp_path: Path) -> None:
    file = letterboxd(tmp_path)
    import_history(loop, file, "ada")
    loop.forget("ada")
    assert import_history(loop, file, "ada").imported == 3


def test_old_opinions_go_before_those_given_here(loop: MovieLoop, tmp_path: Path) -> None:
    loop.add_feedback("ada", "Titanic (1997)", 1)
    import_history(loop, letterboxd(tmp_path), "ada")
    assert [title for title, _, _ in told(loop)] == ["Titanic", "The Matrix", "Alien", "Titanic"]
    assert [item.counts for item in loop.users.history("ada").feedback] == [False, True, True, True]
    assert loop.users.profile("ada").likes == 2
    assert [*examine(loop, ["ada"])] == []


def test_with_larger_batches_whole_batches_are_learned(tmp_path: Path, database: Path) -> None:
    with MovieLoop.open(database, retrain_after=2) as loop:
        import_history(loop, letterboxd(tmp_path), "ada")
        assert loop.users.profile("ada").unprocessed_feedback == 1


def test_rows_without_a_date_come_last_in_the_order_of_the_file(
    loop: MovieLoop, tmp_path: Path
) -> None:
    file = letterboxd(tmp_path, ",Heat,1995,x,5", ",Amélie,2001,x,1")
    import_history(loop, file, "ada")
    history = loop.users.history("ada").feedback
    assert [item.title for item in history[-2:]] == ["Heat", "Amélie"]
    assert all(0 <= age(item) < 60 for item in history[-2:])
    assert import_history(loop, file, "ada").already_there == 5


def test_a_dry_run_stores_nothing(loop: MovieLoop, tmp_path: Path) -> None:
    file = letterboxd(tmp_path, "2021-03-05,Nosuch,1979,x,4")
    before = stored(loop)
    report = import_history(loop, file, "ada", dry_run=True)
    assert (report.imported, report.dry_run, len(report.unmatched)) == (4, True, 0)
    assert stored(loop) == before
    import_history(loop, file, "ada")
    report = import_history(loop, file, "ada", dry_run=True)
    assert (report.imported, report.already_there) == (0, 4)


def test_what_is_not_clear_is_reported_and_not_imported(loop: MovieLoop, tmp_path: Path) -> None:
    file = letterboxd(
        tmp_path,
        "2021-03-05,Alein,1979,x,4",
        "2021-03-05,Frozen,,x,4",
        "2021-03-05,Heat,1995,x,6",
        "2021-03-05,Heat,1995,x,4,5",
    )
    report = import_history(loop, file, "ada")
    assert report.imported == 3
    (unknown,), (unclear,) = report.unmatched, report.ambiguous
    assert (unknown.film, unknown.rows) == ("Alein (1979)", 1)
    assert unknown.candidates[0] == "Alien (1979)"
    assert unclear.film == "Frozen"
    assert unclear.candidates == ("Frozen (2013)", "Frozen (2010)")
    assert [row.line for row in report.bad_rows] == [7, 8]
    assert accounted_for(report)


def test_only_the_first_bad_rows_are_listed(loop: MovieLoop, tmp_path: Path) -> None:
    report = import_history(loop, letterboxd(tmp_path, *["2021-03-01,Heat,1995,x,44"] * 50), "ada")
    assert (report.bad, len(report.bad_rows)) == (50, 20)
    assert accounted_for(report)


def test_seen_does_not_replace_an_opinion(loop: MovieLoop, tmp_path: Path) -> None:
    loop.add_feedback("ada", "Heat", 1)
    lines = "Title,Date\nHeat,5/3/21\nAlien,5/2/21\nAlien,4/1/21\nThe Matrix,3/31/21\n"
    report = import_history(loop, put(tmp_path / "x.csv", lines), "ada")
    assert report.imported == 2
    assert Counter(report.skipped) == {
        "seen, and an opinion is known": 1,
        "seen more than once": 1,
    }
    assert told(loop)[:2] == [("The Matrix", None, "2021-03-31"), ("Alien", None, "2021-05-02")]
    assert accounted_for(report)


def test_an_opinion_counts_though_the_film_was_seen_later(loop: MovieLoop, tmp_path: Path) -> None:
    seen = put(tmp_path / "seen.csv", "Title,Date\nAlien,5/2/21\n")
    import_history(loop, seen, "ada")
    import_history(loop, letterboxd(tmp_path), "ada")
    assert loop.users.profile("ada").likes == 1
    before = stored(loop)
    assert import_history(loop, letterboxd(tmp_path), "ada").imported == 0
    assert import_history(loop, seen, "ada").imported == 0
    assert stored(loop) == before


def test_a_household_must_say_who(loop: MovieLoop, tmp_path: Path) -> None:
    export = put_all(tmp_path, NETFLIX)
    with pytest.raises(InvalidInput, match="several people, 'Ada' and 'Bob' among them"):
        import_history(loop, export, "ada")
    with pytest.raises(InvalidInput, match="nobody called 'Eve'"):
        import_history(loop, export, "ada", profile="Eve")
    report = import_history(loop, export, "ada", profile="Ada")
    assert report.skipped["of another person"] == 1
    assert dict.fromkeys(title for title, _, _ in told(loop)) == {"Heat": None, "Alien": None}
    assert accounted_for(report)


def test_one_person_of_many_may_be_taken(loop: MovieLoop, tmp_path: Path) -> None:
    folder = put_all(tmp_path, MOVIELENS)
    with pytest.raises(InvalidInput, match="Choose one: --profile"):
        import_history(loop, folder, "ada")
    assert import_history(loop, folder, "ada", profile="2").imported == 1


def test_one_persons_file_has_no_profiles(loop: MovieLoop, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="one person's file"):
        import_history(loop, letterboxd(tmp_path), "ada", profile="Ada")
    with pytest.raises(InvalidInput, match="user_id"):
        import_history(loop, letterboxd(tmp_path), "")
    assert loop.users.list() == []


def fail_at(rows: int) -> Callable[[int, float], None]:
    """Make a progress that fails once so many rows are done."""

    def progress(done: int, _: float) -> None:
        if done >= rows:
            raise KeyboardInterrupt

    return progress


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person, "CHUNK", 2)


@pytest.mark.usefixtures("small_chunks")
def test_an_import_that_was_cut_short_is_finished_by_the_next(
    loop: MovieLoop, famous: Films, tmp_path: Path
) -> None:
    file = letterboxd(tmp_path, ",Heat,1995,x,5", ",Amélie,2001,x,1")
    with pytest.raises(KeyboardInterrupt):
        import_history(loop, file, "ada", progress=fail_at(2))
    assert len(told(loop)) == 2
    assert [*examine(loop, ["ada"])] == []
    steps: list[tuple[int, float]] = []
    report = import_history(loop, file, "ada", progress=lambda *step: steps.append(step))
    assert (report.imported, report.already_there) == (3, 2)
    assert steps == [(2, 0.4), (4, 0.8), (5, 1.0)]
    with MovieLoop.open(tmp_path / "other.db", films=famous) as other:
        import_history(other, file, "ada")
        assert [item[:2] for item in told(other)] == [item[:2] for item in told(loop)]
        assert other.users.profile("ada").profile == loop.users.profile("ada").profile


def test_a_file_of_likes_only(loop: MovieLoop, tmp_path: Path) -> None:
    films = [movie for movie in loop.live.space().catalog.movies if movie.year][:300]
    lines = [f'2021-03-05,"{film.title.replace(chr(34), "")}",{film.year},x,5' for film in films]
    report = import_history(loop, letterboxd(tmp_path, *lines), "eve")
    assert report.imported > 290 and accounted_for(report)
    assert loop.users.profile("eve").likes > 290
    assert len(loop.recommend("eve", n=5).recommendations) == 5


def test_films_without_letters_are_unmatched(loop: MovieLoop, tmp_path: Path) -> None:
    report = import_history(loop, letterboxd(tmp_path, "2021-03-05,???,1979,x,5"), "ada")
    assert [(film.film, film.candidates) for film in report.unmatched] == [("??? (1979)", ())]


def test_a_chunk_is_some_thousand_rows() -> None:
    assert 1_000 <= batches.CHUNK <= 10_000


def given(path: Path, stars: float) -> Path:
    """An export that says nothing but what Alien was given."""
    return put(path, f"{LETTERBOXD},Rating\n2021-03-01,Alien,1979,x,{stars}\n")


def test_the_newest_export_counts_also_when_it_goes_back_to_the_first(
    loop: MovieLoop, tmp_path: Path
) -> None:
    exports = [given(tmp_path / f"{i}.csv", stars) for i, stars in enumerate((4.5, 1, 4.5))]
    for export, rating in zip(exports, (1, 0, 1), strict=True):
        assert import_history(loop, export, "ada").imported == 1
        assert loop.users.history("ada").feedback[-1].rating == rating
    for export in (exports[2], exports[0]):
        assert import_history(loop, export, "ada").imported == 0  # it says what counts
    assert loop.users.profile("ada").likes == 1


def test_what_was_said_here_or_taken_back_here_is_not_said_again(
    loop: MovieLoop, tmp_path: Path
) -> None:
    export = given(tmp_path / "r.csv", 4.5)
    import_history(loop, export, "ada")
    loop.add_feedback("ada", "Alien", 0)
    assert import_history(loop, export, "ada").imported == 0
    assert loop.users.profile("ada").dislikes == 1
    import_history(loop, export, "bob")
    loop.undo(loop.users.history("bob").feedback[0].feedback_id)
    assert import_history(loop, export, "bob").imported == 0
    assert loop.users.history("bob").feedback == []


@pytest.mark.parametrize("first", ["like", "dislike"])
def test_two_rows_of_one_film_and_day_are_not_said_again(
    loop: MovieLoop, tmp_path: Path, first: str
) -> None:
    other = "dislike" if first == "like" else "like"
    file = put(tmp_path / "t.csv", "title,year,opinion,date\n" + "".join(
        f"Alien,1979,{word},2021-03-01\n" for word in (first, other)))  # fmt: skip
    assert import_history(loop, file, "ada").imported == 2
    assert import_history(loop, file, "ada").imported == 0


def test_two_films_of_one_name_and_year_are_told_apart_and_neither_is_taken(
    loop: MovieLoop, tmp_path: Path
) -> None:
    lines = [
        "2021-03-01,Emma,1996,https://boxd.it/aa,5",
        "2021-03-02,Emma,1996,https://boxd.it/bb,1",
    ]
    file = put(tmp_path / "r.csv", "\n".join([f"{LETTERBOXD},Rating", *lines]))
    report = import_history(loop, file, "ada")
    assert (report.read, report.imported, len(report.ambiguous)) == (2, 0, 2)
    assert accounted_for(report)


def test_wishes_join_the_watchlist_once_and_are_no_opinions(
    loop: MovieLoop, tmp_path: Path
) -> None:
    export = put_all(tmp_path / "lb", {
        "ratings.csv": f"{LETTERBOXD},Rating\n2021-03-01,Alien,1979,x,4.5\n",
        "watchlist.csv": f"{LETTERBOXD}\n2021-03-02,Heat,1995,x\n2021-03-03,Nowhere,2001,x\n",
    })  # fmt: skip
    dry = import_history(loop, export, "ada", dry_run=True)
    assert loop.watchlist.of("ada").watchlist == []
    report = import_history(loop, export, "ada")
    for told in (dry, report):
        assert (told.imported, told.wished, told.new_films) == (1, 2, 1)
    nowhere, heat = loop.watchlist.of("ada").watchlist
    assert (heat.title, f"{heat.added_at:%Y-%m-%d}") == ("Heat", "2021-03-02")
    assert nowhere.title == "Nowhere"  # it has joined the catalogue
    assert loop.users.profile("ada").feedback_count == 1
    again = import_history(loop, export, "ada")
    assert (again.wished, again.imported, again.already_there) == (0, 0, 3)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("watchlist.csv", f"{LETTERBOXD}\n2021-03-02,Heat,1995,x\n"),
        ("WATCHLIST.csv", "Const,Created,Title,Title Type,Year,Your Rating,Date Rated\n"
         "tt0113277,2021-03-02,Heat,Movie,1995,,\n"),
        ("watchlist-movies.csv", "TMDb ID,IMDb ID,Type,Name,Release Date,Your Rating,Date Rated\n"
         "949,tt0113277,movie,Heat,1995-12-15,,\n"),
        ("lists.json", '[{"listed_at": "2021-03-02T10:00:00Z", "movie": {"title": "Heat", '
         '"year": 1995, "ids": {}}}]'),
        ("simkl.json", '{"movies": [{"status": "plantowatch", "movie": {"title": "Heat", '
         '"year": 1995, "ids": {}}}]}'),
        ("films.csv", "title,year,rating,status\nHeat,1995,,Plan to watch\n"),
    ],
)  # fmt: skip
def test_every_service_has_its_watchlist(
    loop: MovieLoop, tmp_path: Path, name: str, text: str
) -> None:
    report = import_history(loop, put(tmp_path / name, text), "ada")
    assert (report.wished, report.imported) == (1, 0)
    assert [wish.title for wish in loop.watchlist.of("ada").watchlist] == ["Heat"]
