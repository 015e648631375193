"""A visitor's file of 50 MB: until it is read and drawn, and what a slider costs on it.

`python -m benchmarks.uploads` prints this part alone.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from playwright.sync_api import Browser, Page, ViewportSize

from benchmarks import drag, static
from benchmarks.server import Server, ours
from benchmarks.table import Row, alone, beside, markdown

ROWS, COLUMNS = 12_480, 1000  # of float32: just under 50 MB
MOVES = 15
PICTURES = "[...document.querySelectorAll('[role=img]')].map((one) => one.ariaLabel).join()"

# Moves the main slider a step for each changed picture; gives the waits in ms.
MOVED = """async (count) => {
  const slider = document.querySelector(".head input[type=range]");
  const pictures = () => PICTURES;
  const waits = [];
  for (let move = 0; move < count; move += 1) {
    const before = pictures();
    const start = performance.now();
    if (move % 2) slider.stepUp();
    else slider.stepDown();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    while (pictures() === before && performance.now() - start < 5000) {
      await new Promise((resolve) => setTimeout(resolve));
    }
    waits.push(performance.now() - start);
  }
  return waits;
}""".replace("PICTURES", PICTURES)

# Asks the server as a moving slider does, never the same twice, of two pages in turn; gives the
# waits for each in ms.
ASKED = """async ([pages, data]) => {
  const waits = pages.map(() => []);
  for (const size of [2, 3, 4, 5, 6, 8, 12, 16, 24, 48, 64, 96, 128, 192, 256]) {
    for (const [number, page] of pages.entries()) {
      const start = performance.now();
      const headers = { "X-Data": data };
      await (await fetch(`/live/${page}?eps=0.001&batch=${size}`, { headers })).json();
      waits[number].push(performance.now() - start);
    }
  }
  return waits;
}"""


def rows() -> Iterator[Row]:
    """Both editions; in each the same file."""
    with _file() as file, drag.chromium() as browser:
        with ours() as app:
            yield from _served(browser, app, file)
        with static.site() as (site, _):
            yield from _in_the_browser(browser, site, file)


def _served(browser: Browser, app: Server, file: Path) -> Iterator[Row]:
    with _page(browser, replace(app, path="/your_activations")) as page:
        tokens: list[str] = []
        page.on("request", lambda one: tokens.extend(filter(None, [one.headers.get("x-data")])))
        yield alone("file of 50 MB to the server: first picture", _put(page, file), "s", at_most=3)
        moved = page.locator(".st-key-head input[type=range]").first
        with page.expect_request(lambda one: "x-data" in one.headers):
            moved.press("ArrowLeft")
        own, other = page.evaluate(ASKED, [["your_activations", "lab"], tokens[-1]])
        yield beside(
            "file of 50 MB on the server: answer to a slider, beside the lab's",
            median(own),
            median(other),
            "ms",
            at_most=1.5,
        )


def _in_the_browser(browser: Browser, site: Server, file: Path) -> Iterator[Row]:
    with _page(browser, site) as page:
        other = median(page.evaluate(MOVED, MOVES))
    with _page(browser, replace(site, path="/your_activations/")) as page:
        name = "file of 50 MB in the browser"
        yield alone(f"{name}: first picture", _put(page, file), "s", at_most=3)
        own = median(page.evaluate(MOVED, MOVES))
        name = f"{name}: slider to picture, beside the lab's"
        yield beside(name, own, other, "ms", at_most=1.5)


def _put(page: Page, file: Path) -> float:
    """Seconds until the page shows the file."""
    before = page.evaluate(PICTURES)
    start = perf_counter()
    page.set_input_files(".upload input", file)
    page.wait_for_function(f"before => {PICTURES} !== before", arg=before, polling=20)
    return perf_counter() - start


@contextmanager
def _page(browser: Browser, server: Server) -> Iterator[Page]:
    # Playwright's conditions are strings, which the page's own rules do not let run.
    size: ViewportSize = {"width": 1280, "height": 800}
    with browser.new_context(viewport=size, bypass_csp=True) as context:
        page = context.new_page()
        page.goto(server.url)
        page.wait_for_selector("[role=img]", state="attached")
        page.wait_for_function(server.ready, polling=20)
        page.wait_for_load_state("networkidle")
        yield page


@contextmanager
def _file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "activations.npy"
        rng = np.random.default_rng(0)
        np.save(path, rng.normal(1, 2, (ROWS, COLUMNS)).astype(np.float32))
        yield path


if __name__ == "__main__":
    print(markdown(rows()))
