"""Record the page for the README: two screenshots and an animation of a synthetic taste.

    python tools/record_page.py docs/images

Needs `pip install -e '.[test]' pillow` and a Chromium. The films are invented posters, the person
rating them is invented too: nothing of anybody else is shown.
"""

import io
import shutil
import sys
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from movieloop import MovieLoop
from movieloop.api import create_app
from served import served  # type: ignore[import-not-found]

WIDTH, HEIGHT = 1280, 800
FRAMES, PACE = 34, 0.28  # how many, and seconds between two


def begin(page: Page, url: str) -> None:
    """Tap three films and wait for the list.

    Args:
        page: A fresh page.
        url: The server.
    """
    page.goto(url)
    for number in (3, 6, 9):
        page.locator("#start .pick").nth(number).click()
        page.wait_for_timeout(500)
    page.locator("#films .card").first.wait_for()
    page.wait_for_timeout(2500)


def record(folder: Path) -> None:
    """Take the pictures.

    Args:
        folder: Where they go.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with served(create_app(lambda: MovieLoop.open(":memory:"))) as url, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        size = {"width": WIDTH, "height": HEIGHT}
        wide = browser.new_page(viewport=size, color_scheme="dark", locale="en-GB")  # type: ignore[arg-type]
        begin(wide, url)
        wide.locator("#films .like").nth(1).hover()
        wide.wait_for_timeout(700)
        wide.screenshot(path=str(folder / "page.png"))
        small = browser.new_page(
            viewport={"width": 390, "height": 844}, color_scheme="light", locale="en-GB"
        )
        small.goto(url)
        small.locator("#start .pick").nth(11).wait_for()
        small.locator("#start .pick").nth(3).click()
        small.wait_for_timeout(900)
        small.screenshot(path=str(folder / "start.png"))
        wide.mouse.move(0, 0)
        # A screenshot in the middle of a transition would show no cards.
        wide.emulate_media(color_scheme="dark", reduced_motion="reduce")
        wide.locator("#demo").click()
        frames = []
        for _ in range(FRAMES):
            began = time.monotonic()
            frames.append(Image.open(io.BytesIO(wide.screenshot())).resize((800, 500)))
            time.sleep(max(0.0, PACE - (time.monotonic() - began)))
        frames[0].save(
            folder / "learning.webp",
            save_all=True,
            append_images=frames[1:],
            duration=int(1000 * PACE),
            loop=0,
            quality=60,
        )
        browser.close()


if __name__ == "__main__":
    record(Path(sys.argv[1]))
