"""A folder has one lock, and nobody keeps it by dying."""

import subprocess
import sys
from pathlib import Path

from movieloop.store import locks

HOLDER = """
import sys
from pathlib import Path
from movieloop.store import locks
print(locks.locked(locks.opened(Path(sys.argv[1]))), flush=True)
sys.stdin.read()
"""


def test_one_has_it_until_it_is_given_back(tmp_path: Path) -> None:
    one, other = locks.opened(tmp_path), locks.opened(tmp_path)
    assert locks.locked(one) is True
    assert locks.locked(other) is False
    locks.unlock(one)
    assert locks.locked(other, wait=True) is True
    locks.close(other)
    assert locks.locked(one) is True
    locks.close(one)


def test_what_is_not_there_cannot_be_locked(tmp_path: Path) -> None:
    nothing = locks.opened(tmp_path / "missing")
    assert nothing is None
    assert locks.locked(nothing) is None
    locks.unlock(nothing), locks.close(nothing)


def test_a_process_that_dies_lets_go(tmp_path: Path) -> None:
    mine = locks.opened(tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None and holder.stdout.readline() == "True\n"
        assert locks.locked(mine) is False
        holder.kill()
        holder.wait()
        assert locks.locked(mine) is True
    locks.close(mine)
