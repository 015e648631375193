"""A visitor's file on the page that takes one, in both editions: shown, refused, forgotten."""

import io
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.lab import DRAWN
from tests.browser.static import put, served, site_files
from tests.browser.test_site import await_python

pytestmark = pytest.mark.browser

PICTURES = """[...document.querySelectorAll('[role=img]')].map((one) => one.ariaLabel).join()"""
BATCH = ".st-key-batch input[type=range]"
SOON = 30_000  # ms, on a busy machine
SAID = ".upload-said"
# Drops a file of that name with this text on the page's title.
DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  const dropped = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
  document.querySelector("h1").dispatchEvent(dropped);
}"""
# Keeps hold of every worker that the page starts.
WORKERS = """window.workers = [];
window.Worker = class extends Worker {
  constructor(address) {
    super(address);
    workers.push(this);
  }
};"""
KEPT = "JSON.stringify([location.href, { ...sessionStorage }, { ...localStorage }])"


@dataclass(frozen=True)
class File:
    """As Playwright puts one in."""

    name: str
    content: bytes

    def put_in(self, page: Page) -> None:
        given = {"name": self.name, "mimeType": "", "buffer": self.content}
        page.set_input_files(".upload input", given)  # type: ignore[arg-type]


def npy(name: str, mean: float) -> File:
    buffer = io.BytesIO()
    values = np.random.default_rng().normal(mean, 1, (256, 12))
    np.save(buffer, values.astype(np.float32))
    return File(name, buffer.getvalue())


def show_a_file(page: Page) -> None:
    """Put a good file in, move a slider on it, put a bad one in, drop another, forget it."""
    page.wait_for_selector(DRAWN)
    expect(page.locator(".upload-where")).to_be_visible()
    before = page.evaluate(PICTURES)
    npy("mine.npy", 30).put_in(page)
    expect(page.locator(SAID)).to_have_text("mine.npy: 256 × 12, float32.", timeout=SOON)
    changed(page, before)
    before = page.evaluate(PICTURES)
    moved = page.locator(BATCH)
    moved.press("ArrowLeft")
    changed(page, before)
    page.wait_for_url("**?*")
    before = page.evaluate(PICTURES)
    File("bad.npy", b"\x93NUMPY").put_in(page)
    expect(page.locator(SAID)).to_contain_text("bad.npy: ", timeout=SOON)
    expect(page.locator(SAID)).to_contain_text("The page still shows mine.npy.")
    moved.press("ArrowRight")
    changed(page, before)
    page.evaluate(DROP, ["<b>row</b>.csv", "1,2\n3,5\n5,4\n"])
    expect(page.locator(SAID)).to_have_text("<b>row</b>.csv: 3 × 2, float64.", timeout=SOON)
    page.get_by_role("button", name="Forget <b>row</b>.csv").click()
    expect(page.locator(SAID)).to_have_text("<b>row</b>.csv is forgotten.")
    expect(page.get_by_role("button", name="Forget")).to_have_count(0)
    moved.press("ArrowLeft")
    expect(page.locator(".live-text").filter(has_text="row")).to_have_count(0, timeout=SOON)


def changed(page: Page, before: str) -> None:
    page.wait_for_function(f"before => {PICTURES} !== before", arg=before)


def test_on_the_server_it_is_shown_and_named_in_no_address(page: Page, server: Server) -> None:
    tokens: set[str] = set()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.on("request", lambda one: tokens.add(one.headers.get("x-data", "")))
    page.goto(f"{server.url}/your_activations")
    show_a_file(page)
    page.get_by_text("Copy as").click()
    page.get_by_role("button", name="Link").click()
    expect(page.locator(".take-away-text textarea")).to_have_value(
        re.compile("^http"), timeout=SOON
    )
    link = page.locator(".take-away-text textarea").input_value()
    told = [*asked, link, page.evaluate(KEPT), page.content()]
    held = tokens - {""}
    assert held
    for token in held:
        assert len(token) >= 32
        assert not [text for text in told if token in text]


def test_in_the_browser_it_is_sent_nowhere_and_outlives_its_python(
    page: Page, tmp_path: Path
) -> None:
    put(site_files(), tmp_path)
    with served(tmp_path) as site:
        # Another tab of the same browser would have the site's files by its service worker.
        sent: list[str] = []
        page.on("request", lambda one: sent.append(one.method) if one.post_data else None)
        page.add_init_script(WORKERS)
        page.goto(f"http://{site.host}/your_activations/")
        await_python(page)
        show_a_file(page)
        assert sent == []
        npy("mine.npy", 30).put_in(page)
        expect(page.locator(SAID)).to_contain_text("mine.npy: 256", timeout=SOON)
        before = page.evaluate(PICTURES)
        page.evaluate("workers.at(-1).onerror({ message: 'out of memory' })")
        await_python(page)
        page.locator(BATCH).press("ArrowRight")
        changed(page, before)
        expect(page.locator("main")).not_to_contain_text("no longer")
