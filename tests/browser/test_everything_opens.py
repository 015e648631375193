"""Whatever a page can open renders: in light and in dark, on a laptop and on a phone.

Each page is visited once, in both themes; further addresses, with what stands there in the place
of something else, in light alone. rendered.js looks for errors of any renderer, text that is cut
off or lies over other text, and contrast in the figures and of controls; axe-core measures the
contrast of all other text. Every setting's colours are held in tests/ui/plot/test_contrast.py.
"""

from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.lab import await_run
from tests.ui.plot.contrast import PALETTES
from ui import views
from ui.plot.palette import resolve

pytestmark = pytest.mark.browser

LOOK = Path(__file__).with_name("rendered.js").read_text(encoding="utf-8")
RANGES = "[...document.querySelectorAll('.js-plotly-plot')].map(p => p._fullLayout.xaxis.range)"
# What opens stands at once where it comes to rest. The page itself tells the end of its transition
# to the figures, which then take the theme's colours.
STILL = """
:not(.stApp), ::before, ::after { transition: none !important; animation: none !important }
"""
PRIMARY = "[data-testid=stBaseButton-primary]"
HELP = "[data-testid=stTooltipContent]"
ALL = 9_000  # pixels down, so that nothing is hidden by scrolling

TRAINED = "training?train_steps=50&layers=2&seeds=2"
PAGES = ("", *(name for name in views.NAMES if name != "lab"), TRAINED)
ADDRESSES = (
    *PAGES,
    # What a choice shows in the place of something else, and a notice.
    "?view=four+batch+sizes&batch=7",
    "?norm=layer&view=one+batch",
    "train_vs_inference?case=eval+forgotten",
    "train_vs_inference?case=one+class",
    "training?experiment=learning+rates&seed=5&seeds=2",  # curves of another run
)
# What stands on every page alike is opened on the lab, and where a page of a menu is marked in it.
MENUS = ("", "numerics")


@pytest.mark.parametrize("address", ADDRESSES)
def test_whatever_a_page_can_open_renders(page: Page, server: Server, address: str) -> None:
    said = listen(page)
    page.set_viewport_size({"width": 1280, "height": ALL})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    visit(page, f"{server.url}/{address}")
    if address == TRAINED:
        page.locator(".st-key-run button").click()
        expect(page.get_by_text("Done. At these settings")).to_be_visible(timeout=60_000)
        await_run(page)
    folds = page.locator("[data-testid=stExpander] details")
    for fold in folds.all():
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
    faults = everything(page, address, "light")
    faults += buttons(page)
    if address in PAGES:
        faults += helps(page)
        page.emulate_media(color_scheme="dark")
        await_theme(page, "dark")
        faults += everything(page, address, "dark")
    page.set_viewport_size({"width": 390, "height": ALL})
    faults += phone(page)
    assert not faults + said, "\n".join(faults + said)


def everything(page: Page, address: str, theme: str) -> list[str]:
    """What is wrong on the page as it stands, then in all that opens from it."""
    found: list[str] = page.evaluate("rendered.wrong()")
    found += faint(page)
    if address in PAGES:
        found += help_colours(page)
    # The colours of what follows are the same on all pages: in the dark they are seen on two.
    if theme == "light" or address in MENUS:
        found += hovers(page)
        if address in PAGES:
            found += choices(page)
    if address in MENUS:
        found += menus(page)
    return [f"{theme}: {fault}" for fault in found]


def helps(page: Page) -> list[str]:
    """The help of each control: its words and its place, which no theme changes."""
    page.keyboard.press("Tab")  # once the keyboard is in use, a focus shows the help
    helped = page.evaluate("rendered.helps()")
    assert helped["count"] > 3
    found: list[str] = helped["found"]
    return found


def help_colours(page: Page) -> list[str]:
    """The contrast of the first help, for they look alike."""
    page.keyboard.press("Tab")
    first = page.locator("[data-testid=stTooltipHoverTarget] button:enabled").first
    first.focus()
    page.wait_for_selector(HELP)
    page.evaluate("rendered.prepare()")
    found = faint(page, HELP)
    first.blur()
    page.wait_for_selector(HELP, state="detached")
    return found


def hovers(page: Page) -> list[str]:
    hovered = page.evaluate("rendered.hovers()")
    assert hovered["count"] > 0
    found: list[str] = hovered["found"]
    return found


def choices(page: Page) -> list[str]:
    """Every list to choose from."""
    found = []
    for box in page.locator("[data-testid=stSelectbox] input").all():
        box.click()
        found += popup(page, "[role=listbox]")
    return found


def menus(page: Page) -> list[str]:
    """The navigation's groups."""
    found = []
    for group in page.locator("[data-testid=stTopNavSection]").all():
        group.click()
        found += popup(page, "[role=menu]")
    return found


def popup(page: Page, selector: str) -> list[str]:
    page.wait_for_selector(selector)
    found: list[str] = page.locator(selector).evaluate("element => rendered.wrong(element)")
    found += faint(page, selector)
    page.keyboard.press("Escape")
    page.wait_for_selector(selector, state="detached")
    return found


def buttons(page: Page) -> list[str]:
    """All figures pinned and zoomed; the page's main button under the pointer.

    Their colours are those of figures and buttons elsewhere, so that one theme is enough.
    """
    whole = page.evaluate(RANGES)
    page.evaluate("rendered.press('Pin')")
    page.evaluate(
        """() => Promise.all([...document.querySelectorAll(".js-plotly-plot")].map((plot) => {
          const [low, high] = plot._fullLayout.xaxis.range;
          const half = { "xaxis.range[0]": low, "xaxis.range[1]": (low + high) / 2 };
          return Plotly.relayout(plot, half);
        }))"""
    )
    run = page.locator(PRIMARY)
    if run.count():
        run.hover()
    found: list[str] = page.evaluate("rendered.wrong()")
    found += faint(page, ".live-toolbar", *([PRIMARY] if run.count() else []))
    page.evaluate("rendered.press('Whole view')")
    page.evaluate("rendered.press('Unpin')")
    if page.evaluate(RANGES) != whole:
        found.append("the whole view does not come back")
    return found


def phone(page: Page) -> list[str]:
    """The page on a phone, and its settings in a sheet over it."""
    page.wait_for_function(
        "[...document.querySelectorAll('.js-plotly-plot')].every("
        "plot => plot.clientWidth < 390 && Math.abs(plot._fullLayout.width - plot.clientWidth) < 2)"
    )
    found: list[str] = page.evaluate("rendered.wrong()")
    page.locator("[data-testid=stExpandSidebarButton]").click()
    page.wait_for_selector("[data-testid=stSidebarNavLink]")
    found += page.locator("[data-testid=stSidebar]").evaluate("e => rendered.wrong(e)")
    return [f"phone: {fault}" for fault in found]


def visit(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(".live-figure")
    await_run(page)
    await_theme(page, "light")
    page.add_style_tag(content=STILL)
    page.evaluate(AXE_SCRIPT)
    page.evaluate(LOOK)


def await_theme(page: Page, theme: str) -> None:
    """Wait until the page and all its figures are drawn in the colours of this theme."""
    page.wait_for_function(
        """([theme, ink]) => {
          const figures = [...document.querySelectorAll("[class*=st-key-fig_]")];
          return getComputedStyle(document.querySelector(".stApp")).colorScheme === theme &&
            figures.every((f) => f.querySelector(".js-plotly-plot")?.layout.font.color === ink);
        }""",
        arg=[theme, resolve("@ink", PALETTES[theme])],
    )


def faint(page: Page, *within: str) -> list[str]:
    """Text of too little contrast, by axe-core; the text of figures is rendered.js's."""
    context: dict[str, list[str]] = {"exclude": [".main-svg", ".stElementContainer:has(:disabled)"]}
    if within:
        context["include"] = [*within]
    found: list[str] = page.evaluate(
        """async (context) => {
          const how = { runOnly: ["color-contrast"], resultTypes: ["violations"] };
          const { violations } = await axe.run(context, how);
          const nodes = violations.flatMap((rule) => rule.nodes);
          return nodes.map(({ any, html }) => `${any[0].message} ${html.slice(0, 80)}`);
        }""",
        context,
    )
    return found


def listen(page: Page) -> list[str]:
    """What goes wrong in the browser, as it comes."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    # Streamlit asks for these below a page's own address first, and then at the root.
    probed = ("/_stcore/health", "/_stcore/host-config")
    page.on(
        "console",
        lambda message: (
            said.append(f"{message.type}: {message.text}")
            if message.type in ("error", "warning") and not message.location["url"].endswith(probed)
            else None
        ),
    )
    return said
