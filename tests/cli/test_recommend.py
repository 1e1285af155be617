"""Recommending and rating at the command line, in this process: what is stored, what is printed."""

import json
from pathlib import Path

from typer.testing import CliRunner

from movieloop import MovieLoop
from movieloop.cli import app


def typed(database: Path, *arguments: str) -> str:
    answer = CliRunner(env={"COLUMNS": "200"}).invoke(
        app, [*arguments, "--database", str(database)]
    )
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_an_opinion_is_stored_told_and_taken_back(database: Path) -> None:
    said = typed(database, "rate", "ada", "Alien", "like")
    assert "ada likes 'Alien (1979)'" in said and "movieloop undo 1" in said
    for opinion in ("dislike", "seen"):
        typed(database, "rate", "ada", "Heat (1995)", opinion)
    with MovieLoop.open(database) as loop:
        given = loop.users.history("ada").feedback
        assert [item.rating for item in given] == [1, 0, None]
    typed(database, "undo", "1")
    assert "Alien" not in typed(database, "history", "ada")


def test_what_is_printed_is_what_the_loop_answers(database: Path) -> None:
    typed(database, "rate", "ada", "Alien", "like")
    with MovieLoop.open(database) as loop:
        expected = [film.title for film in loop.recommend("ada", n=7).recommendations]
        why = loop.explain("ada", "Aliens")
    listed = typed(database, "recommend", "ada", "-n", "7")
    assert [title for title in expected if title in listed] == expected
    told = json.loads(typed(database, "recommend", "ada", "-n", "7", "--json"))
    assert [film["title"] for film in told["recommendations"]] == expected
    assert f"number {why.rank} for ada" in typed(database, "why", "ada", "Aliens")


def test_filters_hold(database: Path) -> None:
    told = typed(database, "recommend", "ada", "--genre", "western", "--year-to", "1960", "--json")
    films = json.loads(told)["recommendations"]
    assert len(films) == 10
    assert all("Western" in film["genres"] and film["year"] <= 1960 for film in films)
    nothing = typed(database, "recommend", "ada", "--year-from", "2200")
    assert "No film passes these filters" in nothing


def test_a_search_says_how_many_there_are(database: Path) -> None:
    said = typed(database, "movies", "spirted away")
    assert "Spirited Away" in said
    assert "20 of " in typed(database, "movies")


def test_a_profile_says_what_waits(database: Path) -> None:
    typed(database, "rate", "ada", "Alien", "like")
    assert "1 liked, 0 disliked, 0 seen" in typed(database, "profile", "ada")
    assert "No ratings yet." in typed(database, "history", "eve")


def test_the_watchlist_is_filled_shown_and_emptied(database: Path) -> None:
    assert "is on the watchlist of ada" in typed(database, "watchlist", "ada", "Alien")
    assert "Alien (1979)" in typed(database, "watchlist", "ada")
    told = json.loads(typed(database, "recommend", "ada", "--watchlist", "--json"))
    assert [film["title"] for film in told["recommendations"]] == ["Alien"]
    typed(database, "rate", "ada", "Alien", "like")
    assert "(rated)" in typed(database, "watchlist", "ada")
    typed(database, "watchlist", "ada", "Alien", "--remove")
    assert "Nothing on the watchlist" in typed(database, "watchlist", "ada")


def test_a_film_for_tonight_is_found_for_two(database: Path) -> None:
    typed(database, "rate", "ada", "Alien", "like")
    with MovieLoop.open(database) as loop:
        answer = loop.recommend_group(["ada", "bob"], n=3)
    printed = typed(database, "tonight", "ada", "bob", "-n", "3")
    assert "Nothing is known of bob yet." in printed
    for film in answer.recommendations:
        assert film.title in printed
        assert f"no. {film.members[0].rank:,} for ada" in printed
    first = answer.recommendations[0]
    vetoed = typed(database, "tonight", "ada", "bob", "--veto", str(first.movie_id), "--json")
    told = json.loads(vetoed)
    assert first.movie_id not in [film["movie_id"] for film in told["recommendations"]]
    westerns = json.loads(typed(database, "tonight", "ada", "bob", "--genre", "Western", "--json"))
    assert all("Western" in film["genres"] for film in westerns["recommendations"])
