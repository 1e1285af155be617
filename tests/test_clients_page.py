"""What docs/clients.md shows works, word for word, against a real server."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from movieloop import MovieLoop
from movieloop.api import create_app
from tests.served import served
from tools.openapi import KEPT

PAGE = KEPT.with_name("clients.md")
LOCAL = "http://127.0.0.1:8000"
TYPESCRIPT = ("typescript@5.9.3", "openapi-fetch@0.15.0", "openapi-typescript@7.10.1")


def block(language: str, number: int = 0) -> str:
    found = re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(), re.DOTALL)
    return str(found[number])


def test_the_python_example_prints_films_with_reasons(loop: MovieLoop) -> None:
    with served(create_app(lambda: loop)) as url:
        said = subprocess.run(
            [sys.executable, "-c", block("python").replace(LOCAL, url)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert said.returncode == 0, said.stderr
    lines = said.stdout.splitlines()
    assert len(lines) == 6 and "['Alien']" in lines[0]
    assert lines[-1].startswith("404 ")


def test_the_example_of_gorse_s_client_prints_films(loop: MovieLoop) -> None:
    with served(create_app(lambda: loop)) as url:
        said = subprocess.run(
            [sys.executable, "-c", block("python", 1).replace(LOCAL, url)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("[('") and said.stdout.count("('") == 3


def test_the_lines_for_curl_are_answered(loop: MovieLoop) -> None:
    with served(create_app(lambda: loop)) as url:
        script = block("sh").replace(LOCAL, url).replace("curl -s", "curl -sf")
        said = subprocess.run(
            ["sh", "-ec", script], capture_output=True, text=True, check=False
        )  # fmt: skip
    assert said.returncode == 0, said.stderr
    decoder = json.JSONDecoder()
    stored, end = decoder.raw_decode(said.stdout)
    listed, _ = decoder.raw_decode(said.stdout[end:].lstrip())
    assert stored["movie"]["title"] == "Alien" and len(listed["recommendations"]) == 5


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("npm") is None, reason="needs Node")
def test_the_typescript_example_has_the_right_types_and_works(
    loop: MovieLoop, tmp_path: Path
) -> None:
    def node(*command: str) -> str:
        said = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
        )
        assert said.returncode == 0, said.stdout + said.stderr
        return said.stdout

    (tmp_path / "package.json").write_text('{"type": "module"}')
    node("npm", "install", "--no-audit", "--no-fund", *TYPESCRIPT)
    node("npx", "openapi-typescript", str(KEPT), "-o", "movieloop.d.ts")
    with served(create_app(lambda: loop)) as url:
        (tmp_path / "main.ts").write_text(block("ts").replace(LOCAL, url))
        strict = ("--strict", "--target", "es2022", "--module", "es2022", "--skipLibCheck")
        found = ("--moduleResolution", "bundler", "--lib", "es2022,dom")
        node("npx", "tsc", *strict, *found, "main.ts")
        printed = node("node", "main.js")
    assert len(printed.splitlines()) == 5 and "[ 'Alien' ]" in printed
