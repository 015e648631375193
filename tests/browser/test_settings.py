"""A setting, once set, holds: through the menu, Back, Forward and a reload, and in the address."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.browser.conftest import Server, running_server
from tests.browser.lab import DRAWN, alt, await_run, open_page, plot, slider
from ui.app.streamlit_dom import Dom, with_key

pytestmark = pytest.mark.browser

# The title of a page in the menu, its group there, its address, and a figure it always shows.
PAGES = {
    "Lab": ("", "/", "fig_before_after"),
    "Small batches": ("Noise", "/small_batches", "fig_errors_by_batch"),
    "Running statistics": ("Noise", "/running_statistics", "fig_running_mean"),
    "Training against inference": ("Noise", "/train_vs_inference", "fig_same_sample"),
    "Batch or layer": ("Compare", "/batch_vs_layer", "fig_axes"),
    "Gradients": ("Why it helps", "/gradients", "fig_gradients"),
    "Numerics": ("Compare", "/numerics", "fig_eps"),
}


def go_to(page: Page, title: str) -> None:
    """Through the menu, as a reader goes."""
    group, _, _ = PAGES[title]
    if group:
        page.locator(Dom.TOP_SECTION).filter(has_text=group).click()
        page.get_by_role("menuitem", name=title).click()
    else:
        page.get_by_role("link", name=title).click()
    await_page(page, title)


def await_page(page: Page, title: str) -> None:
    """Wait until that page stands, drawn to its end."""
    _, path, figure = PAGES[title]
    page.wait_for_url(lambda url: urlsplit(url).path == path)
    page.wait_for_selector(f"{with_key(figure)} {DRAWN}")
    await_run(page)


def await_settings(page: Page, **expected: str) -> None:
    """Wait until the sliders say this, and the address this and no more."""
    for key, value in expected.items():
        await_slider(page, key, value)
    page.wait_for_url(lambda url: in_address(url) == expected)


def await_slider(page: Page, key: str, value: str) -> None:
    """Wait until a slider stands there; Streamlit shows 7 as 7.0."""
    text = re.compile(rf"^{re.escape(value)}(\.0+)?$")
    expect(slider(page, key)).to_have_attribute("aria-valuetext", text, timeout=30_000)


def in_address(url: str) -> dict[str, str]:
    return {key: values[-1] for key, values in parse_qs(urlsplit(url).query).items()}


def press(page: Page, key: str, stroke: str, text: str) -> None:
    """Move a slider by the keyboard and wait until the address has its value."""
    slider(page, key).focus()
    page.keyboard.press(stroke)
    page.wait_for_url(re.compile(rf"[?&]{key}={re.escape(text)}(&|$)"))


def test_a_cold_link_holds_on_the_next_page(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/?batch=4&std=7")
    go_to(page, "Small batches")
    await_settings(page, batch="4", std="7")
    go_to(page, "Numerics")
    await_settings(page, batch="4", std="7")


def test_a_value_set_by_hand_holds_over_back_and_forward(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/?std=3.5")
    press(page, "std", "ArrowRight", "3.6")
    go_to(page, "Numerics")
    await_settings(page, std="3.6")
    page.go_back()
    await_page(page, "Lab")
    await_settings(page, std="3.6")
    page.go_forward()
    await_page(page, "Numerics")
    await_settings(page, std="3.6")


def test_the_newest_value_holds_on_pages_visited_before(page: Page, server: Server) -> None:
    open_page(page, server.url)
    go_to(page, "Numerics")
    press(page, "std", "ArrowRight", "3.1")
    page.go_back()
    await_page(page, "Lab")
    await_settings(page, std="3.1")
    press(page, "std", "ArrowRight", "3.2")
    page.go_forward()
    await_page(page, "Numerics")
    await_settings(page, std="3.2")


def test_a_page_in_between_that_does_not_show_the_setting(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/?momentum=0.3&gamma=2")
    go_to(page, "Numerics")
    await_settings(page)
    go_to(page, "Gradients")
    await_settings(page, gamma="2")
    go_to(page, "Running statistics")
    await_settings(page, momentum="0.3")


def test_a_setting_of_another_page_in_a_link_holds_there(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/numerics?momentum=0.005&sample=2", "fig_eps")
    await_settings(page)
    go_to(page, "Training against inference")
    await_settings(page, momentum="0.005", sample="2")


@pytest.mark.parametrize("between", [None, "Numerics"])
def test_reloads_change_nothing(page: Page, server: Server, between: str | None) -> None:
    open_page(page, f"{server.url}/?gamma=2&view=four+batch+sizes", "fig_batch_sizes")
    press(page, "gamma", "ArrowRight", "2.1")
    if between:
        go_to(page, between)
    page.reload()
    if between:
        await_page(page, between)
        await_settings(page)
        page.get_by_role("link", name="Lab").click()
    page.wait_for_selector(f"{with_key('fig_batch_sizes')} {DRAWN}")
    await_slider(page, "gamma", "2.1")
    page.wait_for_url(lambda url: in_address(url) == {"gamma": "2.1", "view": "four batch sizes"})


def test_a_new_link_in_the_same_tab_starts_afresh(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/?momentum=0.3&std=4.5")
    open_page(page, f"{server.url}/numerics?std=6", "fig_eps")
    go_to(page, "Lab")
    await_settings(page, std="6")


def test_a_pages_own_settings_hold_too(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/train_vs_inference?sample=2", "fig_same_sample")
    press(page, "steps", "ArrowLeft", "10")
    go_to(page, "Lab")
    page.get_by_role("radio", name="four batch sizes").click(force=True)
    page.wait_for_selector(f"{with_key('fig_batch_sizes')} {DRAWN}")
    page.wait_for_url(re.compile("view=four"))
    page.go_back()
    await_page(page, "Training against inference")
    await_settings(page, sample="2", steps="10")
    page.go_forward()
    page.wait_for_selector(f"{with_key('fig_batch_sizes')} {DRAWN}")
    page.wait_for_url(lambda url: in_address(url) == {"view": "four batch sizes"})


def test_the_training_pages_settings_hold_too(page: Page, server: Server) -> None:
    """Its sliders run the page, and which of them stand there depends on the experiment."""
    open_page(page, f"{server.url}/?momentum=0.3")
    page.locator(Dom.TOP_SECTION).filter(has_text="Why it helps").click()
    page.get_by_role("menuitem", name="Training").click()
    page.wait_for_url(f"{server.url}/training?momentum=0.3")
    await_run(page)
    press(page, "layers", "ArrowRight", "9")
    page.get_by_role("button", name="Frozen norm").click()
    page.wait_for_url(lambda url: in_address(url) == {"experiment": "frozen norm"})
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Stop")).to_be_disabled()
    page.go_back()
    await_page(page, "Lab")
    await_settings(page, momentum="0.3")
    page.go_forward()
    page.wait_for_url(lambda url: in_address(url) == {"experiment": "frozen norm"})
    page.locator(with_key("experiment")).get_by_role("combobox").click()
    page.get_by_role("option", name="while it trains").click()
    await_settings(page, layers="9", momentum="0.3")


def test_back_leaves_a_page_at_the_first_press(page: Page, server: Server) -> None:
    """However often a page's address changed, it is one step of the browser's history."""
    open_page(page, f"{server.url}/?eps=0.001&batch=7")
    await_settings(page, eps="1e-3")
    for text in ("3.1", "3.2", "3.3"):
        press(page, "std", "ArrowRight", text)
    go_to(page, "Small batches")
    press(page, "batch", "ArrowRight", "48")
    page.get_by_role("button", name="New batch").click()
    page.wait_for_url(re.compile("seed=1"))
    go_to(page, "Numerics")
    page.go_back()
    await_page(page, "Small batches")
    page.go_back()
    await_page(page, "Lab")
    await_slider(page, "std", "3.3")


def new_batch(page: Page) -> None:
    page.get_by_role("button", name="New batch").click()


def reset(page: Page) -> None:
    page.get_by_role("button", name="Reset").click()


@pytest.mark.parametrize(
    ("act", "after"), [(new_batch, {"std": "4.5", "seed": "1"}), (reset, {})], ids=["new", "reset"]
)
def test_what_a_button_sets_holds(
    page: Page, server: Server, act: Callable[[Page], None], after: dict[str, str]
) -> None:
    open_page(page, f"{server.url}/?std=4.5")
    go_to(page, "Small batches")
    act(page)
    page.wait_for_url(lambda url: in_address(url) == after)
    for move, title in ((page.go_back, "Lab"), (page.go_forward, "Small batches")):
        move()
        await_page(page, title)
        page.wait_for_url(lambda url: in_address(url) == after)
        await_slider(page, "std", after.get("std", "3"))


def test_back_and_forward_hold_while_an_answer_is_under_way(page: Page, server: Server) -> None:
    """On a slow line Back is pressed before the answer to the last click has come."""
    held: list[str | bytes] = []
    holds = False

    def pass_on(browser: WebSocketRoute) -> None:
        behind = browser.connect_to_server()
        behind.on_message(lambda message: held.append(message) if holds else browser.send(message))
        routes.append(browser)

    routes: list[WebSocketRoute] = []
    page.route_web_socket(re.compile("_stcore/stream"), pass_on)
    open_page(page, f"{server.url}/?std=4.5")
    go_to(page, "Small batches")
    holds = True
    reset(page)
    while not held:
        page.wait_for_timeout(10)
    page.evaluate("history.back()")
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    holds = False
    for message in held:
        routes[-1].send(message)
    await_page(page, "Lab")
    await_settings(page)
    page.go_forward()
    await_page(page, "Small batches")
    await_settings(page)


def test_a_reset_leaves_what_the_page_does_not_show(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/?std=4.5&momentum=0.3")
    go_to(page, "Numerics")
    reset(page)
    await_settings(page)
    go_to(page, "Lab")
    await_settings(page, momentum="0.3")


def test_what_a_click_in_a_figure_sets_holds(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/batch_vs_layer?std=4.5", "fig_axes")
    box = plot(page, "fig_axes").locator(".nsewdrag").first.bounding_box()
    assert box is not None
    # The middle of the last of 8 rows and of the first of 12 columns.
    page.mouse.click(box["x"] + box["width"] / 24, box["y"] + box["height"] * 15 / 16)
    picked = {"std": "4.5", "entry_row": "8", "entry_column": "1"}
    page.wait_for_url(lambda url: in_address(url) == picked)
    go_to(page, "Numerics")
    await_settings(page, std="4.5")
    page.go_back()
    await_page(page, "Batch or layer")
    await_settings(page, **picked)


def test_a_hand_in_a_hurry_loses_nothing(page: Page, server: Server) -> None:
    """From the slider straight to the menu."""
    open_page(page, server.url)
    slider(page, "std").focus()
    page.keyboard.press("ArrowRight")
    go_to(page, "Numerics")
    await_settings(page, std="3.1")
    before = alt(page, "fig_eps")
    slider(page, "std").focus()
    page.keyboard.press("ArrowRight")
    # Once the picture has followed: some 20 ms after the key Streamlit still mixes up the two runs.
    expect(plot(page, "fig_eps")).not_to_have_attribute("aria-label", before)
    page.go_back()
    await_page(page, "Lab")
    await_settings(page, std="3.2")


def test_two_tabs_keep_their_own(context: BrowserContext, server: Server) -> None:
    one, two = context.new_page(), context.new_page()
    open_page(one, f"{server.url}/?std=4.5")
    open_page(two, f"{server.url}/?std=6")
    for tab, std in ((one, "4.5"), (two, "6")):
        tab.bring_to_front()
        go_to(tab, "Numerics")
        await_settings(tab, std=std)
        tab.go_back()
        await_page(tab, "Lab")
        await_settings(tab, std=std)
        tab.reload()
        await_page(tab, "Lab")
        await_settings(tab, std=std)


def test_what_is_not_ours_stays_in_the_address(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/?std=4.5&mean=x&embed=true&course=7")
    page.wait_for_url(lambda url: in_address(url) == {"std": "4.5", "embed": "true", "course": "7"})
    press(page, "std", "ArrowRight", "4.6")
    assert in_address(page.url) == {"std": "4.6", "embed": "true", "course": "7"}


def test_a_value_holds_when_the_server_is_started_again(page: Page) -> None:
    with running_server() as server:
        open_page(page, f"{server.url}/?momentum=0.3&std=3.5")
        go_to(page, "Numerics")
        press(page, "std", "ArrowRight", "3.6")
        server.stop()
        server.start()
        await_run(page)
        page.wait_for_selector(f"{with_key('std')} input[type=range]:enabled")
        press(page, "std", "ArrowRight", "3.7")
        go_to(page, "Lab")
        await_settings(page, momentum="0.3", std="3.7")
