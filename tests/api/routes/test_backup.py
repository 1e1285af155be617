"""GET /backup hands out everything, and only with the key where one is asked."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.store.api_keys import create_key


@pytest.mark.sqlite
def test_the_copy_opens_and_holds_what_was_said(database: Path, tmp_path: Path) -> None:
    with TestClient(create_app(lambda: MovieLoop.open(database))) as client:
        like = {"user_id": "ada", "movie_name": "Alien (1979)", "rating": 1}
        assert client.post("/feedback", json=like).status_code == 200
        answer = client.get("/backup", headers={"Accept-Encoding": "identity"})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/vnd.sqlite3"
        assert int(answer.headers["content-length"]) == len(answer.content)
        assert 'filename="movieloop-' in answer.headers["content-disposition"]
        assert [file for file in database.parent.iterdir() if file.is_dir()] == []
    (tmp_path / "copy.db").write_bytes(answer.content)
    with MovieLoop.open(tmp_path / "copy.db") as loop:
        assert [item.title for item in loop.users.history("ada").feedback] == ["Alien"]


def test_where_a_key_is_asked_nobody_gets_it_without(database: Path) -> None:
    with MovieLoop.open(database) as loop:
        key = create_key(loop.store)
    app = create_app(lambda: MovieLoop.open(database), require_key=True)
    with TestClient(app) as client:
        assert client.get("/backup").status_code == 401
        assert client.get("/backup", headers={"X-API-Key": key}).status_code == 200


@pytest.mark.sqlite
def test_a_server_whose_file_is_gone_is_not_ready(database: Path, tmp_path: Path) -> None:
    with TestClient(create_app(lambda: MovieLoop.open(database))) as client:
        assert client.get("/readyz").status_code == 200
        database.rename(tmp_path / "away.db")
        like = {"user_id": "ada", "movie_name": "Alien (1979)", "rating": 1}
        for answer in (client.get("/readyz"), client.post("/feedback", json=like)):
            assert answer.status_code == 503
            assert "deleted or replaced" in answer.json()["detail"]
        (tmp_path / "away.db").rename(database)
        assert client.get("/readyz").status_code == 200
