"""Running the program as people do."""

import os
import subprocess
import sys
from pathlib import Path

from movieloop.cli import app

GROUPS = {"": app, **{f"{group.name} ": group.typer_instance for group in app.registered_groups}}
COMMANDS = {
    group + (command.name or command.callback.__name__): command.callback.__doc__ or ""
    for group, program in GROUPS.items()
    for command in program.registered_commands
    if command.callback
}


def run(*arguments: str | Path, **settings: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one command; `settings` are MOVIELOOP_* variables."""
    variables = {f"MOVIELOOP_{name.upper()}": str(value) for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "movieloop", *map(str, arguments)],
        env={**os.environ, "COLUMNS": "200", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def say(*arguments: str | Path, **settings: str | Path) -> str:
    """Run a command that must succeed; give what it prints."""
    answer = run(*arguments, **settings)
    assert (answer.returncode, answer.stderr) == (0, "")
    return answer.stdout


def assert_one_line(answer: subprocess.CompletedProcess[str], says: str) -> None:
    assert (answer.returncode, answer.stdout) == (1, "")
    (line,) = answer.stderr.splitlines()
    assert line.startswith("movieloop: ")
    assert says in line
