"""How quick the page is: on a slow phone until the first tap, and on the map with 90,000 films.

    python benchmarks/page.py
    python benchmarks/page.py --quick

Needs `pip install -e '.[test]'` and a Chromium. The phone is Chromium's own: 1.6 Mbit/s down, .75
up, 150 ms there and back, a processor four times slower. Told are medians of five visits.
"""

import argparse
import json
import random
import shutil
import statistics
import sys
from pathlib import Path
from typing import Any

from measuring import machine, report
from playwright.sync_api import Browser, Page, Route, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from movieloop import MovieLoop
from movieloop.api import create_app
from tests.served import served

VISITS = 5
FILMS = 90_000
KBIT = 1024 / 8
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1600 * KBIT,
    "uploadThroughput": 750 * KBIT,
}
# A pick can be tapped when it is painted and, with scripts, when they have taken it over.
WATCH = """
window.seen = {};
new MutationObserver(() => {
  const now = performance.now();
  if (document.querySelector('.card form')) window.seen.forms ??= now;
  if (document.querySelector('#start .pick')) window.seen.scripts ??= now;
}).observe(document, {childList: true, subtree: true});
"""
FRAMES = """async ({wheel}) => {
  const map = document.querySelector('.map');
  const box = map.getBoundingClientRect();
  const at = {clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, bubbles: true,
              cancelable: true, pointerId: 1, pointerType: 'mouse'};
  if (!wheel) map.dispatchEvent(new PointerEvent('pointerdown', at));
  let frames = 0;
  const began = performance.now();
  while (performance.now() - began < 2000) {
    await new Promise(requestAnimationFrame);
    frames += 1;
    const deltaY = frames % 60 < 30 ? -20 : 20;
    if (wheel) map.dispatchEvent(new WheelEvent('wheel', {...at, deltaY}));
    else map.dispatchEvent(new PointerEvent('pointermove',
      {...at, clientX: at.clientX + 60 * Math.sin(frames / 9),
       clientY: at.clientY + 40 * Math.cos(frames / 9)}));
  }
  if (!wheel) map.dispatchEvent(new PointerEvent('pointerup', at));
  return frames / ((performance.now() - began) / 1000);
}"""


def visit(browser: Browser, url: str) -> dict[str, float]:
    """Open the page for the first time on a slow phone.

    Args:
        browser: The browser.
        url: The server.

    Returns:
        Milliseconds until things are there, and kilobytes that came.
    """
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, service_workers="block", locale="en-GB"
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    came: list[float] = []
    session.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    page.add_init_script(WATCH)
    page.goto(url, wait_until="commit")
    page.locator("#start .pick").first.wait_for()
    seen: dict[str, float] = page.evaluate("window.seen")
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return {"painted": painted, **seen, "kilobytes": sum(came) / 1024}


def crowded(route: Route) -> None:
    """Answer with a map of 90,000 films."""
    told: dict[str, Any] = route.fetch().json()
    dice = random.Random(1)
    told["movie_ids"] = list(range(1, FILMS + 1))
    told["x"] = [int(min(max(dice.gauss(5000, 1800), 0), 10_000)) for _ in range(FILMS)]
    told["y"] = [int(min(max(dice.gauss(5000, 1800), 0), 10_000)) for _ in range(FILMS)]
    told["genre"] = [dice.randrange(20) for _ in range(FILMS)]
    route.fulfill(body=json.dumps(told), content_type="application/json")


def frames(page: Page, url: str) -> dict[str, float]:
    """Move a map of 90,000 films.

    Args:
        page: A page of a returning visitor.
        url: The server.

    Returns:
        Frames a second while it is dragged and while the wheel turns.
    """
    page.route("**/map", crowded)
    page.goto(url)
    for _ in range(3):
        page.locator("#start .pick[aria-pressed=false]").first.click()
        page.wait_for_timeout(400)
    page.locator(".region").first.wait_for()
    page.locator(".map").scroll_into_view_if_needed()
    return {kind: page.evaluate(FRAMES, {"wheel": kind == "wheel"}) for kind in ("drag", "wheel")}


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one visit, to see that it runs")
    quick = parser.parse_args().quick
    print(machine())
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with (
        served(create_app(lambda: MovieLoop.open(":memory:"))) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        visits = [visit(browser, url) for _ in range(1 if quick else VISITS)]
        middle = {name: statistics.median(one[name] for one in visits) for name in visits[0]}
        moved = frames(browser.new_page(viewport={"width": 1280, "height": 900}), url)
        browser.close()
    figures: dict[str, float | None] = {
        "page_painted_s": middle["painted"] / 1000,
        "page_scripts_s": middle["scripts"] / 1000,
        "page_kilobytes": middle["kilobytes"],
        "map_dragged_frames": moved["drag"],
        "map_zoomed_frames": moved["wheel"],
    }
    report(figures, {}, keep=not quick)


if __name__ == "__main__":
    main()
