"""backup and restore as people call them."""

import shutil
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from movieloop import MovieLoop
from movieloop.cli import app
from movieloop.errors import BackupExists, InvalidInput, StoreUnusable
from movieloop.settings import default_database


def run(*arguments: object) -> Result:
    answer = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer


def opinions(path: Path) -> int:
    with MovieLoop.open(path) as loop:
        return len(loop.users.history("ada").feedback)


def test_a_copy_taken_while_it_is_open_is_put_back(database: Path, tmp_path: Path) -> None:
    with MovieLoop.open(database) as loop:
        loop.add_feedback("ada", "Alien (1979)", 1)
        answer = run("backup", tmp_path / "copy.db", "-d", database)
        assert "Copied and checked:" in answer.stdout and "MB" in answer.stdout
        loop.add_feedback("ada", "Aliens (1986)", 1)
    with pytest.raises(BackupExists):
        run("restore", tmp_path / "copy.db", "-d", database)
    answer = run("restore", tmp_path / "copy.db", "--yes", "-d", database)
    aside = Path(answer.stdout.split("What was there is now ")[1].strip())
    assert (opinions(database), opinions(aside)) == (1, 2)


def test_copies_go_beside_the_database_and_old_ones_go(database: Path) -> None:
    MovieLoop.open(database).close()
    folder = database.parent / "backups"
    folder.mkdir()
    for day in range(1, 5):
        (folder / f"movieloop-2026010{day}T000000Z.db").touch()
    answer = run("backup", "--keep", 2, "-d", database)
    assert answer.stdout.count("Deleted:") == 3
    left = sorted(file.name for file in folder.iterdir())
    assert len(left) == 2 and left[0] == "movieloop-20260104T000000Z.db"
    with pytest.raises(InvalidInput, match="folder"):
        run("backup", folder / "one.db", "--keep", 2, "-d", database)
    with pytest.raises(StoreUnusable, match="no database"):
        run("backup", "-d", database.parent / "none.db")
    assert not (database.parent / "none.db").exists()


def test_the_doctor_knows_a_bare_copy(database: Path, tmp_path: Path) -> None:
    with MovieLoop.open(database) as loop:
        loop.add_feedback("ada", "Alien (1979)", 1)
        shutil.copy(database, tmp_path / "copy.db")
    answer = run("doctor", "-d", tmp_path / "copy.db")
    assert answer.exit_code == 1 and "copy.db-wal, is missing" in answer.stdout.replace("\n", " ")
    assert run("doctor", "--fix", "-d", tmp_path / "copy.db").exit_code == 0
    assert run("doctor", "-d", tmp_path / "copy.db").exit_code == 0


def test_the_folder_of_ours_is_closed_to_others() -> None:
    folder = default_database().parent
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    run("movies")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
