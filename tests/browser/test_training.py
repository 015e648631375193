"""The training page in a real browser: curves that grow, a stop, a link, other visitors."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server
from tests.browser.lab import alt, await_alt, await_run, open_page, plot, slider
from ui.app.streamlit_dom import Dom

pytestmark = pytest.mark.browser

SMALL = "train_steps=50&layers=2&seeds=1"
LARGE = "train_steps=600&layers=10&seeds=9&batch=512"
OWN = "over 600 steps"  # in the text of a figure with LARGE's own results; not the prepared run's

# Counts the longest curve of the figure at every frame the browser paints, and new mounts.
WATCH = """() => {
  const find = () => document.querySelector('.st-key-fig_accuracy .js-plotly-plot');
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
    expect(page.get_by_text("Done. At these settings")).to_be_visible(timeout=60_000)
    await_run(page)


def test_the_curves_grow_in_place_while_it_trains(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/training?{LARGE}", "fig_accuracy")
    assert "Prepared run:" in alt(page, "fig_accuracy")
    page.evaluate(WATCH)
    button(page, "run")
    # Empty, and twice longer than before: however fast the machine, there is that much to train.
    page.wait_for_function("window.seen.lengths.size >= 3", timeout=60_000)
    button(page, "stop")
    expect(page.get_by_text("Stopped at")).to_be_visible()
    await_run(page)
    assert page.evaluate("window.seen.mounts") == 0


def test_it_runs_to_its_end(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/training?{SMALL}", "fig_accuracy")
    page.evaluate(WATCH)
    button(page, "run")
    await_end(page)
    await_alt(page, "batch norm", "fig_accuracy")
    assert page.evaluate("window.seen.mounts") == 0
    assert "After 50 steps" in page.locator(".st-key-after").inner_text()
    assert page.locator(Dom.EXCEPTION).count() == 0


def test_stop_stops_and_the_page_is_usable_meanwhile(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/training?{LARGE}", "fig_accuracy")
    button(page, "run")
    expect(page.locator(".st-key-stop button")).to_be_enabled()
    await_alt(page, OWN, "fig_accuracy")
    page.get_by_text("The network, the data").click()
    expect(page.get_by_text("CC BY 4.0")).to_be_visible()
    button(page, "stop")
    expect(page.locator(".st-key-run button")).to_be_enabled()
    expect(page.get_by_text("Stopped at")).to_be_visible()
    assert OWN in alt(page, "fig_accuracy"), "what there is stays"


def test_other_visitors_need_not_wait_for_the_training(
    page: Page, context: BrowserContext, server: Server
) -> None:
    open_page(page, f"{server.url}/training?{LARGE}&seed=1", "fig_accuracy")
    button(page, "run")
    await_alt(page, OWN, "fig_accuracy")
    other = context.new_page()
    open_page(other, server.url)
    slider(other, "mean").focus()
    other.keyboard.press("ArrowRight")
    await_alt(other, "mean 5.13")
    page.bring_to_front()
    expect(page.locator(".st-key-stop button")).to_be_enabled()  # all that came in between
    button(page, "stop")
    expect(page.get_by_text("Stopped at")).to_be_visible()


def test_a_link_brings_the_experiment_and_its_result(
    page: Page, context: BrowserContext, server: Server
) -> None:
    open_page(page, f"{server.url}/training?{SMALL}", "fig_accuracy")
    slider(page, "rate").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("rate=0.2"))
    await_run(page)
    button(page, "run")
    await_end(page)
    await_alt(page, "learning rate 0.2. Accuracy at the last step", "fig_accuracy")
    other = context.new_page()
    open_page(other, page.url, "fig_accuracy")
    assert alt(other, "fig_accuracy") == alt(page, "fig_accuracy")


def test_a_preset_trains_with_one_click(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/training?seeds=1", "fig_accuracy")
    button(page, "preset_2")
    page.wait_for_url(re.compile("experiment=gradient"))
    plot(page, "fig_accumulation").wait_for()
    await_end(page)
    await_alt(page, "layer norm", "fig_accumulation")
    expect(page.locator(".st-key-after")).to_contain_text("ghost batch")


def test_bad_settings_in_the_address_are_told(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/training?rate=0.3&layers=99", "fig_accuracy")
    told = " ".join(page.locator(Dom.ALERT).all_inner_texts())
    assert "rate=0.3" in told
    assert "layers=99" in told
    assert slider(page, "layers").input_value() == "8"


def test_the_first_screen_holds_settings_buttons_and_picture(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/training", "fig_accuracy")
    for key in ("rate", "batch", "layers", "run", "stop", "fig_accuracy"):
        box = page.locator(f".st-key-{key}").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800, key
