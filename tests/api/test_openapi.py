"""The OpenAPI document tells the truth: requests made from it are answered as it says.

Schemathesis sends requests that fit the document and requests that break it, to a real server:
nothing may answer 500, and every status, content type and body must be one it describes.
"""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from fastapi import FastAPI

from movie_recommendation_lesson6 import open_lesson
from movieloop import MovieLoop
from movieloop.api import create_app
from tests.served import served

PRODUCT = create_app(lambda: MovieLoop.open(":memory:"))
LESSON = create_app(lambda: open_lesson(":memory:"))


def described(app: FastAPI, *, examples: int) -> schemathesis.BaseSchema:
    """Read an application's document for repeatable tests."""
    schema = schemathesis.openapi.from_dict(app.openapi())
    schema.config.generation.update(max_examples=examples, deterministic=True)
    # Input is stricter than JSON Schema can say: 1.0 is no rating, a genre must exist.
    schema.config.checks.positive_data_acceptance.enabled = False
    # A list longer than described may be refused for the bytes it has, before anybody counts.
    rejection = schema.config.checks.negative_data_rejection
    rejection.expected_statuses = [*rejection.expected_statuses, "413"]
    return schema


@pytest.fixture(autouse=True)
def one_process() -> None:
    """Schemathesis gives its tests one name: processes that share them would run only one."""
    assert "PYTEST_XDIST_WORKER" not in os.environ, "Run this file without --numprocesses."


product, lesson = described(PRODUCT, examples=10), described(LESSON, examples=4)


@pytest.fixture(scope="module")
def product_url() -> Iterator[str]:
    with served(PRODUCT) as url:
        yield url


@pytest.fixture(scope="module")
def lesson_url() -> Iterator[str]:
    with served(LESSON) as url:
        yield url


@product.parametrize()
def test_the_product_answers_as_its_document_says(
    case: schemathesis.Case, product_url: str
) -> None:
    case.call_and_validate(base_url=product_url)


@lesson.parametrize()
def test_the_lesson_answers_as_its_document_says(case: schemathesis.Case, lesson_url: str) -> None:
    case.call_and_validate(base_url=lesson_url)
