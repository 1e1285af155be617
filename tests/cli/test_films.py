"""Films join the catalogue from the command line."""

import json
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from movieloop.cli import app
from movieloop.importers.wikidata.client import QueryService
from tests.importers.wikidata.service import answer, film, serving

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


NEW = [film(9_000_001, "The Long Orbit", "2026-01-20", genres="science fiction film")]


def test_newer_films_are_fetched(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hasty = partial(QueryService, sleep=lambda _: None)
    monkeypatch.setattr("movieloop.cli.films.QueryService", hasty)
    with serving(NEW) as service:
        words = ("update", "--since", "2026-01", "--until", "2026-02", "--endpoint", service.url)
        code, said = films(database, *words, "--dry-run")
        assert (code, "1 would join" in said, "The Long Orbit (2026)" in said) == (0, True, True)
        code, said = films(database, *words)
        assert (code, "1 join" in said, "can be recommended at once" in said) == (0, True, True)
        code, said = films(database, *words, "--json")
        assert (code, json.loads(said)["skipped"]) == (0, ["2026-01", "2026-02"])


def test_a_saved_answer_and_the_question_for_it(database: Path, tmp_path: Path) -> None:
    code, query = films(database, "update", "--since", "2026-03", "--print-query")
    assert (code, "SELECT ?film" in query, '"2026-03-01T' in query) == (0, True, True)
    (tmp_path / "saved.json").write_bytes(answer(NEW))
    code, said = films(database, "update", "--from", str(tmp_path / "saved.json"))
    assert (code, "1 join" in said) == (0, True)
    (tmp_path / "saved.json").write_text("<html>")
    code, said = films(database, "update", "--from", str(tmp_path / "saved.json"))
    assert (code, "not JSON" in said) == (1, True)


def test_months_that_are_none_are_refused(database: Path) -> None:
    for text in ("last year", "2026-13", "26", "2026-1", "0000"):
        code, said = films(database, "update", "--since", text)
        assert (code, "is no year or month" in said) == (1, True)


def test_what_was_left_out_is_told_as_json(database: Path, tmp_path: Path) -> None:
    (tmp_path / "saved.json").write_bytes(answer([film(1, "", "2026-01-01"), *NEW]))
    code, said = films(database, "update", "--from", str(tmp_path / "saved.json"), "--json")
    told = json.loads(said)
    assert (code, told["read"], told["left_out"]) == (0, 2, {"no title": 1})
    assert told["added"] == ["The Long Orbit (2026)"]
