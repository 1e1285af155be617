"""Training as people call it."""

import sys
from pathlib import Path

import pytest

from movieloop import MovieLoop
from tests.small_loop import tell


@pytest.mark.slow
def test_the_command_trains_lists_and_rolls_back(small: MovieLoop, database: Path) -> None:
    import json
    import subprocess

    tell(small)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "movieloop", *words, "--database", str(database)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    trained = run("train", "--json")
    assert trained.returncode == 0, trained.stderr
    version = json.loads(trained.stdout)["version"]
    listed = json.loads(run("models", "--json").stdout)["versions"]
    assert [item["version"] for item in listed if item["live"]] == [version]
    assert run("rollback").returncode == 0
    refused = run("promote", "77")
    assert refused.returncode == 1
    assert refused.stderr.startswith("movieloop: There is no version 77.")
