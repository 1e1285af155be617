"""What the README shows is what the program prints today."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_example_prints_what_the_readme_says() -> None:
    checked = subprocess.run(
        [sys.executable, "tools/refresh_readme.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_every_link_leads_to_a_file() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        links = [part.split(")")[0] for part in page.read_text().split("](")[1:]]
        assert links
        for link in links:
            assert link.startswith("https://") or (ROOT / link).exists(), link
