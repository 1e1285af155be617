"""A query service in every mood: an answer, or one clear error; never half an answer."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from movieloop.errors import ServiceError
from movieloop.importers.wikidata import client
from movieloop.importers.wikidata.client import QueryService
from movieloop.importers.wikidata.query import Window, films_query
from tests.importers.wikidata.service import Service, film, serving

QUERY = films_query(Window(2025, 1), known_by=5, limit=10)


@pytest.fixture
def service() -> Iterator[Service]:
    with serving([film(1, "One", "2025-01-05")]) as service:
        yield service


def asking(service: Service) -> tuple[QueryService, list[float]]:
    waits: list[float] = []
    return QueryService(service.url, timeout=2, deadline=0.4, sleep=waits.append), waits


def test_who_asks_is_said_and_a_pause_is_made(service: Service) -> None:
    asked, waits = asking(service)
    for _ in range(3):
        assert len(asked.ask(QUERY)["results"]["bindings"]) == 1
    assert waits == [1.0, 1.0]
    assert service.headers[0]["User-Agent"].startswith("movieloop/")
    assert service.headers[0]["Accept"] == "application/sparql-results+json"


@pytest.mark.parametrize("mood", ["busy", "broken", "page", "half", "torn", "list", "endless"])
def test_another_try_helps(service: Service, mood: str) -> None:
    asked, waits = asking(service)
    service.moods = [mood, mood]
    assert len(asked.ask(QUERY)["results"]["bindings"]) == 1
    assert waits == ([7.0, 7.0] if mood == "busy" else [1.0, 2.0])


@pytest.mark.parametrize(
    ("mood", "says"),
    [
        ("busy", "answers 429"),
        ("broken", "answers 500"),
        ("page", "a web page instead of JSON"),
        ("half", "half an answer"),
        ("torn", "half an answer"),
        ("list", "no answer of a query service"),
        ("endless", "not done after"),
    ],
)
def test_in_the_end_one_error_says_why(service: Service, mood: str, says: str) -> None:
    asked, waits = asking(service)
    service.moods = [mood] * 9
    with pytest.raises(ServiceError, match=says) as failed:
        asked.ask(QUERY)
    assert "5 tries" in str(failed.value) and service.url in str(failed.value)
    assert len(waits) == 4 and max(waits) <= 120


def test_a_refused_query_is_not_repeated(service: Service) -> None:
    asked, waits = asking(service)
    service.moods = ["refusing"]
    with pytest.raises(ServiceError, match="400"):
        asked.ask(QUERY)
    assert (len(service.asked), waits) == (1, [])


def test_two_gigabytes_are_not_taken(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_MOST_BYTES", 3 * 2**20)
    asked, _ = asking(service)
    service.moods = ["huge"]
    with pytest.raises(ServiceError, match="more than 3 MiB"):
        replace(asked, deadline=60).ask(QUERY)


def test_nobody_there_is_said() -> None:
    asked = QueryService("http://127.0.0.1:9/sparql", tries=2, sleep=lambda _: None)
    with pytest.raises(ServiceError, match="cannot be reached"):
        asked.ask(QUERY)


def test_retry_after_may_be_a_date() -> None:
    assert client._seconds("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0
    assert client._seconds("soon") is None
    assert client._seconds(None) is None
