"""The comparing pages in a real browser: a click in a picture, and a hand on a slider."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server
from tests.browser.lab import DRAWN, await_alt, open_page, plot
from ui.app.streamlit_dom import with_key

pytestmark = pytest.mark.browser


def test_a_click_on_an_entry_outlines_its_group(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/batch_vs_layer", "fig_axes")
    cell = plot(page, "fig_axes").locator(".nsewdrag").first
    box = cell.bounding_box()
    assert box
    # The middle of the last of 8 rows and of the first of 12 columns, in the upper map.
    page.mouse.click(box["x"] + box["width"] / 24, box["y"] + box["height"] * 15 / 16)
    await_alt(page, "row 8, column 1 ", "fig_axes")
    page.wait_for_url(re.compile("entry_row=8"))


def test_a_click_in_the_table_shows_the_pair(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/batch_vs_layer", "fig_axes")
    page.get_by_text("Which changes of weights or data").click()
    page.wait_for_selector(f"{with_key('fig_invariances')} {DRAWN}")
    cell = plot(page, "fig_invariances").locator(".nsewdrag").first
    box = cell.bounding_box()
    assert box
    # Once the fold has opened all the way.
    cell.click(position={"x": box["width"] / 12, "y": box["height"] / 6})
    await_alt(page, "outputs of BN before and after: whole weight matrix rescaled", "fig_pair")
