"""The log of a real server, for programs: one JSON object a line, with the request's number."""

import json
import time
from pathlib import Path

import httpx2
import pytest

from tests.crashing import PATIENCE, serving


@pytest.mark.parametrize("more", [(), ("--workers", "2")])
def test_every_line_is_json_and_requests_have_their_numbers(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    (tmp_path / "data").mkdir()
    said = tmp_path / "data" / "serve.log"
    with serving(
        tmp_path / "data" / "movieloop.db",
        ("serve", "--log-format", "json", "--log-level", "info", *more),
    ) as (_, url):
        answer = httpx2.get(f"{url}/recommend/ada-lovelace", headers={"X-Request-ID": "tap-1"})
        assert answer.status_code == 200
        deadline = time.monotonic() + PATIENCE
        while "tap-1" not in said.read_text() and time.monotonic() < deadline:
            time.sleep(0.05)  # it is told when the answer is away
    lines = [line for line in said.read_text().splitlines() if line.startswith("{")]
    told = [json.loads(line) for line in lines]
    (mine,) = (line for line in told if line["request_id"] == "tap-1")
    assert (mine["level"], mine["logger"], mine["status"]) == ("INFO", "movieloop.requests", 200)
    assert mine["route"] == "/recommend/{user_id}" and mine["milliseconds"] > 0
    assert mine["time"][:2] == "20"
    assert "lovelace" not in said.read_text()
    assert any(line["logger"] == "uvicorn.error" for line in told)
