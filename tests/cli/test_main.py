"""The program itself: its version, and an error of ours as one line."""

import importlib
import sys

import pytest
from typer.testing import CliRunner

import movieloop
from movieloop.cli import app, main
from movieloop.errors import StoreBusy


def test_it_tells_its_version() -> None:
    answer = CliRunner().invoke(app, ["--version"])
    assert (answer.exit_code, answer.stdout) == (0, f"movieloop {movieloop.__version__}\n")


def test_an_error_of_ours_is_one_line_and_a_bug_is_not_hidden(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = importlib.import_module("movieloop.cli.main")  # the name `main` is the function

    def failing(error: Exception) -> None:
        def fail() -> None:
            raise error

        monkeypatch.setattr(program, "app", fail)

    monkeypatch.setattr(program.Output, "instead_of_stdout", lambda: None)
    monkeypatch.setattr(sys, "argv", ["movieloop"])
    failing(StoreBusy("The database is locked."))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr() == ("", "movieloop: The database is locked.\n")
    failing(ZeroDivisionError("ours"))
    with pytest.raises(ZeroDivisionError):
        main()
