"""Numbers for the operator, in Prometheus' format: rates and times by route, never by person.

Several worker processes count into files of one folder, so that any of them tells the sum of all.
"""

import os
import time
from http import HTTPStatus

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from movieloop.api.request_log import log_request

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # names the folder; the library reads it when it is imported
HUNG_UP = 499  # as nginx has it: whoever asked did not wait for the answer
_RATING_NAMES = {1: "like", 0: "dislike", None: "seen"}


class Metrics:
    """The counters of one application.

    >>> metrics = Metrics()
    >>> metrics.count_feedback(1)
    >>> 'movieloop_feedback_total{rating="like"} 1.0' in metrics.text(users=1, feedback=1)
    True
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "movieloop_http_requests_total",
            "Answered requests.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "movieloop_http_request_duration_seconds",
            "Time to answer.",
            ["method", "route"],
            registry=self._registry,
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5),
        )
        self._feedback = Counter(
            "movieloop_feedback_total",
            "Opinions recorded by this process.",
            ["rating"],
            registry=self._registry,
        )
        self._users = self._newest("movieloop_users", "Users with a profile.")
        self._log = self._newest("movieloop_log_size", "Opinions in the log.")

    def _newest(self, name: str, about: str) -> Gauge:
        """Make a number that all workers know alike: whoever told it last is right."""
        return Gauge(name, about, registry=self._registry, multiprocess_mode="mostrecent")

    def count_feedback(self, rating: int | None) -> None:
        """Count one recorded opinion.

        Args:
            rating: 1, 0 or None.
        """
        self._feedback.labels(_RATING_NAMES[rating]).inc()

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request.

        Args:
            method: The HTTP method.
            route: The route's pattern, "/recommend/{user_id}", so that no user id is told.
            status: The HTTP status.
            seconds: How long it took.
        """
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def text(self, *, users: int, feedback: int) -> str:
        """Tell all numbers in Prometheus' text format.

        Args:
            users: How many users have a profile now.
            feedback: How many opinions the log holds now.

        Returns:
            The page.
        """
        self._users.set(users)
        self._log.set(feedback)
        registry = self._registry
        if SHARED in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry).decode()


class CountRequests:
    """Times every request, counts it under its route's pattern, and has it logged."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note)
            status = status or HUNG_UP
        except Exception:
            status = status or HTTPStatus.INTERNAL_SERVER_ERROR
            raise
        finally:
            route = getattr(scope.get("route"), "path_format", "unknown")
            # A method no route understands may be any word; counting each would never end.
            known = route != "unknown" and status != HTTPStatus.METHOD_NOT_ALLOWED
            seconds = time.perf_counter() - began
            self._metrics.count_request(scope["method"] if known else "ANY", route, status, seconds)
            log_request(scope["method"], route, status, seconds)
