"""A hand on the slider `mean` in headless Chromium: by mouse, by key, and the bytes it costs."""

import base64
import random
import shutil
import time
from collections.abc import Iterator, Sequence
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


def drag(browser: Browser, server: Server) -> Drag:
    """Drag for DRAG_SECONDS with a mouse move every 20 to 80 ms, and let go.

    The last picture is right if a step by key and back again draws the same data.
    """
    with _tab(browser) as page:
        _open(page, server)
        box = page.locator(".st-key-mean [role=group] > div").first.bounding_box()
        assert box is not None
        y = box["y"] + box["height"] / 2
        pace = random.Random(0)
        page.mouse.move(box["x"] + 0.75 * box["width"], y)
        page.mouse.down()
        start, n_moves = time.perf_counter(), 0
        while (past := time.perf_counter() - start) < DRAG_SECONDS:
            page.mouse.move(box["x"] + (0.75 - 0.5 * past / DRAG_SECONDS) * box["width"], y)
            n_moves += 1
            time.sleep(pace.uniform(0.02, 0.08))
        seen = page.evaluate("({...probe, pictures: probe.pictures.length})")
        page.mouse.up()
        page.wait_for_function(QUIET)
        released = page.evaluate(DATA, server.plot)
        for key in ("ArrowRight", "ArrowLeft"):
            _press(page, key)
        right = released == page.evaluate(DATA, server.plot)
        return Drag(past, n_moves, seen["pictures"], seen["blanks"], seen["mounts"], right)


def presses(
    browser: Browser, servers: Sequence[Server], n_rounds: int, n_each: int
) -> list[list[Press]]:
    """Arrow keys on the slider, n_each at a time on each server in turn; a list for each."""
    pressed: list[list[Press]] = [[] for _ in servers]
    with ExitStack() as stack:
        pages = [stack.enter_context(_tab(browser)) for _ in servers]
        for page, server in zip(pages, servers, strict=True):
            _open(page, server)
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


@contextmanager
def _tab(browser: Browser) -> Iterator[Page]:
    """A page with a cache and a session of its own."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()


def _open(page: Page, server: Server) -> None:
    """Wait until the plot is drawn and all is loaded; focus the slider and start the probe."""
    page.goto(server.url)
    page.locator(f"{server.plot} .trace path").first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
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
