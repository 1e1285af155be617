"""The program as people run it: every command, every setting, every way to be wrong."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

import movieloop
from movieloop import MovieLoop
from movieloop.cli import app
from movieloop.data import packaged_films
from movieloop.recommender.snapshot import Filters
from movieloop.settings import Settings
from tests.store.test_crash import PATIENCE, free_port, serving

COMMANDS = {
    command.name or command.callback.__name__: command.callback.__doc__ or ""
    for command in app.registered_commands
    if command.callback
}
KEY_SHOWN = "API key, shown only now: "


def run(*arguments: str | Path, **settings: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one command; `settings` are MOVIELOOP_* variables."""
    variables = {f"MOVIELOOP_{name.upper()}": str(value) for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "movieloop", *map(str, arguments)],
        env={**os.environ, "COLUMNS": "200", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def say(*arguments: str | Path, **settings: str | Path) -> str:
    """Run a command that must succeed; give what it prints."""
    answer = run(*arguments, **settings)
    assert (answer.returncode, answer.stderr) == (0, "")
    return answer.stdout


@pytest.fixture(scope="module")
def helps() -> dict[str, str]:
    """What `--help` prints, by command; "" is the program itself."""
    runner = CliRunner(env={"COLUMNS": "200"})
    answers = {name: runner.invoke(app, [*name.split(), "--help"]) for name in ("", *COMMANDS)}
    assert {answer.exit_code for answer in answers.values()} == {0}
    return {name: answer.stdout for name, answer in answers.items()}


def test_every_command_explains_itself(helps: dict[str, str]) -> None:
    usual = "serve recommend rate undo why movies profile history export forget doctor"
    assert set(usual.split()) <= COMMANDS.keys()
    for name, docstring in COMMANDS.items():
        assert f" {name} " in helps[""]
        assert f"movieloop {name} " in helps[name]
        assert docstring.splitlines()[0] in helps[name]


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_explained(setting: str, helps: dict[str, str]) -> None:
    assert f" --{setting.replace('_', '-')} " in helps["serve"]
    assert f"_{setting.upper()}" in helps[""]


def test_a_person_uses_every_command(database: Path) -> None:
    def ada(*arguments: str) -> str:
        return say(*arguments, database=database)

    assert ada("--version") == f"movieloop {movieloop.__version__}\n"
    said = ada("rate", "ada", "Alien", "like", "-n", "3")
    assert "ada likes 'Alien (1979)'. The profile has learned it." in said
    assert "1  Aliens (1986)" in said
    assert "Take it back: movieloop undo 1" in said
    assert json.loads(ada("rate", "ada", "Titanic", "dislike", "--json"))["feedback_id"] == 2
    assert "ada has seen 'Heat (1995)'" in ada("rate", "ada", "Heat", "seen")

    rows = ada("recommend", "ada", "-n", "3").splitlines()
    assert len(rows) == 4
    assert "Aliens (1986)" in rows[1] and rows[1].split()[-2:] == ["Alien,", "Heat"]
    assert "Aliens (1986) is number 1 for ada" in ada("why", "ada", "Aliens")
    assert "Spirited Away (2001)" in ada("movies", "spirted away")
    assert "ada: 1 liked, 1 disliked, 1 seen" in ada("profile", "ada")
    assert "Undone: ada dislikes 'Titanic (1997)'." in ada("undo", "2")
    history = ada("history", "ada")
    assert "Alien (1979)" in history and "Heat (1995)" in history and "Titanic" not in history
    exported = json.loads(ada("export", "ada"))
    assert [item["title"] for item in exported["feedback"]] == ["Alien", "Heat"]
    assert ada("forget", "ada", "-y") == "Forgotten: 4 lines of the log.\n"
    assert ada("history", "ada") == "No ratings yet.\n"


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


def assert_one_line(answer: subprocess.CompletedProcess[str], says: str) -> None:
    assert (answer.returncode, answer.stdout) == (1, "")
    (line,) = answer.stderr.splitlines()
    assert line.startswith("movieloop: ")
    assert says in line


def test_a_command_used_wrongly_exits_with_2(database: Path) -> None:
    answer = run("rate", "ada", "Alien", "love", database=database)
    assert answer.returncode == 2
    assert "'like'" in answer.stderr and "Traceback" not in answer.stderr
    assert not database.exists()


def test_a_wrong_setting_is_one_line_that_names_it(database: Path, tmp_path: Path) -> None:
    assert_one_line(run("movies", database=database, port="ninety"), "MOVIELOOP_PORT")
    config = tmp_path / "settings.toml"
    config.write_text("prot = 9000")
    assert_one_line(run("movies", database=database, config=config), str(config))
    assert not database.exists()


def test_an_option_beats_a_variable_that_beats_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("movieloop.toml").write_text('database = "file.db"\nretrain_after = 3\n')
    said = say("profile", "ada")
    assert "learns after 3" in said
    assert "learns after 2" in say("profile", "ada", database="variable.db", retrain_after="2")
    say("profile", "ada", "--database", "option.db", database="unused.db")
    assert sorted(path.name for path in tmp_path.glob("*.db")) == [
        "file.db",
        "option.db",
        "variable.db",
    ]


def test_a_taken_port_is_one_line(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        answer = run("serve", "--port", port, database=database, port=str(free_port()))
    assert_one_line(answer, f"Cannot listen at 127.0.0.1:{port}")
    assert "--port" in answer.stderr


def test_listening_to_everybody_asks_for_a_key_that_is_shown_once(database: Path) -> None:
    log = database.with_name("serve.log")
    with serving(database, ["serve", "--host", "0.0.0.0"]) as (_, url):
        start = log.read_text()
        assert url.replace("127.0.0.1", "0.0.0.0") in start.splitlines()[0]
        key = start.split(KEY_SHOWN)[1].split()[0]
        refused = httpx2.get(f"{url}/recommend/ada")
        assert (refused.status_code, refused.json()["title"]) == (401, "API key needed")
        assert httpx2.get(f"{url}/recommend/ada", headers={"X-API-Key": key}).is_success
    with serving(database, ["serve", "--host", "0.0.0.0"]) as (_, url):
        assert httpx2.get(f"{url}/recommend/ada").status_code == 401
        assert httpx2.get(f"{url}/recommend/ada", headers={"X-API-Key": key}).is_success
    assert log.read_text().count(KEY_SHOWN) == log.read_text().count(key) == 1
    with serving(database, ["serve", "--host", "0.0.0.0", "--insecure"]) as (_, url):
        assert httpx2.get(f"{url}/recommend/ada").is_success
    assert log.read_text().count("API key") == 2


def test_movieloop_alone_says_where_it_is_and_opens_the_browser(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{opened}"\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.setenv("DISPLAY", ":0")
    log = database.with_name("serve.log")
    with serving(database, []) as (server, url):
        films = f"{len(packaged_films()[0]):,} films"
        start = log.read_text().splitlines()[0]
        for part in (f"movieloop {movieloop.__version__}", url, films, str(database)):
            assert part in start
        deadline = time.monotonic() + PATIENCE
        while not (opened.exists() and opened.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert opened.read_text() == url
        server.send_signal(signal.SIGINT)
        interrupted = 128 + signal.SIGINT
        assert server.wait(PATIENCE) == interrupted
    assert len(log.read_text().split("Ctrl+C")[1].strip()) == 0
