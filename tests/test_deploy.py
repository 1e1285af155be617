"""What stands in `deploy/` speaks of numbers that are there."""

import json
import re
from pathlib import Path

import pytest
import yaml

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.api.metrics import Metrics

DEPLOY = Path(__file__).parents[1] / "deploy"
PAGE = (DEPLOY.parent / "docs" / "self-hosting.md").read_text("utf-8")
RULES = [
    rule
    for group in yaml.safe_load((DEPLOY / "alerts.yml").read_text("utf-8"))["groups"]
    for rule in group["rules"]
]
PANELS = json.loads((DEPLOY / "grafana.json").read_text("utf-8"))["panels"]
QUERIES = [rule["expr"] for rule in RULES] + [
    target["expr"] for panel in PANELS for target in panel["targets"]
]


@pytest.fixture(scope="module")
def numbers() -> str:
    metrics = Metrics()
    metrics.count_feedback(1)
    for route in ("/feedback", "/recommend/{user_id}"):
        metrics.count_request("GET", route, 200, 0.1)
    return metrics.text(users=1, feedback=1)


@pytest.mark.parametrize("query", QUERIES)
def test_every_number_asked_for_is_told(query: str, numbers: str) -> None:
    asked = set(re.findall(r"\bmovieloop_\w+", query))
    told = set(re.findall(r"^(movieloop_\w+)", numbers, re.MULTILINE))
    assert asked <= told
    labels = set(re.findall(r"[{,]\s*(\w+)(?:=|!=|=~)\"", query)) - {"job"}
    assert labels <= set(re.findall(r"[{,](\w+)=\"", numbers))
    for route in re.findall(r'route="([^"]+)"', query):
        assert f'route="{route}"' in numbers


def test_routes_asked_for_are_routes(loop: MovieLoop) -> None:
    patterns = create_app(lambda: loop).openapi()["paths"].keys()
    for query in QUERIES:
        assert set(re.findall(r'route="([^"]+)"', query)) <= patterns


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_the_page_says_what_to_do_about_each_alert(rule: dict[str, object]) -> None:
    assert f"`{rule['alert']}`" in PAGE


def test_the_container_is_not_root_and_keeps_to_what_was_tested() -> None:
    said = (DEPLOY / "Containerfile").read_text("utf-8")
    assert re.search(r"^USER 10001$", said, re.MULTILINE)
    assert "--constraint constraints.txt" in said
    last = said[said.rindex("FROM ") :]
    assert last.index("USER ") < last.index("ENTRYPOINT")
    assert "COPY . ." not in last  # the sources stay behind
    assert "serve" in last and "MOVIELOOP_DATABASE=/data/movieloop.db" in last
