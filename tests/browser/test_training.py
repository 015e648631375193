"""The training page in a real browser: curves that grow, a stop, a link, other visitors."""

import re
from time import monotonic

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server
from tests.browser.lab import alt, await_alt, await_run, open_page, plot, slider

pytestmark = pytest.mark.browser

SMALL = "train_steps=50&layers=2&seeds=1"
LARGE = "train_steps=600&layers=10&seeds=9&batch=128"

# Counts the longest curve of the figure at every frame the browser paints, and new mounts.
WATCH = """() => {
  const find = () => document.querySelector('.st-key-fig_loss .js-plotly-plot');
  const first = find();
  window.seen = { lengths: new Set(), mounts: 0 };
  const look = () => {
    if (find() !== first) window.seen.mounts += 1;
    const traces = find()?.data ?? [];
    window.seen.lengths.add(Math.max(0, ...traces.map((trace) => trace.x.length)));
    requestAnimationFrame(look);
  };
  look();
}"""


def button(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").click()


def await_end(page: Page) -> None:
    expect(page.get_by_text("Done. The same settings")).to_be_visible(timeout=60_000)
    await_run(page)


def test_it_runs_to_its_end_and_the_curves_grow_in_place(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/training?train_steps=600&layers=4&seeds=3", "fig_loss")
    assert "Nothing has been trained" in alt(page, "fig_loss")
    page.evaluate(WATCH)
    button(page, "run")
    await_end(page)
    await_alt(page, "batch norm", "fig_loss")
    assert page.evaluate("window.seen.lengths.size") > 3
    assert page.evaluate("window.seen.mounts") == 0
    assert "After 600 steps" in page.locator(".st-key-after").inner_text()
    assert page.locator("[data-testid=stException]").count() == 0


def test_stop_stops_and_the_page_is_usable_meanwhile(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/training?{LARGE}", "fig_loss")
    button(page, "run")
    expect(page.locator(".st-key-stop button")).to_be_enabled()
    await_alt(page, "Accuracy at the last step", "fig_loss")
    page.get_by_text("The network, the data").click()
    expect(page.get_by_text("CC BY 4.0")).to_be_visible()
    begun = monotonic()
    button(page, "stop")
    expect(page.locator(".st-key-run button")).to_be_enabled()
    assert monotonic() - begun < 5
    expect(page.get_by_text("Stopped at")).to_be_visible()
    assert "Accuracy at the last step" in alt(page, "fig_loss"), "what there is stays"


def test_other_visitors_stay_quick_while_it_trains(
    page: Page, context: BrowserContext, server: Server
) -> None:
    open_page(page, f"{server.url}/training?{LARGE}&seed=1", "fig_loss")
    button(page, "run")
    await_alt(page, "Accuracy at the last step", "fig_loss")
    other = context.new_page()
    open_page(other, server.url)
    slider(other, "mean").focus()
    begun = monotonic()
    other.keyboard.press("ArrowRight")
    await_alt(other, "mean 5.13")
    assert monotonic() - begun < 2
    button(page, "stop")
    expect(page.get_by_text("Stopped at")).to_be_visible()


def test_a_link_brings_the_experiment_and_its_result(
    page: Page, context: BrowserContext, server: Server
) -> None:
    open_page(page, f"{server.url}/training?{SMALL}", "fig_loss")
    slider(page, "rate").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("rate=0.2"))
    await_run(page)
    button(page, "run")
    await_end(page)
    await_alt(page, "learning rate 0.2. Accuracy at the last step", "fig_loss")
    other = context.new_page()
    open_page(other, page.url, "fig_loss")
    assert alt(other, "fig_loss") == alt(page, "fig_loss")


def test_a_preset_trains_with_one_click(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/training?seeds=1", "fig_loss")
    button(page, "preset_2")
    page.wait_for_url(re.compile("experiment=gradient"))
    plot(page, "fig_accumulation").wait_for()
    await_end(page)
    await_alt(page, "layer norm", "fig_accumulation")
    expect(page.locator(".st-key-after")).to_contain_text("ghost batch")


def test_bad_settings_in_the_address_are_told(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/training?rate=0.3&layers=99", "fig_loss")
    told = " ".join(page.locator("[data-testid=stAlert]").all_inner_texts())
    assert "rate=0.3" in told
    assert "layers=99" in told
    assert slider(page, "layers").input_value() == "8"


def test_the_first_screen_holds_settings_buttons_and_picture(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/training", "fig_loss")
    for key in ("rate", "batch", "layers", "run", "stop", "fig_loss"):
        box = page.locator(f".st-key-{key}").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800, key
