"""What is set where, and what is said when it is wrong."""

from pathlib import Path

import pytest

from movieloop.settings import Settings
from tests.cli.running import assert_one_line, run, say


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_explained(setting: str, helps: dict[str, str]) -> None:
    assert f" --{setting.replace('_', '-')} " in helps["serve"]
    assert f"_{setting.upper()}" in helps[""]


def test_a_wrong_setting_is_one_line_that_names_it(database: Path, tmp_path: Path) -> None:
    assert_one_line(run("movies", database=database, port="ninety"), "MOVIELOOP_PORT")
    config = tmp_path / "settings.toml"
    config.write_text("prot = 9000")
    assert_one_line(run("movies", database=database, config=config), str(config))
    assert not database.exists()


def test_an_option_beats_a_variable_that_beats_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("movieloop.toml").write_text('database = "file.db"\nretrain_after = 3\n')
    said = say("profile", "ada")
    assert "learns after 3" in said
    assert "learns after 2" in say("profile", "ada", database="variable.db", retrain_after="2")
    say("profile", "ada", "--database", "option.db", database="unused.db")
    assert sorted(path.name for path in tmp_path.glob("*.db")) == [
        "file.db",
        "option.db",
        "variable.db",
    ]
