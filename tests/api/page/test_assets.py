"""The page's files: kept for ever under an address that changes when they do."""

import gzip
from importlib import resources

import pytest
from fastapi.testclient import TestClient

from movieloop.api.page.assets import Assets

ASSETS = Assets()


@pytest.mark.parametrize("name", ASSETS.names)
def test_every_file_is_served_for_ever_packed_or_not(reading_client: TestClient, name: str) -> None:
    plain = reading_client.get(ASSETS.address(name), headers={"Accept-Encoding": "identity"})
    packed = reading_client.get(ASSETS.address(name), headers={"Accept-Encoding": "gzip"})
    assert plain.content == packed.content != b""
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(gzip.compress(plain.content, mtime=0))
    for answer in (plain, packed):
        assert "immutable" in answer.headers["cache-control"]
        assert "Accept-Encoding" in answer.headers["vary"]


def test_an_address_of_before_gets_the_file_but_does_not_keep_it(
    reading_client: TestClient,
) -> None:
    old = reading_client.get("/assets/000000000000/app.js")
    assert old.status_code == 200
    assert old.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["nothing.js", "../settings.py", "%2e%2e/settings.py", "app.js/x"])
def test_there_is_nothing_else(reading_client: TestClient, name: str) -> None:
    assert (
        reading_client.get(f"/assets/{ASSETS.address('').split('/')[2]}/{name}").status_code == 404
    )


@pytest.mark.parametrize("name", [name for name in ASSETS.names if name.endswith(".js")])
def test_only_types_are_left_out_and_every_line_keeps_its_number(
    reading_client: TestClient, name: str
) -> None:
    kept = (resources.files("movieloop") / "web" / name).read_text(encoding="utf-8")
    sent = reading_client.get(ASSETS.address(name)).text
    if name.startswith("vendor/"):
        assert "@license" in sent and sent == kept
        return
    assert "/**" not in sent
    assert len(sent.splitlines()) == len(kept.splitlines())
    for theirs, ours in zip(sent.splitlines(), kept.splitlines(), strict=True):
        if theirs.strip() and "*/" not in ours:
            assert theirs == ours
