"""Every language says everything: the catalogues are compared, and used words exist."""

import json
import re
import shutil
import subprocess
from importlib.resources import files
from typing import Any

import pytest

from movieloop.api.page.words import WORDS

WEB = files("movieloop") / "web"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="No node: the catalogues were not compared.")


def catalogue(language: str) -> dict[str, Any]:
    """Read a catalogue: every name, its kind, and how many things it is about."""
    script = (
        f"import words from {json.dumps(str(WEB / 'words' / (language + '.js')))};"
        "console.log(JSON.stringify(Object.fromEntries(Object.entries(words).map("
        "([name, value]) => [name, typeof value === 'function' ? value.length : typeof value]))))"
    )
    told = subprocess.run(
        [str(NODE), "--input-type=module", "--eval", script],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def test_german_and_english_say_the_same_things() -> None:
    assert catalogue("de") == catalogue("en")


def test_what_the_page_says_is_in_the_catalogue() -> None:
    scripts = [file for folder in (WEB, WEB / "views") for file in folder.iterdir()]
    used = {
        name
        for file in scripts
        if file.name.endswith(".js")
        for name in re.findall(r'\bsay\("(\w+)"', file.read_text("utf-8"))
    }
    assert len(used) > 100
    assert used - set(catalogue("en")) == set()


def test_the_servers_own_words_are_complete() -> None:
    assert WORDS["de"].keys() == WORDS["en"].keys()
