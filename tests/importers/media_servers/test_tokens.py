"""Tokens lie in a file that only its owner reads."""

import os
from pathlib import Path

import pytest

from movieloop.errors import StoreUnusable
from movieloop.importers.media_servers.tokens import save_token, tokens, tokens_file


def test_a_token_is_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "settings" / "tokens.json"
    assert tokens(file) == {}
    save_token(file, "home", None)
    assert not file.exists()
    save_token(file, "home", "one")
    save_token(file, "away", "two")
    save_token(file, "home", "three")
    assert tokens(file) == {"home": "three", "away": "two"}
    save_token(file, "home", None)
    assert tokens(file) == {"away": "two"}
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["tokens.json"]


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    save_token(file, "home", "one")
    file.chmod(0o644)
    with pytest.raises(StoreUnusable, match="chmod 600"):
        tokens(file)


@pytest.mark.parametrize("text", ["", "[]", '{"home": 1}', "{"])
def test_a_file_of_something_else_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "tokens.json"
    file.touch(0o600)
    file.write_text(text)
    with pytest.raises(StoreUnusable):
        tokens(file)


def test_a_folder_nobody_may_write_into_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnusable):
        save_token(tmp_path / "file" / "tokens.json", "home", "one")


def test_a_database_on_a_server_has_them_in_the_settings() -> None:
    file = tokens_file("postgresql://films@db/movieloop")
    assert "movieloop" in os.fspath(file.parent) and file.name == "media-server-tokens.json"
