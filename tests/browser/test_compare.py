"""The comparing pages in a real browser: a click in a picture, and a hand on a slider."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server
from tests.browser.lab import await_alt, open_page, plot

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
