"""`movieloop import` as people run it: a report, an exit code, one line when it cannot."""

import json
from pathlib import Path

import pytest

from movieloop import MovieLoop
from tests.cli.running import run, say
from tests.importers.importable import put, put_all
from tests.importers.test_community import MANY
from tests.importers.test_person import LINES


def test_a_person_imports_a_history(database: Path, tmp_path: Path) -> None:
    lines = [
        *LINES,
        "2021-03-05,Alein,1979,x,5",
        "2021-03-05,Frozen,,x,5",
        "2021-03-06,Heat,1995,x,55",
    ]
    file = put(tmp_path / "ratings.csv", "\n".join(lines))
    dry = say("import", file, "--user", "ada", "--dry-run", "--database", database)
    assert "3  would be imported" in dry and "nothing was stored" in dry
    said = say("import", file, "--user", "ada", "--database", database)
    assert "Letterboxd export: 6 rows" in said
    assert "3  imported" in said
    assert "Alein (1979) · did you mean Alien (1979)" in said
    assert "Frozen · Frozen (2013), Frozen (2010)" in said
    assert "line 7: ratings.csv: 55 is no number of stars" in said
    again = say("import", file, "--user", "ada", "--database", database)
    assert "3  had been imported before" in again
    with MovieLoop.open(database) as loop:
        assert len(loop.users.history("ada").feedback) == 3


def test_a_community_is_imported_and_told_as_json(database: Path, tmp_path: Path) -> None:
    folder = put_all(tmp_path / "many", MANY)
    options = ("--community", "--name", "friends", "--json", "--database", database)
    report = json.loads(say("import", folder, *options))
    assert (report["imported"], report["new_films"], report["bad"]) == (5, 2, 0)
    assert report["ambiguous"][0]["film"] == "Frozen"
    assert "friends:7" in say("export", "friends:7", "--database", database)


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--user", "ada", "--community"),
        ("--community", "--profile", "Ada"),
        ("--user", "ada", "--name", "friends"),
    ],
)
def test_whose_it_is_must_be_said_once(
    database: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    file = put(tmp_path / "ratings.csv", "\n".join(LINES))
    answer = run("import", file, *options, "--database", database)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "--user" in answer.stderr


def test_a_file_that_is_no_export_is_refused_in_one_line(database: Path, tmp_path: Path) -> None:
    for file in (put(tmp_path / "x.csv", b"\x00\x01"), tmp_path / "missing.csv"):
        answer = run("import", file, "--user", "ada", "--database", database)
        assert (answer.returncode, answer.stdout) == (1, "")
        assert answer.stderr.startswith("movieloop: file: ")
        assert answer.stderr.strip().count("\n") == 0


def test_strange_titles_do_not_disturb_the_report(database: Path, tmp_path: Path) -> None:
    file = put(tmp_path / "x.csv", "\n".join([*LINES, "2021-03-05,[bold]x[/],,x,5"]))
    assert "  [bold]x[/]\n" in say("import", file, "--user", "ada", "--database", database)
