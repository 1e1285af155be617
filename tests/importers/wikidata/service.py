"""A query service of our own that speaks Wikidata's protocol, with its moods."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs

from tests.small_server import answering

ENTITY = "http://www.wikidata.org/entity/"


def binding(**values: object) -> dict[str, dict[str, str]]:
    """One row as the service sends it: every value an object with a type."""
    kinds = {"film": "uri"}
    return {
        name: {"type": kinds.get(name, "literal"), "value": str(value)}
        for name, value in values.items()
        if value is not None
    }


def film(number: int, label: str, date: str, **more: object) -> dict[str, dict[str, str]]:
    """A film as a row of an answer."""
    return binding(
        film=f"{ENTITY}Q{number}", label=label, date=f"{date}T00:00:00Z", links=12, **more
    )


def answer(rows: list[dict[str, dict[str, str]]]) -> bytes:
    """An answer in the SPARQL 1.1 JSON format."""
    names = sorted({name for row in rows for name in row})
    return json.dumps({"head": {"vars": names}, "results": {"bindings": rows}}).encode()


class Service:
    """What it knows, what it was asked, and the moods it is still to be in, the next one first."""

    def __init__(self, films: list[dict[str, dict[str, str]]]) -> None:
        self.films = films
        self.numbers: list[dict[str, dict[str, str]]] = []
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.moods: list[str] = []
        self.url = ""

    def rows(self, query: str) -> list[dict[str, dict[str, str]]]:
        """Answer a question of either kind."""
        if "VALUES" in query:
            wanted = set(re.findall(r"wd:(Q\d+)", query)) | set(re.findall(r'"(tt\d+)"', query))
            return [
                row
                for row in self.numbers
                if row["film"]["value"].removeprefix(ENTITY) in wanted
                or row.get("imdb", {}).get("value") in wanted
            ]
        first, last = re.findall(r'shown [><]=? "([0-9-]+)T', query)
        limit, offset = re.search(r"LIMIT (\d+) OFFSET (\d+)", query).groups()  # type: ignore[union-attr]
        known_by = int(re.search(r"links >= (\d+)", query)[1])  # type: ignore[index]
        found = [
            row
            for row in self.films
            if first <= row["date"]["value"][:10] < last and int(row["links"]["value"]) >= known_by
        ]
        return found[int(offset) :][: int(limit)]


@contextmanager
def serving(films: list[dict[str, dict[str, str]]]) -> Iterator[Service]:
    """Run it on a port of this machine."""
    service = Service(films)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            query = parse_qs(body)["query"][0]
            service.asked.append(query)
            service.headers.append(dict(self.headers))
            mood = service.moods.pop(0) if service.moods else ""
            getattr(self, f"mood_{mood}", self.content)(query)

        def content(self, query: str) -> None:
            self.give(200, answer(service.rows(query)))

        def give(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Type", "application/sparql-results+json")
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        def mood_busy(self, _: str) -> None:
            self.give(429, b"Too Many Requests", Retry_After="7")

        def mood_broken(self, _: str) -> None:
            self.give(500, b"<html>Internal Server Error</html>")

        def mood_refusing(self, _: str) -> None:
            self.give(400, b"Malformed query")

        def mood_page(self, _: str) -> None:
            self.give(200, b"<!DOCTYPE html><title>Maintenance</title>")

        def mood_half(self, query: str) -> None:
            whole = answer(service.rows(query))
            self.give(200, whole[: len(whole) // 2])

        def mood_torn(self, query: str) -> None:
            whole = answer(service.rows(query))
            self.send_response(200)
            self.send_header("Content-Length", str(len(whole) + 1000))
            self.end_headers()
            self.wfile.write(whole[:20])

        def mood_list(self, _: str) -> None:
            self.give(200, b"[1, 2]")

        def mood_endless(self, _: str) -> None:
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(100):
                    self.wfile.write(b" " * 100)
                    time.sleep(0.05)
            except OSError:
                pass

        def mood_huge(self, _: str) -> None:
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(2_000):  # 2 GB, if somebody took it
                    self.wfile.write(b" " * 2**20)
            except OSError:
                pass

    with answering(Handler) as address:
        service.url = f"{address}/sparql"
        yield service
