"""What the service says of itself: how it is, what it serves, how much it does."""

import pytest
from fastapi.testclient import TestClient

import movieloop
from tests.api.asking import ask


def test_health_counts_the_films_and_says_where_to_go(client: TestClient) -> None:
    health = ask(client, "/")
    assert health["status"] == "healthy"
    assert health["version"] == movieloop.__version__
    assert health["total_movies"] == ask(client, "/movies", limit=1)["total_movies"]
    assert "/recommend/{user_id}" in health["message"]


@pytest.mark.parametrize("probe", ["/livez", "/readyz"])
def test_probes_say_ok(client: TestClient, probe: str) -> None:
    assert ask(client, probe) == {"status": "ok"}


def test_model_describes_the_points_every_profile_has(client: TestClient) -> None:
    model = ask(client, "/model")
    profile = ask(client, "/user/ada/profile")
    assert model["embedding_size"] == len(profile["profile"])
    assert {memory["name"] for memory in model["memories"]} == set(profile["memories"])
    assert model["movies"] == ask(client, "/")["total_movies"]
    assert model["embeddings_version"] == profile["embeddings_version"]
