"""The unit files on the page are ones systemd takes."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[1] / "docs" / "self-hosting.md").read_text(encoding="utf-8")
UNITS = dict(re.findall(r"```ini\n# (\S+\.(?:service|timer))\n(.*?)```", PAGE, re.DOTALL))


def test_all_units_are_found() -> None:
    assert set(UNITS) == {"movieloop.service", "movieloop-backup.service", "movieloop-backup.timer"}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
@pytest.mark.parametrize("name", UNITS)
def test_systemd_understands_every_line(name: str, tmp_path: Path) -> None:
    for unit, text in UNITS.items():
        there = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", text)
        (tmp_path / unit).write_text(there)
    answer = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    own = [line for line in answer.stderr.splitlines() if name in line or "Unknown" in line]
    assert own == [] and answer.returncode == 0, answer.stderr
