"""Films join the catalogue from the command line."""

import json
from pathlib import Path

from typer.testing import CliRunner

from movieloop.cli import app

FACTS = ("--year", "2025", "--genre", "horror", "--genre", "sci-fi", "--country", "Korea")


def films(database: Path, *words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, ["films", *words, "--database", str(database)])
    return answer.exit_code, answer.stdout + str(answer.exception or "")


def test_a_film_is_added_and_found(database: Path) -> None:
    code, said = films(database, "add", "The Quiet Orbit", *FACTS, "--also", "Orbita")
    assert (code, "It can be recommended at once." in said) == (0, True)
    found = CliRunner().invoke(app, ["movies", "orbita", "--json", "--database", str(database)])
    movie = json.loads(found.stdout)["movies"][0]
    assert (movie["title"], movie["genres"]) == ("The Quiet Orbit", ["Horror", "Sci-Fi"])
    code, said = films(database, "add", "the quiet orbit", "--year", "2025")
    assert code == 1
    assert f"The catalogue has 'The Quiet Orbit (2025)' already: movie {movie['movie_id']}" in said


def test_what_was_added_is_told_as_json(database: Path) -> None:
    code, said = films(database, "add", "A Title Only", "--year", "2025", "--json")
    answer = json.loads(said)
    assert (code, answer["placed"], answer["movie"]["year"]) == (0, False, 2025)
    assert "before the next training" in answer["message"]


def test_a_value_without_sense_is_one_line(database: Path) -> None:
    code, said = films(database, "add", "X", "--year", "2025", "--country", "Atlantis")
    assert (code, said.count("\n")) == (1, 0)
    assert "countries: 'Atlantis' is not known" in said
