"""Every block of code in the documentation is run, or at least understood by what it is meant for.

A block of a new kind fails here until something checks it.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.cli.main import app
from tests.importers.media_servers.servers import (
    TOKEN,
    adding_films,
    speaking,
    taking_requests,
    trakt,
)
from tests.served import served

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
LOCAL = "localhost:8000"
# What checks the blocks of a language, besides what is here.
CHECKED = {
    "caddyfile": "nothing: there is no Caddy in the tests",
    "console": "test_readme.py runs it",
    "csv": "here: it is imported",
    "ini": "test_self_hosting.py: systemd reads it",
    "json": "here: it is read",
    "nginx": "api/test_proxies.py: nginx serves with it",
    "python": "test_readme.py, test_clients_page.py, and here what only needs NumPy",
    "sh": "here: every movieloop and make is understood, what can be run is run",
    "text": "test_readme.py: it is what the block before prints",
    "ts": "test_clients_page.py runs it",
    "yaml": "here: it is read",
    "": "no code: a formula or a picture",
}


def blocks(page: Path) -> list[tuple[str, str]]:
    return re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text(), re.DOTALL | re.MULTILINE)


ALL = [(page.name, language, text) for page in PAGES for language, text in blocks(page)]
INLINE = [
    (page.name, " ".join(code.split()))
    for page in PAGES
    for code in re.findall(r"(?<!`)`(movieloop [a-z][^`]*)`", page.read_text())
    if not re.search(r"movieloop \d|\.\.\.|\.db|= ", code)
]
LINES = [
    (page, line.strip())
    for page, language, text in ALL
    if language in ("sh", "console", "ini")
    for line in text.replace("\\\n", " ").splitlines()
]


def called(program: str) -> list[tuple[str, str]]:
    """Every way a page calls a program, variables and prompts before it taken off."""
    found = []
    for page, line in LINES:
        match = re.search(rf"(?:^|\s|[/=\"]){program}(?= |$)(.*)", line)
        if match and not line.startswith(("#", "movieloop 0", "sudo", "Description=")):
            if program == "movieloop" and re.match(r"(podman|pip|createdb|systemctl)", line):
                continue
            found.append((page, f"{program}{match[1]}"))
    return found


@pytest.mark.parametrize(("page", "language"), sorted({(page, kind) for page, kind, _ in ALL}))
def test_something_checks_every_language(page: str, language: str) -> None:
    assert language in CHECKED, page


@pytest.mark.parametrize(("page", "line"), sorted({*called("movieloop"), *INLINE}))
def test_the_program_understands_every_line(
    page: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page
    monkeypatch.setenv("MOVIELOOP_SERVER_TOKEN", TOKEN)
    words = shlex.split(line, comments=True)[1:]
    try:
        understand(words)
    except Exception as error:
        # In the text a command may be named alone; --help prints and ends.
        named = (page, line) in INLINE and type(error).__name__ == "MissingParameter"
        if not (named or getattr(error, "exit_code", None) == 0):
            raise


def understand(words: list[str]) -> None:
    """Read a line as the program does, without running it."""
    command: Any = typer.main.get_command(app)
    context = command.make_context("movieloop", words)
    while hasattr(command, "resolve_command"):
        rest = [*context._protected_args, *context.args]
        if not rest:  # `movieloop` alone serves
            return
        name, command, rest = command.resolve_command(context, rest)
        context = command.make_context(name, rest, parent=context)


@pytest.mark.parametrize(("page", "line"), called("make"))
def test_make_knows_every_target(page: str, line: str) -> None:
    target = shlex.split(line, comments=True)[1]
    assert re.search(rf"(?m)^{target}:", (ROOT / "Makefile").read_text()), page


@pytest.mark.parametrize("text", [text for _, language, text in ALL if language == "sh"])
def test_a_shell_can_read_it(text: str) -> None:
    subprocess.run(["sh", "-n"], input=text, text=True, check=True)


@pytest.mark.parametrize(
    ("language", "text"), [(kind, text) for _, kind, text in ALL if kind in ("json", "yaml")]
)
def test_data_can_be_read(language: str, text: str) -> None:
    assert json.loads(text) if language == "json" else yaml.safe_load(text)


# What is run, one page after the other, each on a database of its own.


def shell(folder: Path) -> dict[str, str]:
    """The environment of somebody who has installed movieloop and reads along."""
    program = folder / "bin" / "movieloop"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m movieloop "$@"\n')
    program.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "MOVIELOOP_DATABASE": str(folder / "movieloop.db"),
        "MOVIELOOP_SERVER_TOKEN": TOKEN,
        "COLUMNS": "200",
    }


def run(text: str, folder: Path, environment: dict[str, str]) -> str:
    said = subprocess.run(
        ["sh", "-e"], input=text, cwd=folder, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    return said.stdout


def block(page: str, begins: str) -> str:
    """The one block of a page that holds a line."""
    (found,) = [text for name, _, text in ALL if name == page and begins in text]
    return found


@pytest.mark.slow
def test_keys_are_made_listed_and_revoked(tmp_path: Path) -> None:
    environment = shell(tmp_path)
    said = run(block("self-hosting.md", "movieloop keys add"), tmp_path, environment)
    assert said.count("ml_") >= 3 and "wall" in said and "ada" in said


@pytest.mark.slow
def test_a_backup_is_made_and_restored(tmp_path: Path) -> None:
    text = block("self-hosting.md", "movieloop restore").replace("/mnt/disk", str(tmp_path / "d"))
    text = re.sub(r"movieloop-\w+\.db --yes", "movieloop-*.db --yes", text)
    (tmp_path / "d").mkdir()
    environment = shell(tmp_path)
    run("movieloop rate ada Alien like", tmp_path, environment)
    run(text, tmp_path, environment)
    assert "Alien" in run("movieloop history ada", tmp_path, environment)


@pytest.mark.slow
def test_a_media_server_is_connected_and_asked(tmp_path: Path) -> None:
    first, then, who = (
        block("media-servers.md", line)
        for line in ("connect jellyfin http", "connect server", "connect person")
    )
    environment = shell(tmp_path)
    with speaking("jellyfin") as fake:
        first = first.replace("http://nas.home:8096", f"{fake.address} --yes")
        assert "/hooks/jellyfin/" in run(first, tmp_path, environment)
        then = then.replace("http://nas.home:8096", fake.address)
        assert "Ada has watched or loves 1" in run(then, tmp_path, environment)
        assert "Ada is nobody yet, 1 wait" in run(who.splitlines()[0], tmp_path, environment)
        run(who, tmp_path, environment)
        assert "Alien" in run("movieloop history ada", tmp_path, environment)


@pytest.mark.slow
def test_trakt_is_connected_and_asked(tmp_path: Path) -> None:
    text = block("media-servers.md", "connect trakt")
    environment = shell(tmp_path)
    with trakt() as fake:
        (tmp_path / "sitecustomize.py").write_text(
            "import movieloop.importers.media_servers.following as following\n"
            f"following.HOME = {fake.address!r}\n"
        )
        environment["PYTHONPATH"] = f"{tmp_path}:{environment.get('PYTHONPATH', '')}"
        fake.ratings = [
            {
                "rated_at": "2024-01-01T00:00:00Z",
                "rating": 9,
                "movie": {"title": "Alien", "year": 1979},
            }
        ]
        run(text.replace("ada_l", "Ada_L"), tmp_path, environment)
        assert "Alien" in run("movieloop history ada", tmp_path, environment)


@pytest.mark.slow
def test_a_seerr_or_a_radarr_is_connected(tmp_path: Path) -> None:
    environment = shell(tmp_path)
    with taking_requests() as seerr, adding_films() as radarr:
        radarr.qualities = ["Any", "HD-1080p"]
        text = block("media-servers.md", "connect requests")
        text = text.replace("http://nas.home:5055", seerr.address)
        said = run(text.replace("http://nas.home:7878", radarr.address), tmp_path, environment)
    assert "Seerr answers; requests are made as Ada." in said
    assert "Radarr answers; films are added in HD-1080p to /films." in said


def test_a_plain_table_is_imported(tmp_path: Path) -> None:
    (tmp_path / "films.csv").write_text(block("importing.md", "title,year,rating,date"))
    environment = shell(tmp_path)
    said = run("movieloop import films.csv --user ada --dry-run", tmp_path, environment)
    assert "2" in said


@pytest.mark.slow
def test_films_are_added(tmp_path: Path) -> None:
    added = [line for line in block("README.md", "films add").splitlines() if " add " in line]
    environment = shell(tmp_path)
    assert "The Quiet Orbit" in run(added[0], tmp_path, environment)


def test_the_readme_s_lines_for_curl_are_answered(loop: MovieLoop, tmp_path: Path) -> None:
    text = block("README.md", f"curl {LOCAL}/recommend").replace("curl", "curl -sSf")
    environment = shell(tmp_path)
    with served(create_app(lambda: loop)) as url:
        run(text.replace(LOCAL, url.removeprefix("http://")), tmp_path, environment)
        assert [item.title for item in loop.users.history("ada").feedback] == ["Titanic"]


def test_the_import_s_lines_for_curl_are_answered(database: Path, tmp_path: Path) -> None:
    first, second, third = block("importing.md", "respond-async").splitlines()
    (tmp_path / "FILE").write_text(block("importing.md", "title,year,rating,date"))
    with (
        MovieLoop.open(database) as loop,
        served(create_app(lambda: loop)) as url,
    ):
        environment = shell(tmp_path)

        def curl(line: str) -> str:
            line = line.replace(LOCAL, url.removeprefix("http://"))
            return run(line.replace("curl", "curl -sS", 1), tmp_path, environment)

        said = curl(first)
        assert " 202 " in said
        (number,) = re.findall(r"(?i)^location: .*/([\w-]+)\s*$", said, re.MULTILINE)
        assert number in curl(second)
        curl(third.replace("IMPORT_ID", number))


def test_the_idea_in_two_lines_is_the_arithmetic_of_its_comments() -> None:
    import numpy as np

    profile, movie = np.array([0.0, 1.0]), np.array([1.0, 3.0])
    here = {"profile": profile, "movie": movie, "movies": np.array([movie, profile])}
    text = block("README.md", "from movieloop.taste import")
    exec(text, here)
    assert here["profile"] == pytest.approx([0.3, 1.6])
