"""The doctor as people call it."""

import subprocess
import sys
from pathlib import Path

from movieloop import MovieLoop
from tests.tampered import TAMPER, change, findings, tell_three_things


def doctor(database: Path, *options: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "movieloop", "doctor", "--database", str(database), *options]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.stderr == ""
    return answer.returncode, " ".join(answer.stdout.split())


def test_the_command_says_what_is_wrong_and_mends_it(everything: MovieLoop) -> None:
    tell_three_things(everything)
    path = everything.store.path
    code, said = doctor(path)
    assert (code, said.count("All is well")) == (0, 1)
    assert f"{len(everything.live.space().catalog.movies):,} films" in said and "2 users" in said
    right = everything.users.profile("ada").profile
    change(path, TAMPER, profile=bytes(8 * len(right)))
    code, said = doctor(path)
    assert code == 1
    assert "The profile of 'ada' is not the fold of its log. Mend the profiles with" in said
    assert "All is well" not in said
    code, said = doctor(path, "--fix")
    assert (code, said.count("All is well")) == (0, 1)
    assert findings(everything) == []
    assert everything.users.profile("ada").profile == right


def test_the_command_cannot_mend_the_file(everything: MovieLoop) -> None:
    tell_three_things(everything)
    change(everything.store.path, "DELETE FROM movies WHERE title = 'Die Hard'")
    code, said = doctor(everything.store.path, "--fix")
    assert code == 1
    assert "points to a missing row of movies. Stop movieloop and restore a backup" in said
    assert "All is well" not in said
