"""Numbers for the operator count routes and opinions and name nobody."""

from fastapi.testclient import TestClient

from movieloop import MovieLoop
from tests.api.asking import ask, tell
from tests.conftest import assert_problem


def test_metrics_count_routes_and_opinions_but_name_nobody(
    client: TestClient, loop: MovieLoop
) -> None:
    for user, rating in (("secretive-ada", 1), ("secretive-ada", 0), ("secretive-bob", None)):
        tell(client, user, "Alien", rating)
    ask(client, "/recommend/secretive-ada")
    client.get("/secretive-ada/elsewhere")
    page = client.get("/metrics")
    assert page.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = page.text.splitlines()
    for line in (
        'movieloop_http_requests_total{method="POST",route="/feedback",status="200"} 3.0',
        'movieloop_http_requests_total{method="GET",route="/recommend/{user_id}",status="200"} 1.0',
        'movieloop_http_requests_total{method="ANY",route="unknown",status="404"} 1.0',
        'movieloop_feedback_total{rating="like"} 1.0',
        'movieloop_feedback_total{rating="dislike"} 1.0',
        'movieloop_feedback_total{rating="seen"} 1.0',
        f"movieloop_users {loop.users.counts()[0]}.0",
        "movieloop_log_size 3.0",
    ):
        assert line in lines
    assert "secretive" not in page.text


def test_made_up_methods_are_refused_and_counted_as_one(client: TestClient) -> None:
    for method in ("BREW", "WHEN"):
        assert_problem(client.request(method, "/model"), 405, method)
    assert 'method="ANY",route="/model",status="405"' in client.get("/metrics").text
    assert "BREW" not in client.get("/metrics").text
