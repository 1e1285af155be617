"""Who may ask by which name, and whose pages may change anything."""

import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from movieloop import MovieLoop
from movieloop.api import create_app
from movieloop.api.hosts import OwnHosts
from tests.api.asking import LIKE
from tests.conftest import assert_problem

HOSTNAME = socket.gethostname()
LAN = [
    card.address
    for cards in psutil.net_if_addrs().values()
    for card in cards
    if card.family == socket.AF_INET
]


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "localhost:8000", "LOCALHOST:1", "localhost.", "movieloop.localhost:80",
        "127.0.0.1", "127.0.0.1:65535", "127.9.9.9", "[::1]", "[::1]:8000", "[0:0:0:0:0:0:0:1]",
        "0.0.0.0:8000", HOSTNAME, HOSTNAME.upper(), f"{HOSTNAME}:8000",
        f"{HOSTNAME.partition('.')[0]}.local", *LAN, *(f"{address}:8000" for address in LAN),
    ],
)  # fmt: skip
def test_this_machine_answers_for_its_names_and_addresses(host: str) -> None:
    assert OwnHosts().know(host)


@pytest.mark.parametrize(
    "host",
    [
        "", "evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example",
        "evil.example#localhost", "localhost@evil.example", "user@localhost", "localhost:", ":8000",
        "localhost:80a", "localhost:999999", "[", "[]", "[::1", "::1", "[localhost]", "203.0.113.7",
        "[2001:db8::7]:80", "2130706433", "0x7f000001", "localhost, evil.example", "localhost evil",
        "xn--lcalhost-54a", f"{HOSTNAME}.evil.example", "local", ".local", ".",
    ],
)  # fmt: skip
def test_and_for_no_others(host: str) -> None:
    assert not OwnHosts().know(host)


def test_more_names_can_be_allowed() -> None:
    own = OwnHosts(["Films.example.org", "*.home.arpa", "203.0.113.7"])
    for host in ("films.example.org", "films.example.org.:443", "tv.home.arpa", "203.0.113.7:80"):
        assert own.know(host)
    for host in ("example.org", "home.arpa", "evilhome.arpa", "203.0.113.8"):
        assert not own.know(host)
    assert OwnHosts(["*"]).know("whatever.example")


def test_the_address_a_connection_came_in_at_is_ours() -> None:
    assert not OwnHosts().know("198.51.100.9:80")
    assert OwnHosts().know("198.51.100.9:80", reached_at="198.51.100.9")
    assert not OwnHosts().know("198.51.100.9:80", reached_at="198.51.100.8")


@given(st.text(max_size=40))
def test_no_host_breaks_the_check(host: str) -> None:
    OwnHosts(["films.example.org"]).know(host)


@pytest.fixture
def outside(loop: MovieLoop) -> Iterator[TestClient]:
    """Somebody who comes over the network, through a proxy at 10.0.0.2 perhaps."""
    app = create_app(
        lambda: loop, allowed_hosts=["films.example.org"], trusted_proxies=["10.0.0.0/24"]
    )
    with TestClient(
        app, base_url="http://localhost:8000", client=("10.0.0.2", 5), raise_server_exceptions=False
    ) as client:
        yield client


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "HEAD"])
@pytest.mark.parametrize("path", ["/", "/recommend/ada", "/feedback", "/livez", "/nothing"])
def test_a_rebound_name_reads_and_writes_nothing(
    client: TestClient, method: str, path: str
) -> None:
    answer = client.request(method, path, headers={"Host": "evil.example:8000"})
    if method == "HEAD":
        assert answer.status_code == 400
    else:
        assert_problem(answer, 400, "--allowed-hosts evil.example")


def test_a_test_client_has_no_name_on_the_network(outside: TestClient) -> None:
    assert_problem(outside.get("/movies", headers={"Host": "testserver"}), 400)


def test_a_cross_site_change_is_refused_even_without_an_origin(client: TestClient) -> None:
    for site, status in (("cross-site", 403), ("same-origin", 200), ("none", 200)):
        answer = client.post("/feedback", json=LIKE, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == status
    assert client.get("/movies", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize("origin", ["http://[", "http://]", "http://[::1", "://", "", "x", "//"])
def test_an_origin_that_is_none_is_another_site(client: TestClient, origin: str) -> None:
    assert_problem(client.post("/feedback", json=LIKE, headers={"Origin": origin}), 403)


def test_a_proxy_that_keeps_the_host_needs_only_the_name(outside: TestClient) -> None:
    told = {"Host": "films.example.org", "Origin": "https://films.example.org"}
    assert outside.post("/feedback", json=LIKE, headers=told).status_code == 200
    told["Host"] = "films.example.org:443"
    assert outside.post("/feedback", json=LIKE, headers=told).status_code == 200


def test_behind_a_proxy_that_rewrites_the_host_changes_still_work(outside: TestClient) -> None:
    rewritten = {"Host": "127.0.0.1:8000", "Origin": "https://films.example.org"}
    # The browser vouches for it, or the name was allowed, or the trusted proxy tells it.
    vouched = {**rewritten, "Origin": "https://other.example", "Sec-Fetch-Site": "same-origin"}
    told = {**rewritten, "X-Forwarded-Host": "films.example.org", "X-Forwarded-Proto": "https"}
    for headers in (rewritten, vouched, told):
        assert outside.post("/feedback", json=LIKE, headers=headers).status_code == 200
    other = {**rewritten, "Origin": "https://other.example"}
    assert_problem(outside.post("/feedback", json=LIKE, headers=other), 403)
    lying = {**told, "X-Forwarded-Host": "evil.example"}
    assert_problem(outside.post("/feedback", json=LIKE, headers=lying), 400, "evil.example")


def test_forwarded_headers_of_anybody_else_do_not_count(loop: MovieLoop) -> None:
    app = create_app(lambda: loop, trusted_proxies=["10.0.0.2"])
    with TestClient(app, base_url="http://localhost", client=("10.0.0.3", 5)) as client:
        told = {"Origin": "https://evil.example", "X-Forwarded-Host": "evil.example"}
        assert client.post("/feedback", json=LIKE, headers=told).status_code == 403
        told = {"Host": "evil.example", "X-Forwarded-Host": "localhost"}
        assert client.get("/movies", headers=told).status_code == 400


def test_numbers_that_never_end_are_refused_in_a_word(client: TestClient, tmp_path: Path) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for number in ("9" * 5_000, "²", "٣", "-1", ""):
        answer = client.post(
            "/page/rate", content=f"movie_id={number}&rating=1".encode(), headers=form
        )
        assert_problem(answer, 422)
    length = {"Content-Type": b"application/json", "Content-Length": "²".encode("latin-1")}
    assert client.post("/feedback", content=b"{}", headers=length).status_code < 500
