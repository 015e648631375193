"""A hand on the slider `mean` in headless Chromium: by mouse, by key, and the bytes it costs."""

import base64
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.server import Server

PROBE = Path(__file__).with_name("probe.js").read_text()
DRAG_SECONDS = 3.0
QUIET_MS = 400
QUIET = f"probe.pictures.length && performance.now() - probe.any.at(-1) > {QUIET_MS}"
DATA = "plot => JSON.stringify(document.querySelector(`${plot} .js-plotly-plot`).data)"

# Notes when the first picture stands there, in ms since the visit began.
FIRST = """
const look = () => {
  if (document.querySelector("PLOT .trace path")) window.firstPicture = performance.now();
  else requestAnimationFrame(look);
};
look();
"""
# Moves the slider, a step for each changed picture, back and forth.
MOVES = """async (count) => {
  const slider = document.querySelector(".st-key-mean input[type=range]");
  for (let move = 0; move < count; move += 1) {
    probe.pictures.length = probe.any.length = 0;
    if (Math.floor(move / 50) % 2) slider.stepDown();
    else slider.stepUp();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    while (!probe.pictures.length) await new Promise(requestAnimationFrame);
  }
}"""


@dataclass(frozen=True)
class Visit:
    """Times of a first visit, in ms since it began."""

    picture: float
    ready: float


@dataclass(frozen=True)
class Drag:
    """What was drawn between mouse down and mouse up, and whether the last picture was right."""

    seconds: float
    n_moves: int
    n_pictures: int
    n_blanks: int
    n_mounts: int
    ends_on_released_value: bool


@dataclass(frozen=True)
class Press:
    """From a key press to the first change of the plot, and to the last of all plots, in ms."""

    first: float
    last: float


@dataclass(frozen=True)
class Wire:
    """Bytes that came to the browser: HTTP with its heads, and the payload of websocket frames."""

    first_visit: float
    per_move: float


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser, the system's where there is one, that reaches no other host."""
    args = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=args)
        try:
            yield browser
        finally:
            browser.close()


def drag(browser: Browser, server: Server, every: tuple[float, float] = (0.02, 0.08)) -> Drag:
    """Drag for DRAG_SECONDS with a mouse move every so many seconds, and let go.

    The last picture is right if a step by key and back again draws the same data.
    """
    with _tab(browser) as page:
        _open(page, server)
        box = page.locator(f".st-key-mean {server.track}").first.bounding_box()
        assert box is not None
        y = box["y"] + box["height"] / 2
        pace = random.Random(0)
        page.mouse.move(box["x"] + 0.75 * box["width"], y)
        page.mouse.down()
        start, due, n_moves = time.perf_counter(), 0.0, 0
        while (past := time.perf_counter() - start) < DRAG_SECONDS:
            page.mouse.move(box["x"] + (0.75 - 0.5 * past / DRAG_SECONDS) * box["width"], y)
            n_moves += 1
            # The call ends when the page has taken the move; a hand does not wait for that.
            due = max(due + pace.uniform(*every), past)
            time.sleep(max(0.0, start + due - time.perf_counter()))
        seen = page.evaluate("({...probe, pictures: probe.pictures.length})")
        page.mouse.up()
        page.wait_for_function(QUIET)
        released = page.evaluate(DATA, server.plot)
        for key in ("ArrowRight", "ArrowLeft"):
            _press(page, key)
        right = released == page.evaluate(DATA, server.plot)
        return Drag(past, n_moves, seen["pictures"], seen["blanks"], seen["mounts"], right)


def presses(
    browser: Browser,
    servers: Sequence[Server],
    n_rounds: int,
    n_each: int,
    round_trip: float = 0.0,
) -> list[list[Press]]:
    """Arrow keys on the slider, n_each at a time on each server in turn; a list for each.

    round_trip: so many ms are added to each request, by Chromium's own emulation.
    """
    pressed: list[list[Press]] = [[] for _ in servers]
    with ExitStack() as stack:
        pages = [stack.enter_context(_tab(browser)) for _ in servers]
        for page, server in zip(pages, servers, strict=True):
            _open(page, server)
            _far_away(page, round_trip)
            page.evaluate("probe.on = false")
        for _ in range(n_rounds):
            for page, into in zip(pages, pressed, strict=True):
                page.bring_to_front()
                page.evaluate("probe.on = true")
                into += [_press(page, "ArrowRight") for _ in range(n_each)]
                page.evaluate("probe.on = false")
    return pressed


def wire(browser: Browser, server: Server, n_moves: int) -> Wire:
    """Bytes of a first visit with an empty cache, and of a move by key."""
    with _tab(browser) as page:
        received: list[float] = []
        devtools = page.context.new_cdp_session(page)
        devtools.on("Network.loadingFinished", lambda e: received.append(e["encodedDataLength"]))
        devtools.on("Network.webSocketFrameReceived", lambda e: received.append(_frame_bytes(e)))
        devtools.send("Network.enable")
        _open(page, server)
        first_visit = sum(received)
        for _ in range(n_moves):
            _press(page, "ArrowRight")
        return Wire(first_visit, (sum(received) - first_visit) / n_moves)


def first_visit(browser: Browser, server: Server) -> Visit:
    """A visit with an empty cache: when the picture stands there, and when it can be moved."""
    with _tab(browser) as page:
        page.add_init_script(FIRST.replace("PLOT", server.plot))
        page.goto(server.url)
        page.wait_for_function("window.firstPicture")
        page.wait_for_function(server.ready, polling=20)
        ready = page.evaluate("performance.now()")
        return Visit(page.evaluate("window.firstPicture"), ready)


def visits(browser: Browser, server: Server, sent: Callable[[], int]) -> tuple[int, int]:
    """Bytes that a server sent for a first visit, all that it keeps included, and for a second."""
    with _tab(browser) as page:
        before = sent()
        _open(page, server)
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        first = sent() - before
        page.goto("about:blank")
        _open(page, server)
        page.wait_for_load_state("networkidle")
        return first, sent() - before - first


def memory(browser: Browser, server: Server, counts: Sequence[int]) -> list[float]:
    """MB that the tab's processes hold alone after so many moves, garbage collected."""
    held = []
    with _tab(browser) as page:
        _open(page, server)
        devtools = page.context.new_cdp_session(page)
        done = 0
        for count in counts:
            page.evaluate(MOVES, count - done)
            done = count
            devtools.send("HeapProfiler.collectGarbage")
            held.append(_renderers_mb(browser))
    return held


def _renderers_mb(browser: Browser) -> float:
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pages = 0
    for process in found:
        if process["type"] == "renderer":
            fields = Path(f"/proc/{process['id']}/statm").read_text().split()
            pages += int(fields[1]) - int(fields[2])  # resident, of that shared
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _far_away(page: Page, round_trip: float) -> None:
    unlimited = {"downloadThroughput": -1, "uploadThroughput": -1}
    conditions = {"offline": False, "latency": round_trip, **unlimited}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", conditions)


@contextmanager
def _tab(browser: Browser) -> Iterator[Page]:
    """A page with a cache and a session of its own."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True) as context:
        yield context.new_page()


def _open(page: Page, server: Server) -> None:
    """Wait until the plot is drawn and all is loaded; focus the slider and start the probe."""
    page.goto(server.url)
    page.locator(f"{server.plot} .trace path").first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    page.wait_for_function(server.ready)
    page.locator(".st-key-mean input[type=range]").focus()
    page.evaluate(PROBE, server.plot)


def _press(page: Page, key: str) -> Press:
    page.evaluate("probe.pictures.length = probe.any.length = 0")
    page.keyboard.press(key)
    page.wait_for_function(QUIET)
    first, last = page.evaluate(
        "[probe.pictures[0], probe.any.at(-1)].map((time) => time - probe.pressed)"
    )
    return Press(first, last)


def _frame_bytes(event: dict[str, Any]) -> int:
    return len(base64.b64decode(event["response"]["payloadData"]))
