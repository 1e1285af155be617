"""The application: opened when it starts, closed when it stops, and described completely."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.errors import StoreError


def test_the_loop_is_opened_with_the_server_and_closed_with_it(database: Path) -> None:
    opened: list[MovieLoop] = []

    def open_loop() -> MovieLoop:
        opened.append(MovieLoop.open(database))
        return opened[-1]

    app = create_app(open_loop)
    assert opened == []
    with TestClient(app) as client:
        assert client.get("/readyz").status_code == 200
        assert len(opened) == 1
    with pytest.raises(StoreError, match="closed"):
        opened[0].add_feedback("ada", "Alien", 1)


def test_every_problem_and_the_key_are_described() -> None:
    for require_key in (False, True):
        document = create_app(lambda: MovieLoop.open(":memory:"), require_key=require_key).openapi()
        assert "Problem" in document["components"]["schemas"]
        assert ("securitySchemes" in document["components"]) == require_key
        for path, methods in document["paths"].items():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if status.startswith(("4", "5")):
                        assert list(answer["content"]) == ["application/problem+json"], path


def test_a_title_of_ones_own_stands_in_the_documentation() -> None:
    app = create_app(lambda: MovieLoop.open(":memory:"), title="Film club", about="Ours.")
    assert app.openapi()["info"]["title"] == "Film club"
    assert app.openapi()["info"]["description"] == "Ours."
