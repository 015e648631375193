"""Used by a finger, by the keyboard, by ear and on paper."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import Server
from tests.browser.lab import await_alt, await_run, open_page, slider, thumb
from ui import views
from ui.app.streamlit_dom import Dom, with_key

pytestmark = pytest.mark.browser

SAID = ".live-said"


@pytest.fixture
def phone(page: Page, server: Server) -> Iterator[Page]:
    """The lab on a phone, its settings open."""
    page.set_viewport_size({"width": 390, "height": 844})
    hand = page.context.new_cdp_session(page)
    hand.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    open_page(page, server.url)
    if not page.locator(Dom.SIDEBAR_OPEN).count():
        page.locator(Dom.EXPAND).click()
    page.wait_for_selector(Dom.SIDEBAR_OPEN)
    slider(page, "mean").scroll_into_view_if_needed()
    yield page
    # The other pages of this browser share its process, and would be touched too.
    hand.send("Emulation.setTouchEmulationEnabled", {"enabled": False})


def swipe(page: Page, across: float, along: float) -> None:
    """A finger comes down on the slider of the mean, goes so far, and is lifted."""
    finger = page.context.new_cdp_session(page)
    box = page.locator(f"{with_key('mean')} {Dom.TRACK}").first.bounding_box()
    assert box is not None
    x, y = box["x"] + 0.3 * box["width"], box["y"] + box["height"] / 2
    touch(finger, "touchStart", (x, y))
    for step in range(1, 13):
        touch(finger, "touchMove", (x + across * step / 12, y + along * step / 12))
        page.evaluate("() => new Promise(requestAnimationFrame)")
    touch(finger, "touchEnd")


def touch(finger: CDPSession, kind: str, *places: tuple[float, float]) -> None:
    points = [{"x": x, "y": y} for x, y in places]
    finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def height(page: Page) -> float:
    """Where the slider of the mean stands in the window, from its top."""
    box = page.locator(with_key("mean")).bounding_box()
    assert box is not None
    return box["y"]


def test_a_swipe_over_a_slider_scrolls_and_changes_nothing(phone: Page) -> None:
    start = height(phone)
    swipe(phone, 3, -120)
    phone.wait_for_function(
        f"document.querySelector('{with_key('mean')}').getBoundingClientRect().y < {start - 60}"
    )
    assert slider(phone, "mean").input_value() == "5"
    assert "mean" not in phone.url


def test_a_finger_that_goes_sideways_moves_the_slider(phone: Page) -> None:
    swipe(phone, 90, 5)
    value = float(slider(phone, "mean").input_value())
    assert 0 < value < 4, "from three tenths to some five of its length"
    phone.wait_for_url(re.compile(f"mean={value:g}"))
    await_alt(phone, f"mean {value + 0.03:.2f}")


def test_a_change_is_told_in_one_sentence_once_the_hand_rests(page: Page, server: Server) -> None:
    open_page(page, server.url)
    told = page.locator(SAID)
    assert told.get_attribute("role") == "status"
    page.wait_for_timeout(1500)  # the page stands: what it says now is no change
    x, y = thumb(page, "mean")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 30, y, steps=5)
    page.wait_for_timeout(1500)  # a hand that rests on the slider has not let go
    assert told.text_content() == ""
    page.mouse.up()
    value = float(slider(page, "mean").input_value())
    page.wait_for_function(
        "([said, text]) => document.querySelector(said).textContent.startsWith(text)",
        arg=[SAID, f"Before: mean {value + 0.03:.2f}"],
    )
    assert len(re.findall(r"\.(?:\s|$)", told.text_content() or "")) == 1


def test_the_first_stop_passes_menu_and_panel(page: Page, server: Server) -> None:
    open_page(page, server.url)
    address = page.url
    page.wait_for_selector("a.skip", state="attached")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(Dom.MAIN)).to_be_focused()
    assert page.url == address


def test_helps_are_no_stops_between_the_controls(page: Page, server: Server) -> None:
    open_page(page, server.url)
    focused = "document.activeElement.getAttribute('aria-label') ?? ''"
    slider(page, "batch").focus()
    seen = []
    for _ in range(6):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(focused))
    assert not [label for label in seen if label.startswith("Help")], seen
    # From the control itself its help is one step back.
    slider(page, "std").focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(focused) == "Help for Input std"
    page.wait_for_selector("[data-testid=stTooltipContent]")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Input std"


# What of the page takes a press on less than 24 x 24 pixels; a control that is drawn smaller may
# reach beyond itself.
SMALL = """selectors => [...document.querySelectorAll(selectors)].flatMap((element) => {
  const box = element.getBoundingClientRect();
  if (!box.width || element.closest("[inert]")) return []; // in a closed fold
  element.scrollIntoView({ block: "center" });
  const { x, y, width, height } = element.getBoundingClientRect();
  const [middle, centre] = [x + width / 2, y + height / 2];
  const short = [[-11, 0], [11, 0], [0, -11], [0, 11]].some(([across, along]) => {
    const hit = document.elementFromPoint(middle + across, centre + along);
    return hit !== element && !element.contains(hit);
  });
  return short ? [`${element.outerHTML.slice(0, 90)} ${width} x ${height}`] : [];
})"""


@pytest.mark.parametrize("name", ["lab", "running_statistics"])
def test_everything_to_press_has_24_pixels(page: Page, server: Server, name: str) -> None:
    figure = "fig_before_after" if name == "lab" else "fig_running_mean"
    open_page(page, f"{server.url}/{'' if name == 'lab' else name}", figure)
    pressed = f"{Dom.HELP}, {Dom.THUMB}, .live-toolbar button:not([hidden]), .live-player button"
    assert page.evaluate(SMALL, pressed) == []


@pytest.mark.parametrize("width", [600, 750, 900])
@pytest.mark.parametrize("name", views.NAMES)
def test_a_toolbar_lies_over_no_text(page: Page, server: Server, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{server.url}/{'' if name == 'lab' else name}")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    await_run(page)
    over = page.evaluate(
        """() => [...document.querySelectorAll(".live-figure")].flatMap((figure) => {
          const bar = figure.querySelector(".live-toolbar").getBoundingClientRect();
          return [...figure.querySelectorAll(".main-svg text")].filter((text) => {
            const { left, right, top, bottom } = text.getBoundingClientRect();
            const low = bottom - 0.2 * (bottom - top); // a line's box is taller than its letters
            return left < bar.right && right > bar.left && top < bar.bottom - 2 && low > bar.top;
          }).map((text) => text.textContent);
        })"""
    )
    page.set_viewport_size({"width": 1280, "height": 800})
    assert over == []


def test_a_page_on_paper(page: Page, server: Server) -> None:
    page.emulate_media(color_scheme="dark")
    open_page(page, f"{server.url}/small_batches?batch=8", "fig_errors_by_batch")
    before = page.evaluate("document.querySelector('.js-plotly-plot').layout.font.color")
    line = page.locator(".live-settings")
    assert not line.is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    assert (line.text_content() or "").startswith("batch 8, mean 5, std 3 · http")
    assert line.is_visible()
    for hidden in (Dom.SIDEBAR, ".live-toolbar", f"{Dom.MAIN} input"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("details .katex").first.is_visible(), "the formulas are open"
    ink = "getComputedStyle(document.querySelector('.live-figure text')).fill"
    assert page.evaluate(ink) == "rgb(27, 37, 48)", "dark on light"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    wide = "[...document.querySelectorAll('.main-svg')].some("
    wide += "svg => svg.getBoundingClientRect().right > innerWidth)"
    page.set_viewport_size({"width": 688, "height": 1000})  # A4 between its margins
    assert not page.evaluate(wide)
    page.emulate_media(media="screen", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelector('.js-plotly-plot').layout.font.color") == before
    assert not page.locator("details .katex").first.is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
