"""Whoever follows the log by its numbers sees every row once, in order."""

import json

import pytest

from tests.conftest import assert_problem


def lines(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def test_the_log_is_followed_by_a_cursor(client):
    assert lines(client.get("/events")) == []
    for number, film in enumerate(("Alien (1979)", "Heat (1995)", "Jaws (1975)")):
        opinion = {"user_id": f"u{number % 2}", "movie_name": film, "rating": (1, 0, None)[number]}
        said = client.post("/feedback", json=opinion).json()
    client.delete(f"/user/u0/feedback/{said['feedback_id']}")
    client.post("/user/u1/import", content=b"title,year,rating\nCasablanca,1942,5\n")
    seen, after = [], 0
    while page := lines(client.get("/events", params={"after": after, "limit": 2})):
        seen += page
        after = page[-1]["feedback_id"]
    assert [event["feedback_id"] for event in seen] == sorted(e["feedback_id"] for e in seen)
    assert [(e["user_id"], e["rating"], e["source"]) for e in seen] == [
        ("u0", 1, None), ("u1", 0, None), ("u0", None, None), ("u0", None, None),
        ("u1", 1, "import"),
    ]  # fmt: skip
    assert seen[3]["retracts"] == said["feedback_id"]
    assert seen[0]["created_at"].endswith("Z")


def test_erasures_are_counted_and_leave_no_line(client):
    client.post("/feedback", json={"user_id": "eve", "movie_name": "Alien (1979)", "rating": 1})
    before = client.get("/events").headers["movieloop-erasures"]
    client.delete("/user/eve")
    answer = client.get("/events")
    assert (lines(answer), int(answer.headers["movieloop-erasures"])) == ([], int(before) + 1)


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=0", "limit=10001"])
def test_a_wrong_cursor_is_refused(client, query):
    assert_problem(client.get(f"/events?{query}"), 422)
