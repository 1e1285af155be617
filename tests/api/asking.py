"""Asking the HTTP API as a client would, for the tests of its routes."""

from collections.abc import Iterator
from typing import Any

import httpx2

from movieloop import MovieLoop
from movieloop.api import create_app


def tell(
    client: httpx2.Client, user_id: str, movie: str | int, rating: int | None, **more: Any
) -> Any:
    """Give an opinion and return the answer."""
    key = "movie_id" if isinstance(movie, int) else "movie_name"
    opinion = {"user_id": user_id, key: movie, "rating": rating}
    answer = client.post("/feedback", json=opinion, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ask(client: httpx2.Client, path: str, **query: Any) -> Any:
    """Ask a question that must be answered."""
    answer = client.get(path, params=query or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(films: list[dict[str, Any]]) -> list[int]:
    return [film["movie_id"] for film in films]


def pages(client: httpx2.Client, **query: Any) -> Iterator[dict[str, Any]]:
    """Follow `next_cursor` of `/movies` to the end."""
    page = ask(client, "/movies", **query)
    yield page
    while page["next_cursor"] is not None:
        page = ask(client, "/movies", **query, cursor=page["next_cursor"])
        yield page


LIKE = {"user_id": "ada", "movie_name": "Alien", "rating": 1}


JSON = {"Content-Type": "application/json"}


PATHS: dict[str, Any] = create_app(lambda: MovieLoop.open(":memory:")).openapi()["paths"]
