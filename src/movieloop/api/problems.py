"""Every failing path answers in one shape: application/problem+json (RFC 9457).

Our own errors, unknown routes, wrong methods, bad JSON, wrong fields, bodies too large and bugs
all become a `Problem`: what kind, which status, what happened and what to do next.
"""

import logging
import re
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from movieloop.api.parameters import SLASH
from movieloop.api.request_log import HEADER, request_id
from movieloop.errors import InvalidInput, MovieExists, MovieLoopError, MovieNotFound
from movieloop.schemas.problems import FieldProblem, Problem

MEDIA_TYPE = "application/problem+json"
_MEANING = {
    400: "The body is not JSON",
    401: "The API key is missing or wrong",
    403: "The API key may not do this, or be this user",
    404: "There is no such thing",
    409: "The idempotency key was used otherwise, the movie exists, or an import is running",
    413: "The body is over 64 KiB",
    415: "The body is not declared as what it must be",
    422: "A value is not what it must be",
    503: "The database is busy or failing, or the map is being laid out; try again",
}
_JSON = re.compile(r"application/(.+\+)?json")
log = logging.getLogger("movieloop.api")


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe failing answers for the OpenAPI document.

    >>> described(404)[404]["content"]
    {'application/problem+json': {'schema': {'$ref': '#/components/schemas/Problem'}}}

    Args:
        statuses: The HTTP statuses a route may fail with.

    Returns:
        What FastAPI takes as `responses`.
    """
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    asked = HTTPStatus.UNAUTHORIZED in statuses
    with_key = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN} if asked else set()
    return {
        status: {"description": _MEANING[status], "content": content}
        for status in sorted({*statuses, *map(int, with_key)})
    }


def problem(
    status: int,
    title: str,
    detail: str,
    *,
    headers: dict[str, str] | None = None,
    errors: list[FieldProblem] | None = None,
    suggestions: list[str] | None = None,
    movie_id: int | None = None,
) -> JSONResponse:
    """Answer with a problem.

    >>> problem(404, "Not found", "There is no such page.").body
    b'{"type":"about:blank","title":"Not found","status":404,"detail":"There is no such page."}'

    Args:
        status: The HTTP status.
        title: What kind of problem, the same words every time.
        detail: What happened and what to do next.
        headers: Headers to send along, for example `Allow`.
        errors: The wrong fields, one by one.
        suggestions: Titles that come close to the one asked for.
        movie_id: The movie that is in the way.

    Returns:
        The response.
    """
    body = Problem(
        title=title,
        status=status,
        detail=detail,
        errors=errors,
        suggestions=suggestions,
        movie_id=movie_id,
    )
    return JSONResponse(
        body.model_dump(exclude_none=True), status, headers=headers, media_type=MEDIA_TYPE
    )


def install_problem_handlers(app: FastAPI) -> None:
    """Teach an app to answer every error as a problem.

    >>> from fastapi.testclient import TestClient
    >>> app = FastAPI()
    >>> install_problem_handlers(app)
    >>> TestClient(app).get("/nowhere").json()["detail"]
    'There is nothing at /nowhere. GET /docs lists all paths.'

    Args:
        app: The application.
    """
    app.add_exception_handler(MovieLoopError, _ours)
    app.add_exception_handler(RequestValidationError, _wrong_fields)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(Exception, _bug)


def _ours(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, MovieLoopError)  # noqa: S101 - the handler is registered for it
    return problem(
        error.status,
        error.title,
        str(error),
        headers={"Retry-After": str(error.retry_after)} if error.retry_after else None,
        errors=[
            FieldProblem(field=error.field, message=error.message, choices=error.choices or None)
        ]
        if isinstance(error, InvalidInput)
        else None,
        suggestions=list(error.suggestions) or None if isinstance(error, MovieNotFound) else None,
        movie_id=error.movie_id if isinstance(error, MovieExists) else None,
    )


def _wrong_fields(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        reason = faults[0].get("ctx", {}).get("error", "it cannot be read")
        return problem(400, "Bad JSON", f"The body is not JSON: {reason}.")
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if any(fault["loc"] == ("body",) for fault in faults) and not _JSON.fullmatch(declared):
        return problem(
            415,
            "Unsupported media type",
            "Send the body as JSON, with the header 'Content-Type: application/json'.",
        )
    fields = [
        FieldProblem(
            field=".".join(str(part) for part in fault["loc"][1:]) or str(fault["loc"][0]),
            message=fault["msg"].removeprefix("Value error, "),
        )
        for fault in faults
    ]
    detail = "; ".join(f"{item.field}: {item.message}" for item in fields)
    return problem(422, "Invalid input", detail, errors=fields)


def _of_the_framework(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    headers = dict(error.headers or {})
    path = request.url.path.replace(SLASH, "%2F")
    if error.status_code == 400:  # noqa: PLR2004
        return problem(
            400,
            "Bad JSON",
            "The body is not JSON that can be read: too deep, a number too long, or not UTF-8.",
        )
    if error.status_code == 404:  # noqa: PLR2004
        return problem(404, "Not found", f"There is nothing at {path}. GET /docs lists all paths.")
    if error.status_code == 405:  # noqa: PLR2004
        told = headers.get("Allow") or headers.get("allow", "")
        allowed = ", ".join(_methods_at(request, told))
        return problem(
            405,
            "Method not allowed",
            f"{path} does not understand {request.method}; it understands {allowed}.",
            headers={"Allow": allowed},
        )
    return problem(error.status_code, "Request refused", str(error.detail), headers=headers)


def _methods_at(request: Request, told: str) -> list[str]:
    """List the methods of all routes at a path; every GET answers HEAD too.

    Two routes may share a path, and `told` is what the first of them understands.
    """
    route = getattr(request.scope.get("route"), "path_format", "")
    described = request.app.openapi()["paths"].get(route, {})
    methods = {method.upper() for method in described} | set(filter(None, told.split(", ")))
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


def _bug(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, MovieLoopError):  # raised before any route was reached, by the guard
        return _ours(request, error)
    route = getattr(request.scope.get("route"), "path_format", "unknown")  # paths name people
    log.error("a bug at %s %s", request.method, route, exc_info=error)
    return problem(
        500,
        "Internal error",
        "movieloop has a bug here; nothing was stored. The server's log says more.",
        headers={HEADER: request_id()},  # this answer is made outside of the middleware
    )
