"""A worker process serves what the first process was told to serve."""

import os
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from movieloop.api.metrics import SHARED
from movieloop.cli.serve_worker import application, from_environment, telling_workers
from movieloop.recommender.loop import MovieLoop
from movieloop.settings import Settings, load_settings


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    # A worker ends with its parent; the tests, who call it in their own process, do not.
    monkeypatch.setattr("movieloop.cli.serve_worker.end_with_parent", lambda: None)
    return Settings(
        database=Path("relative.db"), retrain_after=7, busy_timeout=0.5, insecure=True,
        host="192.0.2.7", allowed_hosts=("films.example.org", "*.example.net"),
        trusted_proxies=("10.0.0.0/8",),
    )  # fmt: skip


def test_workers_read_what_the_first_process_was_told(told: Settings) -> None:
    with telling_workers(told):
        read = load_settings()
        shared = Path(os.environ[SHARED])
        assert shared.is_dir()
    assert not shared.exists()
    assert read.database == Path("relative.db").resolve()
    for name in ("host", "retrain_after", "busy_timeout", "insecure", "allowed_hosts",
                 "trusted_proxies"):  # fmt: skip
        assert getattr(read, name) == getattr(told, name), name


def test_a_worker_answers_for_that_database(told: Settings, database: Path) -> None:
    with (
        telling_workers(told.model_copy(update={"database": database})),
        TestClient(from_environment()) as client,
    ):
        body = {"user_id": "ada", "movie_name": "Alien", "rating": 1}
        assert client.post("/feedback", json=body).json()["retrained"] is False
    with MovieLoop.open(database) as loop:
        assert loop.users.list() == ["ada"]


@pytest.mark.parametrize(
    ("host", "insecure", "status"),
    [("127.0.0.1", False, 200), ("192.0.2.7", False, 401), ("192.0.2.7", True, 200)],
)
def test_a_key_is_asked_for_where_others_can_reach_the_server(
    host: str, insecure: bool, status: int
) -> None:
    settings = Settings(host=host, insecure=insecure)
    with TestClient(application(settings, lambda: MovieLoop.open(":memory:"))) as client:
        assert client.get("/recommend/ada").status_code == status
