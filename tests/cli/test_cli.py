"""The program as people run it: every command, every setting, every way to be wrong."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import movieloop
from movieloop import MovieLoop
from movieloop.recommender.filters import Filters
from tests.cli.running import COMMANDS, assert_one_line, run, say


def test_every_command_explains_itself(helps: dict[str, str]) -> None:
    usual = "serve recommend rate undo why movies profile history export forget doctor"
    assert set(usual.split()) <= COMMANDS.keys()
    for name, docstring in COMMANDS.items():
        assert f" {name.split()[0]} " in helps[""]
        assert f"movieloop {name} " in helps[name]
        assert docstring.splitlines()[0] in helps[name]


def test_a_person_uses_every_command(database: Path) -> None:
    def ada(*arguments: str) -> str:
        return say(*arguments, database=database)

    assert ada("--version") == f"movieloop {movieloop.__version__}\n"
    said = ada("rate", "ada", "Alien", "like", "-n", "3")
    assert "ada likes 'Alien (1979)'. The profile has learned it." in said
    assert "  Aliens (1986)" in said
    assert "Take it back: movieloop undo 1" in said
    assert json.loads(ada("rate", "ada", "Titanic", "dislike", "--json"))["feedback_id"] == 2
    assert "ada has seen 'Heat (1995)'" in ada("rate", "ada", "Heat", "seen")

    rows = ada("recommend", "ada", "-n", "3").splitlines()
    assert len(rows) == 4
    assert all(row.split()[-1] in ("Alien", "Heat") for row in rows[1:])
    assert "Aliens (1986) is number " in ada("why", "ada", "Aliens")
    assert "Spirited Away (2001)" in ada("movies", "spirted away")
    assert "ada: 1 liked, 1 disliked, 1 seen" in ada("profile", "ada")
    assert "Undone: ada dislikes 'Titanic (1997)'." in ada("undo", "2")
    history = ada("history", "ada")
    assert "Alien (1979)" in history and "Heat (1995)" in history and "Titanic" not in history
    exported = json.loads(ada("export", "ada"))
    assert [item["title"] for item in exported["feedback"]] == ["Alien", "Heat"]
    assert ada("forget", "ada", "-y") == "Forgotten: 4 lines of the log.\n"
    assert ada("history", "ada") == "No ratings yet.\n"


@pytest.fixture
def loop(everything: MovieLoop) -> MovieLoop:
    """All packaged films, as the command line opens them."""
    return everything


def test_one_answer_through_python_http_and_the_command_line(
    loop: MovieLoop, client: TestClient
) -> None:
    for title, rating in (("Alien", 1), ("Titanic", 0), ("Heat", None)):
        loop.add_feedback("ada", title, rating)

    def command_line(*arguments: str) -> object:
        return json.loads(say(*arguments, "--json", database=loop.store.path))

    def http(path: str) -> object:
        return client.get(path).raise_for_status().json()

    recommended = loop.recommend("ada", n=7, filters=Filters("Drama", 1980), explain=True)
    assert len(recommended.recommendations) == 7
    assert (
        command_line("recommend", "ada", "-n", "7", "--genre", "Drama", "--year-from", "1980")
        == http("/recommend/ada?n=7&genre=Drama&year_from=1980&explain=true")
        == recommended.model_dump(mode="json")
    )
    rows = loop.rows("ada", n=4).model_dump(mode="json")
    assert command_line("rows", "ada", "-n", "4") == http("/user/ada/rows?n=4") == rows
    varied = Filters(variety=0.4, wishes=(("Western", 1.0),))
    answer = loop.recommend("ada", n=5, filters=varied, explain=True).model_dump(mode="json")
    options = ("--variety", "0.4", "--wish", "Western:1.0")
    assert command_line("recommend", "ada", "-n", "5", *options) == answer
    profile = loop.users.profile("ada").model_dump(mode="json")
    assert command_line("profile", "ada") == http("/user/ada/profile") == profile
    movies = loop.movies.search("alien", limit=5).model_dump(mode="json")
    assert command_line("movies", "alien", "-n", "5") == http("/movies?q=alien&limit=5") == movies
    why = loop.explain("ada", "Aliens").model_dump(mode="json")
    assert command_line("why", "ada", "Aliens") == why
    assert http(f"/user/ada/why/{why['movie']['movie_id']}") == why


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["rate", "ada", "Dye Hard", "like"], "called 'Dye Hard'. Did you mean 'Die Hard (1988)'"),
        (["undo", "7"], "There is no feedback 7"),
    ],
)
def test_a_mistake_is_one_line(arguments: list[str], says: str, database: Path) -> None:
    assert_one_line(run(*arguments, database=database), says)


def test_a_command_used_wrongly_exits_with_2(database: Path) -> None:
    answer = run("rate", "ada", "Alien", "love", database=database)
    assert answer.returncode == 2
    assert "'like'" in answer.stderr and "Traceback" not in answer.stderr
    assert not database.exists()
