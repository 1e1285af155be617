"""Importing many people: they become users, their films join, and everything goes on working."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop, NoPointYet
from movieloop.errors import InvalidInput
from movieloop.importers import community, import_community
from movieloop.recommender.doctor import examine, examine_file
from movieloop.recommender.filters import Filters
from tests.conftest import assert_problem
from tests.importers.importable import MOVIELENS, put, put_all
from tests.importers.test_person import LINES, accounted_for, fail_at, stored

OWN = 9_000_000_000
MANY = {
    "movies.csv": "movieId,title,genres\n"
    "1,Alien (1979),Horror\n"
    '2,"Holy Nothing, The (1960)",Children|Odd\n'
    "3,Numbered (1970),Drama\n"
    '4,"Holy Nothing, The (1960)",Children|Odd\n'
    "5,Frozen,Drama\n",
    "links.csv": "movieId,imdbId,tmdbId\n1,0078748,\n3,987654321,\n",
    "ratings.csv": "userId,movieId,rating,timestamp\n"
    "7,1,5,964982703\n7,2,5,964982704\n8,3,1,964982705\n8,4,3,\n8,5,3,964982705\n9,1,1,964982705\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put_all(tmp_path / "many", MANY)


@pytest.fixture
def crowded(loop: MovieLoop, folder: Path) -> MovieLoop:
    import_community(loop, folder)
    return loop


def test_people_and_films_join(loop: MovieLoop, folder: Path) -> None:
    report = import_community(loop, folder)
    assert (report.read, report.imported, report.new_films) == (6, 5, 2)
    assert [film.film for film in report.ambiguous] == ["Frozen"]
    assert accounted_for(report)
    assert loop.users.list() == ["many:7", "many:8", "many:9"]
    assert [item.title for item in loop.users.history("many:7").feedback] == [
        "Alien",
        "The Holy Nothing",
    ]
    catalog = loop.live.space().catalog
    nothing = catalog.find("The Holy Nothing")
    assert (nothing.movie_id, nothing.year, nothing.genres) == (OWN, 1960, ("Family", "Odd"))
    numbered = catalog.find("Numbered")
    assert (numbered.movie_id, numbered.imdb_id) == (987654321, "tt987654321")
    assert [item.rank_before for item in loop.users.history("many:7").feedback] == [None, None]


def test_profiles_are_folded_when_people_come_back(crowded: MovieLoop) -> None:
    with crowded.store.read() as session:
        assert session.checkpoint("many:7") is None
    assert [*examine_file(crowded), *examine(crowded, crowded.users.list())] == []
    crowded.add_feedback("bob", "Alien", 1)
    assert crowded.users.profile("many:7").profile == crowded.users.profile("bob").profile
    crowded.add_feedback("many:7", "Heat", 1)
    with crowded.store.read() as session:
        assert session.checkpoint("many:7") is not None
    assert [*examine(crowded, crowded.users.list())] == []


def test_importing_again_changes_nothing(crowded: MovieLoop, folder: Path) -> None:
    before = stored(crowded)
    again = import_community(crowded, folder)
    assert (again.imported, again.already_there, again.new_films) == (0, 5, 0)
    assert stored(crowded) == before


def test_new_ratings_drop_the_profile_that_has_not_learned_them(
    crowded: MovieLoop, folder: Path
) -> None:
    crowded.add_feedback("many:7", "Heat", 1)
    crowded.add_feedback("many:8", "Heat", 1)
    put(folder / "ratings.csv", MANY["ratings.csv"].split("8,")[0] + "7,3,1,900000000\n")
    assert import_community(crowded, folder).imported == 1
    with crowded.store.read() as session:
        assert session.checkpoint("many:7") is None
        assert session.checkpoint("many:8") is not None
    assert [*examine(crowded, crowded.users.list())] == []


def test_a_dry_run_stores_nothing(loop: MovieLoop, folder: Path) -> None:
    before = stored(loop)
    report = import_community(loop, folder, dry_run=True)
    assert (report.imported, report.new_films, report.dry_run) == (5, 2, True)
    assert stored(loop) == before
    import_community(loop, folder)
    report = import_community(loop, folder, dry_run=True)
    assert (report.imported, report.already_there, report.new_films) == (0, 5, 0)


def test_an_import_that_was_cut_short_is_finished_by_the_next(
    loop: MovieLoop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(community, "CHUNK", 2)
    with pytest.raises(KeyboardInterrupt):
        import_community(loop, folder, progress=fail_at(2))
    assert loop.users.list() == ["many:7"]
    steps: list[tuple[int, float]] = []
    report = import_community(loop, folder, progress=lambda *step: steps.append(step))
    assert (report.imported, report.already_there, report.new_films) == (3, 2, 1)
    assert [rows for rows, _ in steps] == [2, 4, 6]
    assert 0 < steps[0][1] <= steps[1][1] <= steps[2][1] == 1.0


def test_the_set_may_be_given_a_name(loop: MovieLoop, folder: Path) -> None:
    import_community(loop, folder, name="friends")
    assert loop.users.list()[0] == "friends:7"
    with pytest.raises(InvalidInput, match="user_id"):
        import_community(loop, folder, name="a\nb")


def test_a_person_without_a_proper_name_is_a_bad_row(loop: MovieLoop, folder: Path) -> None:
    put(folder / "ratings.csv", "userId,movieId,rating\na\x07b,1,5\n" + "x" * 200 + ",1,5\n7,1,5\n")
    report = import_community(loop, folder)
    assert (report.imported, [row.line for row in report.bad_rows]) == (1, [2, 3])


def test_one_persons_history_is_no_community(loop: MovieLoop, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="one person's history"):
        import_community(loop, put(tmp_path / "x.csv", "\n".join(LINES)))
    assert loop.users.list() == []


def test_a_number_that_is_taken_gives_way(lesson: MovieLoop, tmp_path: Path) -> None:
    """The lesson's five films have the numbers 1 to 5, which are IMDb numbers too."""
    put(tmp_path / "m.dat", "1::0000001::9::1381945744\n1::0000009::9::1381945744\n")
    report = import_community(lesson, tmp_path / "m.dat")
    assert report.new_films == 2
    assert [item.movie_id for item in lesson.users.history("movietweetings:1").feedback] == [OWN, 9]
    catalog = lesson.live.space().catalog
    assert (catalog.get(OWN).label, catalog.get(OWN).imdb_id) == ("tt0000001", "tt0000001")


def test_a_film_known_by_number_gets_its_name_later(lesson: MovieLoop, tmp_path: Path) -> None:
    ratings = {"ratings.dat": "1::0000009::9::1381945744\n"}
    import_community(lesson, put_all(tmp_path / "tweets", ratings))
    assert lesson.movies.get(9).title == "tt0000009"
    films = {"movies.dat": "0000009::Miss Jerry (1894)::Romance\n"}
    report = import_community(lesson, put_all(tmp_path / "tweets", films))
    assert (report.already_there, report.new_films) == (1, 0)
    assert (lesson.movies.get(9).title, lesson.movies.get(9).year) == ("Miss Jerry", 1894)


def test_films_without_a_point_can_be_rated_listed_and_searched(crowded: MovieLoop) -> None:
    loop, points = crowded, crowded.models.live().movies
    assert len(loop.live.space().catalog.movies) == points + 2
    assert loop.movies.search("holy nothing").movies[0].movie_id == OWN
    assert loop.movies.search(genre="odd").total_movies == 1
    assert loop.movies.get("The Holy Nothing").coordinates is None
    assert loop.movies.similar("The Holy Nothing").similar == []
    answer = loop.add_feedback("ada", "The Holy Nothing", 1, n=3)
    assert "no point yet" in answer.message
    assert answer.rank_before is None and answer.change is not None
    assert loop.preview("ada", OWN, 0).change.moves == []
    loop.add_feedback("ada", "Alien", 1)
    assert loop.users.profile("ada").likes == 2
    assert loop.recommend("ada", explain=True).recommendations
    assert loop.recommend("ada", filters=Filters(genre="Odd")).recommendations == []
    assert loop.explain("ada", "Heat").ratings
    with pytest.raises(NoPointYet, match=r"'The Holy Nothing \(1960\)' has no point yet"):
        loop.explain("ada", OWN)
    assert loop.onboarding("ada").movies and loop.users.progress("ada").prompted_likes == 1
    assert [item.title for item in loop.users.export("ada").feedback] == [
        "The Holy Nothing",
        "Alien",
    ]
    loop.undo(answer.feedback_id)
    assert loop.recommend_session([(OWN, 1), ("Alien", 1)]).recommendations
    assert [*examine_file(loop), *examine(loop, loop.users.list())] == []


def test_the_http_api_copes_with_films_without_a_point(
    crowded: MovieLoop, client: TestClient
) -> None:
    assert crowded.users.list()
    assert client.get(f"/movies/{OWN}").json()["title"] == "The Holy Nothing"
    assert client.get(f"/movies/{OWN}/similar").json()["similar"] == []
    assert_problem(client.get(f"/user/ada/why/{OWN}"), 404, "has no point yet")
    body = {"user_id": "ada", "movie_id": OWN, "rating": 1}
    assert client.post("/feedback?n=3", json=body).status_code == 200
    assert client.post("/preview", json=body).status_code == 200


def test_other_loops_and_processes_notice_new_films(
    loop: MovieLoop, folder: Path, database: Path
) -> None:
    with MovieLoop.open(database) as other:
        assert (
            other.movies.search("holy nothing").total_movies
            == loop.movies.search("holy nothing").total_movies
        )
        before = other.live.space()
        assert other.live.space() is before
        command = [sys.executable, "-m", "movieloop", "import", str(folder), "--community"]
        said = subprocess.run(
            [*command, "--json", "--database", str(database)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert json.loads(said.stdout)["new_films"] == 2
        for seeing in (loop, other):
            assert seeing.movies.get("The Holy Nothing").movie_id == OWN
        after = other.live.space()
        assert after.embeddings is before.embeddings
        assert other.live.space() is after


def test_the_example_set_joins_without_its_second_film(loop: MovieLoop, tmp_path: Path) -> None:
    report = import_community(loop, put_all(tmp_path / "tiny", MOVIELENS))
    assert accounted_for(report)
    assert loop.users.history("tiny:1").feedback[0].title == "The Matrix"
