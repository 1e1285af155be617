"""Behind a real nginx, as docs/self-hosting.md says: pages work, other sites change nothing."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from movieloop import MovieLoop
from movieloop.api import create_app
from tests.api.asking import LIKE
from tests.served import served

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
DOCS = Path(__file__).parents[2] / "docs" / "self-hosting.md"
ORIGIN = {"Origin": "https://films.example.org", "Host": "films.example.org"}
pytestmark = pytest.mark.skipif(not NGINX, reason="No nginx here: no proxy was tried.")


def site(keep_host: bool) -> str:
    """The server block of the documentation, with or without its Host line."""
    block = re.search(r"```nginx\n(.*?)```", DOCS.read_text(), re.DOTALL)
    assert block is not None
    return block[1] if keep_host else block[1].replace("proxy_set_header Host $host;", "")


@contextmanager
def behind(upstream: str, folder: Path, block: str) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    block = block.replace("listen 80;", f"listen 127.0.0.1:{port};")
    block = block.replace("http://127.0.0.1:8000", upstream)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root; " if os.geteuid() == 0 else ""  # the folder is ours only
    (folder / "nginx.conf").write_text(
        f"{user}pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{block} }}\n"
    )
    server = subprocess.Popen(
        [str(NGINX), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(100):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.mark.parametrize(
    ("keep_host", "trusted"), [(True, ()), (False, ("127.0.0.1",)), (False, ())]
)
def test_changes_work_behind_nginx_and_other_sites_make_none(
    tmp_path: Path, keep_host: bool, trusted: tuple[str, ...]
) -> None:
    app = create_app(
        lambda: MovieLoop.open(":memory:"),
        allowed_hosts=["films.example.org"],
        trusted_proxies=trusted,
    )
    with (
        served(app) as upstream,
        behind(upstream, tmp_path, site(keep_host)) as url,
        httpx2.Client(base_url=url) as client,
    ):
        assert client.get("/movies?limit=1", headers=ORIGIN).status_code == 200
        assert client.post("/feedback", json=LIKE, headers=ORIGIN).status_code == 200
        evil = {**ORIGIN, "Origin": "https://evil.example"}
        assert client.post("/feedback", json=LIKE, headers=evil).status_code == 403
        big = client.post("/user/ada/import", content=b"x\n" * 3_000_000, headers=ORIGIN)
        assert big.status_code == 422, "it reached us: nginx allows as much as we do"
        if keep_host or trusted:
            other = {"Host": "evil.example", "Origin": "https://evil.example"}
            assert client.get("/movies?limit=1", headers=other).status_code == 400
