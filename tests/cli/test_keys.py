"""keys as people make, list and revoke them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from movieloop import MovieLoop
from movieloop.cli import app
from movieloop.errors import InvalidInput
from movieloop.store.api_keys import find_key, stored_keys


def run(database: Path, *arguments: str) -> str:
    answer = CliRunner().invoke(app, ["keys", *arguments, "-d", str(database)])
    if answer.exception is not None:
        raise answer.exception
    return answer.stdout


def test_a_key_is_shown_once_listed_and_revoked(database: Path) -> None:
    assert "movieloop keys add NAME" in run(database, "list")
    said = run(database, "add", "phone", "--scope", "read", "--user", "ada", "--expires", "30")
    key = said.splitlines()[0]
    assert "may read as 'ada' only" in said
    with MovieLoop.open(database) as loop:
        assert find_key(stored_keys(loop.store), [key]) is not None
    listed = run(database, "list")
    assert key not in listed
    for part in ("phone", "read", "ada", "never"):
        assert part in listed
    with pytest.raises(InvalidInput, match="phone"):
        run(database, "add", "phone")
    assert run(database, "revoke", "phone") == "Revoked: phone\n"
    with pytest.raises(InvalidInput, match="no key"):
        run(database, "revoke", "phone")


def test_programs_read_json(database: Path) -> None:
    made = json.loads(run(database, "add", "phone", "--json"))
    assert made["key"].startswith("ml_") and made["scope"] == "write"
    (known,) = json.loads(run(database, "list", "--json"))["keys"]
    assert (known["name"], known["user_id"], known["used_at"]) == ("phone", None, None)
    assert "key" not in known


@pytest.mark.parametrize("name", ["", " ", "a" * 65, "a\nb"])
def test_a_name_is_something_one_can_read(name: str, database: Path) -> None:
    with pytest.raises(InvalidInput, match="name"):
        run(database, "add", name)
