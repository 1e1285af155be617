"""The documentation site holds everything, and every link of it leads somewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import site

ROOT = Path(__file__).parents[1]


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(site, "PAGES", ROOT / "build" / "test-pages")
    site.main()
    return site.PAGES


def test_every_link_leads_to_a_page_and_every_page_is_in_the_navigation(pages: Path) -> None:
    listed = set(re.findall(r'= "([a-z0-9-]+\.md)"', (ROOT / "zensical.toml").read_text()))
    assert listed == {page.name for page in pages.glob("*.md")}
    for page in pages.glob("*.md"):
        if page.name.startswith(("lesson", "taste")):
            continue
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text()):
            if not target.startswith("http"):
                assert (pages / target).exists(), (page.name, target)


def test_commands_and_routes_are_all_there(pages: Path) -> None:
    commands, routes = (pages / "cli.md").read_text(), (pages / "api.md").read_text()
    for command in ("recommend", "connect sync", "films update", "keys add", "doctor"):
        assert f"## movieloop {command}\n" in commands
    for route in ("GET /recommend/{user_id}", "POST /feedback", "GET /api/recommendations"):
        assert f"## {route}\n" in routes


def test_what_is_not_on_the_site_is_named_and_not_linked() -> None:
    said = site.linked(
        "[schemas/](src/movieloop/schemas), [it](https://example.com/a)", "README.md"
    )
    assert said == "schemas/ (`src/movieloop/schemas`), [it](https://example.com/a)"


@pytest.mark.slow
def test_the_site_is_built_without_a_warning() -> None:
    for command in (["tools/site.py"], ["-m", "zensical", "build", "--strict"]):
        said = subprocess.run(
            [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert said.returncode == 0, said.stdout + said.stderr
    first = (ROOT / "build" / "site" / "index.html").read_text()
    assert "movieloop" in first
    assert not re.findall(r'<(?:script|link)[^>]+(?:src|href)="https?://', first)
