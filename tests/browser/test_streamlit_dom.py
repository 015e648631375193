"""Every part of Streamlit's page that the app relies on stands where it is looked for.

When an upgrade of Streamlit breaks one of these, mend the name in ui/app/streamlit_dom.py and in
ui/app/streamlit_dom.js; nothing else knows Streamlit's page.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ROOT, Server
from tests.browser.lab import await_run, open_page, slider, thumb
from ui.app.base_path import base_path
from ui.app.server.answers.assets import path_of
from ui.app.streamlit_dom import Dom

pytestmark = pytest.mark.browser

# Where a part is to be seen that the lab on a laptop does not show.
ELSEWHERE = {
    Dom.ALERT: "/?batch=7",
    Dom.CAPTION: "/running_statistics",
    Dom.FOLD: "/small_batches",
    Dom.PRIMARY: "/training",
    Dom.SIDEBAR_NAV: "on a phone",
    Dom.SIDEBAR_LINK: "on a phone",
    Dom.EXPAND: "on a phone",
    Dom.CHART: "without our script",
    Dom.EXCEPTION: "only where a page fails",
}
BROKEN = "Streamlit's page has no {name} ({selector}) any more: mend ui/app/streamlit_dom.py"


def held(page: Page, part: Dom) -> None:
    message = BROKEN.format(name=part.name, selector=part.value)
    assert page.locator(part).count() > 0, message


def test_the_lab_has_them(page: Page, server: Server) -> None:
    open_page(page, server.url)
    for part in Dom:
        if part not in ELSEWHERE:
            held(page, part)


@pytest.mark.parametrize("part", [part for part in ELSEWHERE if ELSEWHERE[part].startswith("/")])
def test_other_pages_have_the_others(page: Page, server: Server, part: Dom) -> None:
    page.goto(server.url + ELSEWHERE[part])
    page.wait_for_selector(".js-plotly-plot .main-svg")
    await_run(page)
    held(page, part)


def test_a_phone_has_the_menu_in_its_sheet(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, server.url)
    if not page.locator(Dom.SIDEBAR_OPEN).count():
        page.locator(Dom.EXPAND).click()
    page.wait_for_selector(Dom.SIDEBAR_OPEN)
    held(page, Dom.SIDEBAR_NAV)
    held(page, Dom.SIDEBAR_LINK)


def test_without_our_script_the_charts_are_streamlits(page: Page, server: Server) -> None:
    page.route("**/live/assets/**/live.js", lambda route: route.abort())
    page.goto(server.url)
    page.wait_for_selector(".js-plotly-plot .main-svg")
    held(page, Dom.CHART)


def test_an_error_of_the_script_can_be_found() -> None:
    """No page fails, so Streamlit's own files say how it would be marked."""
    import streamlit

    scripts = (Path(streamlit.__file__).parent / "static").rglob("*.js")
    assert any("stException" in script.read_text("utf-8") for script in scripts), BROKEN.format(
        name="EXCEPTION", selector=Dom.EXCEPTION
    )


def test_the_browsers_module_finds_its_parts(page: Page, server: Server) -> None:
    open_page(page, server.url)
    module = f"{base_path()}/live/assets/{path_of('streamlit_dom.js')}"
    page.evaluate(f"async () => {{ window.dom = await import('{module}'); }}")
    broken = "{name} of ui/app/streamlit_dom.js no longer works with Streamlit's page"
    assert page.evaluate("!!dom.app()"), broken.format(name="app")
    assert page.evaluate("getComputedStyle(dom.app()).backgroundColor") != "rgba(0, 0, 0, 0)", (
        "the theme's background is no longer that of .stApp: mend app() in streamlit_dom.js"
    )
    assert page.evaluate("dom.sliderInput('mean').value") == "5", broken.format(name="sliderInput")
    assert page.evaluate("dom.sliderInput('nothing')") is None
    page.evaluate("() => { window.moves = 0; dom.watchInputs(() => (window.moves += 1)); }")
    x, y = thumb(page, "mean")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y, steps=2)
    moved = page.evaluate("async () => { await new Promise(requestAnimationFrame); return moves }")
    page.mouse.up()
    assert moved > 0, broken.format(name="watchInputs")
    assert slider(page, "batch").get_attribute("aria-valuetext") == "32"
    page.evaluate("() => { window.looks = 0; dom.watchLook(() => (window.looks += 1)); }")
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.emulate_media(color_scheme="light" if dark else "dark")
    page.wait_for_function("window.looks > 0")


def test_nothing_else_knows_streamlits_page() -> None:
    """Its test ids and classes stand in the two modules alone; st-key-NAME is documented."""
    own = re.compile(r"""\.st[A-Z]\w+|data-testid|data-rac|["'\]]st[A-Z]\w*["'\]]""")
    files = [*ROOT.glob("ui/**/*"), *ROOT.glob("pages/*.py"), *ROOT.glob("benchmarks/*")]
    named = {
        str(path.relative_to(ROOT)): found
        for path in files
        if path.suffix in {".py", ".js", ".css"} and path.stem != "streamlit_dom"
        if (found := own.findall(path.read_text("utf-8")))
    }
    assert not named
