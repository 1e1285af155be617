"""The API keeps its word: `docs/openapi.json` is what is served, and no caller of it breaks."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tools.openapi import breaking, document, kept

Document = dict[str, Any]
Change = Callable[[Document], object]


@pytest.fixture(scope="module")
def now() -> Document:
    made: Document = json.loads(json.dumps(document()))
    return made


def test_what_is_kept_is_what_is_served(now: Document) -> None:
    assert kept() == now, "the API has changed: make freeze-api"


def test_nobody_breaks_who_relies_on_what_is_kept(now: Document) -> None:
    assert list(breaking(kept(), now)) == []


def answer(document: Document, name: str) -> Document:
    schema: Document = document["components"]["schemas"][name]
    return schema


def profile(document: Document) -> Document:
    asked: Document = document["paths"]["/user/{user_id}/profile"]["get"]
    return asked


BREAKS: dict[str, Change] = {
    "GET /genres: gone": lambda d: d["paths"].pop("/genres"),
    "operationId": lambda d: profile(d).update(operationId="taste_of"),
    "no answer 503": lambda d: profile(d)["responses"].pop("503"),
    "parameter user_id is gone": lambda d: profile(d)["parameters"].clear(),
    "parameter key is demanded": lambda d: profile(d)["parameters"].append(
        {"in": "query", "name": "key", "required": True}
    ),
    "field title is gone": lambda d: answer(d, "Recommendation")["properties"].pop("title"),
    "field title may be missing": lambda d: answer(d, "MovieOut")["required"].remove("title"),
    "integer became string": lambda d: answer(d, "Reason")["properties"]["movie_id"].update(
        type="string"
    ),
    "may be null now": lambda d: answer(d, "Recommendations")["properties"].update(
        embeddings_version={"anyOf": [{"type": "integer"}, {"type": "null"}]}
    ),
    "field source is not taken": lambda d: answer(d, "FeedbackIn")["properties"].pop("source"),
    "field source is demanded": lambda d: answer(d, "FeedbackIn")["required"].append("source"),
    "no body of application/octet-stream": lambda d: d["paths"]["/user/{user_id}/import"]["post"][
        "requestBody"
    ]["content"].pop("application/octet-stream"),
    "no application/problem+json": lambda d: profile(d)["responses"]["422"]["content"].clear(),
}


@pytest.mark.parametrize("told", BREAKS)
def test_each_kind_of_break_is_told(now: Document, told: str) -> None:
    changed = copy.deepcopy(now)
    BREAKS[told](changed)
    assert any(told in problem or _became(told, problem) for problem in breaking(now, changed))


def _became(told: str, problem: str) -> bool:
    """A field that may be null has no type of its own any more."""
    return told == "may be null now" and "integer became None" in problem


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["paths"].update({"/new": copy.deepcopy(d["paths"]["/genres"])}),
        lambda d: profile(d)["parameters"].append({"in": "query", "name": "more"}),
        lambda d: answer(d, "MovieOut")["properties"].update(more={"type": "string"}),
        lambda d: answer(d, "FeedbackIn")["properties"].update(more={"type": "string"}),
        lambda d: profile(d)["responses"].update({"418": {"description": "A teapot."}}),
        lambda d: answer(d, "MovieOut").update(description="Another word."),
    ],
)
def test_what_is_new_breaks_nobody(now: Document, change: Change) -> None:
    changed = copy.deepcopy(now)
    change(changed)
    assert list(breaking(now, changed)) == []
