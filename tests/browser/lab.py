"""How the browser tests look at a page and move its sliders."""

from playwright.sync_api import Locator, Page

from ui.app.streamlit_dom import Dom
from ui.app.streamlit_dom import slider as slider_input

DRAWN = ".js-plotly-plot .main-svg"


def plot(page: Page, name: str = "fig_before_after") -> Locator:
    return page.locator(f".st-key-{name} .js-plotly-plot")


def slider(page: Page, key: str) -> Locator:
    return page.locator(slider_input(key))


def open_page(page: Page, url: str, name: str = "fig_before_after") -> None:
    page.goto(url)
    page.wait_for_selector(f".st-key-{name} {DRAWN}")
    await_run(page)


def await_run(page: Page) -> None:
    """Wait until the script has run to its end."""
    page.wait_for_selector(Dom.RUN_ENDED)


def open_folds(page: Page) -> None:
    """Open whatever is folded away on the page."""
    for fold in page.locator(f"{Dom.FOLD} summary").all():
        fold.click()


def alt(page: Page, name: str = "fig_before_after") -> str:
    return plot(page, name).get_attribute("aria-label") or ""


def await_alt(page: Page, part: str, name: str = "fig_before_after") -> None:
    """Wait until the figure's text says this."""
    page.wait_for_function(
        "([name, part]) => document.querySelector(`.st-key-${name} .js-plotly-plot`)"
        "?.getAttribute('aria-label')?.includes(part)",
        arg=[name, part],
    )


def thumb(page: Page, key: str) -> tuple[float, float]:
    """The middle of a slider's thumb, in pixels of the page."""
    x, y = slider(page, key).evaluate(
        "(e, thumb) => { const r = e.closest(thumb).getBoundingClientRect();"
        " return [r.x + r.width / 2, r.y + r.height / 2]; }",
        Dom.THUMB,
    )
    return float(x), float(y)
