"""The lab in a real browser: a deep link, the keyboard, the address, alternative text."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server, running_server
from tests.browser.lab import alt, await_alt, await_run, open_page, slider
from ui import views
from ui.app.streamlit_dom import Dom

pytestmark = pytest.mark.browser


def test_first_visit_of_a_fresh_server_to_a_pages_own_address(page: Page) -> None:
    with running_server() as server:
        name = next((name for name in views.NAMES if name != "lab"), "")
        page.goto(f"{server.url}/{name}")
        page.wait_for_selector(f"{Dom.TOP_LINK}, {Dom.TOP_SECTION}")
        page.wait_for_selector(".js-plotly-plot .main-svg")
        assert page.locator("h1").inner_text().endswith("?")
        assert page.locator(Dom.SIDEBAR_LINK).count() == 0
        assert page.get_by_text("Page not found").count() == 0


def test_keyboard_moves_picture_and_address_and_the_link_brings_it_back(
    page: Page, context: BrowserContext, server: Server
) -> None:
    open_page(page, server.url)
    before = alt(page)
    slider(page, "mean").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"mean=5\.1"))
    await_alt(page, "mean 5.13")
    assert alt(page) != before
    slider(page, "batch").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile(r"batch=24"))
    await_alt(page, "batch of 24")
    shown = alt(page)

    other = context.new_page()
    open_page(other, page.url)
    assert alt(other) == shown
    assert slider(other, "mean").input_value() == "5.1"
    assert slider(other, "batch").get_attribute("aria-valuetext") == "24"


def test_figures_have_alternative_text_with_numbers(page: Page, server: Server) -> None:
    open_page(page, server.url)
    for name in ("fig_before_after", "fig_running_mean"):
        plot = page.locator(f".st-key-{name} .js-plotly-plot")
        assert plot.get_attribute("role") == "img"
        assert len(re.findall(r"\d", alt(page, name))) >= 4


def test_the_console_stays_clean(page: Page, server: Server) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    open_page(page, server.url)
    slider(page, "std").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("std="))
    await_run(page)
    assert [line for line in said if line.startswith(("error", "failed"))] == []


def test_nonsense_in_the_address_is_told_and_the_page_works(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/?batch=7&mean=abc&eps=0.001")
    told = " ".join(page.locator(Dom.ALERT).all_inner_texts())
    assert "batch=7" in told
    assert "mean=abc" in told
    assert "eps" not in told
    page.wait_for_url(re.compile("eps=1e-3"))
    assert slider(page, "eps").get_attribute("aria-valuetext") == "1e-3"
    assert page.locator(Dom.EXCEPTION).count() == 0


def test_the_first_screen_holds_settings_picture_and_numbers(page: Page, server: Server) -> None:
    open_page(page, server.url)
    for key in ("batch", "mean", "std", "momentum", "eps"):
        box = page.locator(f".st-key-{key}").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800
    for name in ("fig_before_after", "four_lines"):
        box = page.locator(f".st-key-{name}").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 720, name


def test_a_value_holds_over_a_visit_elsewhere(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/?momentum=0.3&std=4.5")
    go_to(page, "Compare", "Numerics")
    page.wait_for_url(re.compile("/numerics"))
    page.wait_for_selector(".st-key-fig_eps .main-svg")
    await_run(page)
    assert "momentum" not in page.url, "a page's address holds the settings of that page"
    page.get_by_role("link", name="Lab").click()
    page.wait_for_selector(".st-key-fig_running_mean .main-svg")
    page.wait_for_url(re.compile(r"momentum=0\.3"))
    assert slider(page, "std").input_value() == "4.5"
    # What the other page left behind does not disturb this one.
    slider(page, "mean").focus()
    page.keyboard.press("ArrowRight")
    await_alt(page, "mean 5.15")


def test_buttons_move_the_address_too(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/?mean=-4")
    page.get_by_role("button", name="New batch").click()
    page.wait_for_url(re.compile(r"\?(mean=-4&seed=1|seed=1&mean=-4)$"))
    page.get_by_role("button", name="Reset").click()
    await_alt(page, "mean 5.03")
    expect(slider(page, "mean")).to_have_value("5")
    page.wait_for_url(f"{server.url}/")


def go_to(page: Page, group: str, title: str) -> None:
    page.locator(Dom.TOP_SECTION).filter(has_text=group).click()
    page.get_by_role("menuitem", name=title).click()
