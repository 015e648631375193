"""The comparing pages in a real browser: a click in a picture, and a hand on a slider."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server
from tests.browser.lab import alt, await_alt, await_run, open_page, plot, slider, thumb

pytestmark = pytest.mark.browser


def test_a_click_on_an_entry_outlines_its_group(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/batch_vs_layer", "fig_axes")
    cell = plot(page, "fig_axes").locator(".nsewdrag").first
    box = cell.bounding_box()
    assert box
    # The middle of the last of 8 rows and of the first of 12 columns.
    page.mouse.click(box["x"] + box["width"] / 24, box["y"] + box["height"] * 15 / 16)
    await_alt(page, "row 8, column 1 ", "fig_axes")
    page.wait_for_url(re.compile("entry_row=8"))


def test_a_click_in_the_table_shows_the_pair(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/batch_vs_layer", "fig_invariances")
    cell = plot(page, "fig_invariances").locator(".nsewdrag").first
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 12, box["y"] + box["height"] / 6)
    await_alt(page, "outputs of BN before and after: whole weight matrix rescaled", "fig_pair")


@pytest.mark.parametrize(
    ("name", "figure", "key"),
    [
        ("batch_vs_layer", "fig_before_after", "mean"),
        ("gradients", "fig_gradients", "batch"),
        ("numerics", "fig_eps", "std"),
    ],
)
def test_the_picture_moves_before_the_slider_is_let_go(
    page: Page, server: Server, name: str, figure: str, key: str
) -> None:
    open_page(page, f"{server.url}/{name}", figure)
    before = alt(page, figure)
    x, y = thumb(page, key)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y, steps=5)
    page.wait_for_function(
        "([name, before]) => document.querySelector(`.st-key-${name} .js-plotly-plot`)"
        ".getAttribute('aria-label') !== before",
        arg=[figure, before],
    )
    assert f"{key}=" not in page.url, "the native slider tells its value on release"
    value = slider(page, key).get_attribute("aria-valuetext")
    page.mouse.up()
    page.wait_for_url(re.compile(f"{key}={re.escape(str(value))}"))
    await_run(page)
    assert page.locator("[data-testid=stException]").count() == 0
