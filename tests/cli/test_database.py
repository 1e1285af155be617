"""A database moves to a server by one command, and what goes wrong is one line."""

import subprocess
import sys
from pathlib import Path

from movieloop import MovieLoop
from tests.postgres_server import PASSWORD, Server


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "movieloop", *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_command_moves_a_database_and_says_so(tmp_path: Path, server: Server) -> None:
    database, address = tmp_path / "films.db", server.database()
    with MovieLoop.open(database) as loop:
        loop.add_feedback("ada", "Alien (1979)", 1)

    moved = command("database", "move", str(database), address)
    assert moved.returncode == 0, moved.stderr
    assert "Copied 1 opinions" in moved.stdout
    assert PASSWORD not in moved.stdout + moved.stderr
    shown = command("history", "ada", "--database", address)
    assert "Alien" in shown.stdout, shown.stderr
    assert "All is well" in command("doctor", "--database", address).stdout
    refused = command("backup", "--database", address)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "pg_dump" in refused.stderr
    assert PASSWORD not in refused.stderr
    nowhere = command("database", "move", str(tmp_path / "none.db"), address)
    assert "no database" in nowhere.stderr
    wrong = command("doctor", "--database", address.replace(PASSWORD, "wrong"))
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)


def test_files_are_moved_too(tmp_path: Path) -> None:
    one, other = tmp_path / "a.db", tmp_path / "b.db"
    with MovieLoop.open(one) as loop:
        loop.add_feedback("ada", "Alien (1979)", 1)
    done = command("database", "move", str(one), str(other))
    assert done.returncode == 0, done.stderr
    with MovieLoop.open(other) as loop:
        assert loop.users.list() == ["ada"]
