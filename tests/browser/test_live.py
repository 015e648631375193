"""What a stock app cannot do: pictures that move with the hand, and keep what the reader did."""

import re
import struct
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.conftest import Server, running_server
from tests.browser.lab import DRAWN, alt, await_alt, await_run, open_page, plot, slider, thumb
from ui.app.streamlit_dom import Dom

pytestmark = pytest.mark.browser

# Counts, at every frame the browser paints, what became of the histograms.
WATCH = """() => {
  const first = document.querySelector('.st-key-fig_before_after .js-plotly-plot');
  const seen = { pictures: 0, blank: 0, mounts: 0, last: null };
  window.seen = seen;
  const look = () => {
    const plot = document.querySelector('.st-key-fig_before_after .js-plotly-plot');
    if (plot !== first) seen.mounts += 1;
    const lines = [...plot?.querySelectorAll('.scatterlayer .js-line') ?? []];
    const path = lines.map((line) => line.getAttribute('d')).join();
    if (!path) seen.blank += 1;
    if (path !== seen.last) seen.pictures += 1;
    seen.last = path;
    requestAnimationFrame(look);
  };
  look();
}"""


def drag(page: Page, key: str, moves: int = 60, step: float = 0.6) -> None:
    """Move a slider's thumb to the left and hold it there, some 50 ms a move."""
    x, y = thumb(page, key)
    page.mouse.move(x, y)
    page.mouse.down()
    for move in range(1, moves + 1):
        page.mouse.move(x - step * move, y)
        page.wait_for_timeout(50)  # the pace of a hand


def until(page: Page, condition: Callable[[], bool]) -> None:
    """Let the browser's messages come in until this holds."""
    for _ in range(3000):
        if condition():
            return
        page.wait_for_timeout(10)
    raise AssertionError("waited in vain")


def test_the_picture_moves_while_the_hand_is_on_the_slider(page: Page, server: Server) -> None:
    open_page(page, server.url)
    page.evaluate(WATCH)
    x, y = thumb(page, "mean")
    page.mouse.move(x, y)
    page.mouse.down()
    values = []
    for move in range(1, 9):
        page.mouse.move(x - 3 * move, y)
        values.append(slider(page, "mean").input_value())
        await_alt(page, f"mean {float(values[-1]) + 0.03:.2f}")
    value = values[-1]
    held = page.evaluate("window.seen.pictures")
    assert "mean=" not in page.url, "the native slider tells its value on release"
    page.mouse.up()
    page.wait_for_url(re.compile(f"mean={re.escape(value)}$"))
    await_run(page)
    seen = page.evaluate("window.seen")
    assert held >= len(set(values)) > 5
    assert seen["blank"] == 0
    assert seen["mounts"] == 0
    await_alt(page, f"mean {float(value) + 0.03:.2f}")


def test_a_slider_of_uneven_steps_moves_it_too(page: Page, server: Server) -> None:
    open_page(page, server.url)
    x, y = thumb(page, "batch")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 55, y, steps=3)
    shown = slider(page, "batch").get_attribute("aria-valuetext")
    assert shown not in (None, "32")
    await_alt(page, f"batch of {shown},")
    page.mouse.up()
    page.wait_for_url(re.compile(f"batch={shown}"))
    await_run(page)
    assert f"batch of {shown}," in alt(page)


def test_the_sentences_move_too(page: Page, server: Server) -> None:
    open_page(page, server.url)
    x, y = thumb(page, "mean")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y, steps=3)
    value = float(slider(page, "mean").input_value())
    page.wait_for_function(
        "text => document.querySelector('.st-key-numbers').innerText.includes(text)",
        arg=f"{value:.2f}",
    )
    page.mouse.up()


def test_zoom_survives_a_move_and_a_double_click_ends_it(page: Page, server: Server) -> None:
    open_page(page, server.url)
    area = plot(page, "fig_running_mean").locator(".nsewdrag").bounding_box()
    assert area is not None
    x, y = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y + 50, steps=4)
    page.mouse.up()
    whole = page.locator(".st-key-fig_running_mean").get_by_role("button", name="Whole view")
    whole.wait_for()
    ranges = "document.querySelector('.st-key-fig_running_mean .js-plotly-plot').layout.xaxis.range"
    zoomed = page.evaluate(ranges)
    assert zoomed[1] - zoomed[0] < 100
    was = alt(page, "fig_running_mean")
    slider(page, "momentum").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "was => document.querySelector('.st-key-fig_running_mean .js-plotly-plot')"
        ".getAttribute('aria-label') !== was",
        arg=was,
    )
    await_run(page)
    assert page.evaluate(ranges) == zoomed
    page.mouse.dblclick(x, y)
    whole.wait_for(state="hidden")
    assert page.evaluate(ranges) == [0, 200]


def test_a_pin_keeps_the_present_curve(page: Page, server: Server) -> None:
    open_page(page, server.url)
    box = page.locator(".st-key-fig_before_after")
    traces = "document.querySelector('.st-key-fig_before_after .js-plotly-plot').data"
    count = page.evaluate(f"{traces}.length")
    box.get_by_role("button", name="Pin", exact=True).click()
    held = page.evaluate(f"{traces}[0].x")
    slider(page, "mean").focus()
    page.keyboard.press("ArrowRight")
    await_alt(page, "mean 5.13")
    assert page.evaluate(f"{traces}.length") > count
    assert page.evaluate(f"{traces}[0].x") == held, "the ghost stays where it was"
    box.get_by_role("button", name="Unpin").click()
    assert page.evaluate(f"{traces}.length") == count


# Notes how long each movement of lines is asked to take.
LISTEN = """() => {
  window.glides = [];
  const animate = Plotly.animate;
  Plotly.animate = (plot, frames, how) => {
    window.glides.push(how.transition.duration);
    return animate(plot, frames, how);
  };
}"""


def test_a_glide_arrives_and_its_labels_are_right_at_once(
    page: Page, context: BrowserContext, server: Server
) -> None:
    """A single change glides; in the end the picture is the one a new visit gets."""
    open_page(page, server.url)
    page.wait_for_timeout(500)  # the hand rests: only then a change glides
    page.evaluate(LISTEN)
    slider(page, "mean").focus()
    page.keyboard.press("PageDown")
    await_alt(page, "mean 3.03")
    label = plot(page).locator(".textpoint", has_text="mean 3.03, std 3.09")
    label.wait_for()
    assert page.evaluate("window.glides")[0] > 50
    page.wait_for_url(re.compile("mean=3"))
    await_run(page)
    other = context.new_page()
    open_page(other, page.url)
    path = "() => [...document.querySelectorAll('.js-line')].map((e) => e.getAttribute('d'))"
    page.bring_to_front()
    page.wait_for_function(
        f"expected => JSON.stringify(({path})()) === JSON.stringify(expected)",
        arg=other.evaluate(path),
    )


def test_reduced_motion_is_respected(page: Page, server: Server) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_page(page, server.url)
    page.wait_for_timeout(500)
    page.evaluate(LISTEN)
    slider(page, "mean").focus()
    page.keyboard.press("PageDown")
    await_alt(page, "mean 3.03")
    await_alt(page, "true mean is 3.", "fig_running_mean")
    assert set(page.evaluate("window.glides")) == {0}


def test_a_switch_of_theme_recolours(page: Page, server: Server) -> None:
    page.emulate_media(color_scheme="light")
    open_page(page, server.url)
    ink = "document.querySelector('.st-key-fig_before_after .js-plotly-plot').layout.font.color"
    light = page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => {ink} !== light", arg=light)
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"light => {ink} === light", arg=light)


@pytest.mark.parametrize("blocked", ["**/live/assets/**/live.js", "**/live/assets/plotly-*.js"])
def test_with_the_script_blocked_the_page_works_on_release(
    page: Page, server: Server, blocked: str
) -> None:
    page.route(blocked, lambda route: route.abort())
    page.goto(server.url)
    page.wait_for_selector(f".st-key-fig_before_after {Dom.CHART} {DRAWN}")
    label = page.locator(".st-key-fig_before_after [aria-label*='mean 5.03']")
    label.first.wait_for(state="attached")
    slider(page, "mean").focus()
    page.keyboard.press("ArrowRight")
    page.locator(".st-key-fig_before_after [aria-label*='mean 5.13']").first.wait_for(
        state="attached"
    )


def test_with_the_answers_blocked_the_page_works_on_release(page: Page, server: Server) -> None:
    page.route("**/live/lab?**", lambda route: route.abort())
    open_page(page, server.url)
    slider(page, "mean").focus()
    page.keyboard.press("ArrowRight")
    await_alt(page, "mean 5.13")


def test_a_slow_server_means_fewer_pictures_and_never_a_queue(page: Page, server: Server) -> None:
    asked: list[str] = []
    held: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route.request.url)
        held.append(route)

    open_page(page, server.url)
    page.route("**/live/lab?**", hold)
    drag(page, "mean", moves=20, step=2.0)
    assert len(asked) == 2, "two questions under way, no more"
    value = slider(page, "mean").input_value()
    for route in held[:2]:
        route.continue_()
    until(page, lambda: len(asked) > 2)
    assert len(asked) == 3, "none of those in between"
    assert f"mean={value}" in asked[-1], "the newest value is asked next"
    held[2].continue_()
    page.unroute("**/live/lab?**")
    page.mouse.up()
    page.wait_for_url(re.compile(f"mean={re.escape(value)}$"))
    await_alt(page, f"mean {float(value) + 0.03:.2f}")


def test_two_tabs_of_one_browser_do_not_disturb_one_another(
    context: BrowserContext, server: Server
) -> None:
    one, two = context.new_page(), context.new_page()
    open_page(one, server.url)
    open_page(two, f"{server.url}/?mean=-3")
    there = alt(two)
    one.bring_to_front()
    slider(one, "mean").focus()
    one.keyboard.press("ArrowRight")
    await_alt(one, "mean 5.13")
    await_run(one)
    assert alt(two) == there
    assert slider(two, "mean").input_value() == "-3"


def test_a_server_restarted_in_mid_drag_brings_the_page_back(
    page: Page, context: BrowserContext
) -> None:
    with running_server() as server:
        open_page(page, f"{server.url}/?std=4.5&batch=8")
        drag(page, "mean", moves=5, step=4.0)
        server.stop()
        page.mouse.move(400, 400)
        server.start()
        page.mouse.up()
        page.wait_for_selector(Dom.RUN_ENDED, timeout=60_000)
        page.wait_for_selector(".st-key-mean input[type=range]:enabled", timeout=60_000)
        slider(page, "mean").focus()
        page.keyboard.press("ArrowRight")
        value = slider(page, "mean").input_value()
        page.wait_for_url(re.compile(rf"mean={re.escape(value)}(&|$)"), timeout=60_000)
        assert "std=4.5" in page.url
        assert "batch=8" in page.url
        assert slider(page, "std").input_value() == "4.5"
        # Held against a new visit to that address.
        other = context.new_page()
        open_page(other, page.url)
        page.bring_to_front()
        await_alt(page, alt(other))
        assert "batch of 8," in alt(page)


def test_a_hand_that_let_go_of_a_dead_server_is_believed_by_the_next(
    page: Page, context: BrowserContext
) -> None:
    """Slider, picture and link agree by themselves, whatever the last server was told."""
    with running_server() as server:
        open_page(page, f"{server.url}/?std=4.5&batch=8")
        slider(page, "mean").focus()
        page.keyboard.press("PageUp")
        page.wait_for_url(re.compile("mean="))
        await_run(page)
        told = slider(page, "mean").input_value()
        drag(page, "mean", moves=5, step=4.0)
        value = slider(page, "mean").input_value()
        assert value != told
        server.stop()
        page.mouse.up()
        server.start()
        page.wait_for_selector(".st-key-mean input[type=range]:enabled", timeout=60_000)
        # The server's own word on the address, which at first is what the widget had told.
        page.wait_for_function(
            "addressKeeper.visit !== null && !Object.keys(addressKeeper.said).length"
        )
        await_run(page)
        page.wait_for_url(re.compile(rf"mean={re.escape(value)}(&|$)"), timeout=60_000)
        assert slider(page, "mean").input_value() == value
        other = context.new_page()
        open_page(other, page.url)
        expected = alt(other)
        page.bring_to_front()
        await_alt(page, expected)
        assert slider(page, "mean").input_value() == value


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_a_figure_is_saved_with_its_settings_and_its_font(
    page: Page, server: Server, kind: str
) -> None:
    open_page(page, f"{server.url}/?batch=8&std=7")
    box = page.locator(".st-key-fig_running_mean")
    box.get_by_role("button", name="Pin", exact=True).click()
    slider(page, "std").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("std=6.9"))
    await_run(page)
    with page.expect_download() as download:
        box.get_by_role("button", name=kind).click()
    assert download.value.suggested_filename == f"lab-running-mean-batch-8-std-6.9.{kind.lower()}"
    content = download.value.path().read_bytes()
    if kind == "SVG":
        text = content.decode()
        assert "batch 8, mean 5, std 6.9 · lab · Pinned: batch 8, std 7" in text
        assert '@font-face { font-family: "Source Sans"' in text
        assert "url(&quot;data:font" in text or 'url("data:font' in text
        assert "sans-serif" in text
    else:
        assert content.startswith(b"\x89PNG")
        # The picture is as wide as on the page, and its foot stands under it; two dots a pixel.
        width, height = struct.unpack(">II", content[16:24])
        drawn = plot(page, "fig_running_mean").bounding_box()
        assert drawn is not None
        assert width == 2 * max(700, round(drawn["width"]))
        assert height > 2 * drawn["height"]


def test_a_saved_picture_looks_the_same_elsewhere(page: Page, server: Server) -> None:
    """The SVG, opened where no font of the page is, has each text as wide as it is here."""
    open_page(page, server.url)
    with page.expect_download() as download:
        page.locator(".st-key-fig_running_mean").get_by_role("button", name="SVG").click()
    here = f"({WIDTHS})(document.querySelector('.st-key-fig_running_mean .js-plotly-plot'))"
    widths = page.evaluate(here)
    other = page.context.new_page()
    other.goto("about:blank")
    other.set_content(download.value.path().read_text("utf-8"))
    other.evaluate("document.fonts.ready")
    saved = other.evaluate(f"({WIDTHS})(document.body)")
    assert len(widths) > 10
    for text, width in widths.items():
        assert abs(saved[text] - width) < 1, text


# The width of every text of a picture, by what it says.
WIDTHS = """root => Object.fromEntries(
  [...root.querySelectorAll("svg text")].filter((text) => text.textContent.trim()).map(
    (text) => [text.textContent, text.getBoundingClientRect().width]))"""


def test_a_pin_says_what_it_is_of_and_outlives_its_page(page: Page, server: Server) -> None:
    open_page(page, f"{server.url}/?batch=8")
    box = page.locator(".st-key-fig_before_after")
    box.get_by_role("button", name="Pin", exact=True).click()
    note = box.locator(".live-note")
    assert note.inner_text() == "Pinned: batch 8"
    pinned = "document.querySelector('.st-key-fig_before_after .js-plotly-plot')"
    pinned = f"{pinned}.data.filter(trace => trace.name === 'pinned').length"
    assert page.evaluate(pinned) == 5
    # Of batch norm's panels only that of the input is one of layer norm's too.
    page.locator(".st-key-norm").get_by_text("layer", exact=True).click()
    page.wait_for_url(re.compile("norm=layer"))
    page.wait_for_function(f"{pinned} === 2")
    page.locator(Dom.TOP_SECTION).first.click()
    page.get_by_role("menuitem").first.click()
    page.wait_for_selector(f".st-key-fig_errors_by_batch {DRAWN}")
    page.locator(Dom.TOP_LINK).first.click()
    page.wait_for_selector(f".st-key-fig_before_after {DRAWN}")
    assert box.locator(".live-note").inner_text() == "Pinned: batch 8"
    box.get_by_role("button", name="Unpin").click()
    assert note.is_hidden()


@pytest.mark.parametrize(("width", "height", "size"), [(1920, 1080, 18), (2560, 1440, 22)])
def test_a_larger_window_has_larger_figures(
    page: Page, server: Server, width: int, height: int, size: int
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_page(page, server.url)
    small = plot(page).bounding_box()
    assert small is not None
    sizes = "[...document.querySelectorAll('.js-plotly-plot text')].map("
    sizes += "text => parseFloat(getComputedStyle(text).fontSize))"
    assert min(page.evaluate(sizes)) >= 11
    page.set_viewport_size({"width": width, "height": height})
    font = "document.querySelector('.st-key-fig_before_after .js-plotly-plot').layout.font.size"
    page.wait_for_function(f"Math.round({font}) === {size}")
    large = plot(page).bounding_box()
    assert large is not None
    assert large["height"] / small["height"] == pytest.approx(size / 14, rel=0.03)
    # The picture still moves by its points alone.
    page.wait_for_timeout(500)
    page.evaluate(LISTEN)
    slider(page, "mean").focus()
    page.keyboard.press("ArrowRight")
    await_alt(page, "mean 5.13")
    assert page.evaluate("window.glides.length") > 0
    page.set_viewport_size({"width": 1280, "height": 800})
