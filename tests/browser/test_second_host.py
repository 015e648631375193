"""Another host draws with the same modules: static files, and answers from a worker."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.lab import DRAWN, await_alt
from ui import views
from ui.app.server.answers.answer import answer
from ui.app.server.answers.assets import assets, path_of
from ui.plot.palette import DARK, LIGHT
from ui.settings.for_browser import page_settings

pytestmark = pytest.mark.browser

BROWSER = Path(__file__).resolve().parents[2] / "ui" / "browser"
HOST = "http://any.host"

PAGE = """<!doctype html>
<body style="background: white">
<link rel="stylesheet" href="/browser/live.css">
<label>Mean <input id="mean" type="range" min="-10" max="10" step="0.1" value="5"></label>
<div class="st-key-fig_before_after"></div>
<div id="numbers"></div>
<script src="/plotly.js"></script>
<script type="module">
  import { createLive } from "/browser/live.js";
  const { palettes, page, shown } = GIVEN;
  const slider = document.getElementById("mean");
  const worker = new Worker("/worker.js");
  window.asked = [];
  window.letGo = [];
  const live = createLive({
    palettes,
    background: () => getComputedStyle(document.body).backgroundColor,
    watchBackground() {},
    sliderValue: (key) => (key === "mean" ? slider.valueAsNumber : null),
    watchSliders: (moved) => slider.addEventListener("input", moved),
    ask: (view, query) =>
      new Promise((resolve) => {
        asked.push(view);
        worker.onmessage = ({ data }) => resolve(data);
        worker.postMessage(query);
      }),
    most: 1,
    letGo: (settings) => window.letGo.push(settings),
  });
  const report = { picked() {}, missed() {} };
  const put = (element, name) =>
    live.place(element, { name, page, follows: true, shown: shown[name] }, report);
  put(document.querySelector(".st-key-fig_before_after"), "fig_before_after");
  put(document.getElementById("numbers"), "numbers");
</script>
"""


def given(settings: object) -> str:
    """What the view shows, and all that the page has to know of its settings."""
    return json.dumps(
        {
            "palettes": {"light": LIGHT, "dark": DARK},
            "page": page_settings("lab", settings),
            "shown": json.loads(answer("lab", settings)),
        }
    )


@pytest.fixture
def static(context: BrowserContext) -> Page:
    lab = views.load("lab")
    moved = lab.settings(mean=5.1)
    files = {
        "/": PAGE.replace("GIVEN", given(lab.settings())),
        "/plotly.js": assets()[path_of("plotly-")].content.decode(),
        "/worker.js": (
            f"const moved = {answer('lab', moved).decode()};\n"
            "onmessage = ({ data }) => postMessage(data.includes('mean=5.1&') ? moved : null);"
        ),
    } | {
        f"/browser/{path.relative_to(BROWSER)}": path.read_text("utf-8")
        for path in BROWSER.rglob("*.*")
    }
    kinds = {"": "text/html", ".js": "text/javascript", ".css": "text/css"}

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        route.fulfill(body=files[path], content_type=kinds[Path(path).suffix])

    page = context.new_page()
    page.route(f"{HOST}/**", serve)
    page.goto(f"{HOST}/")
    page.wait_for_selector(f".st-key-fig_before_after {DRAWN}")
    return page


def test_it_draws_and_follows_its_own_slider(static: Page) -> None:
    await_alt(static, "mean 5.03")
    static.locator("#mean").focus()
    static.keyboard.press("ArrowRight")
    await_alt(static, "mean 5.13")
    static.wait_for_function("document.getElementById('numbers').innerText.includes('5.13')")
    static.wait_for_function("letGo.length > 0")
    assert static.evaluate("letGo.at(-1)") == {"mean": "5.1"}
    assert static.evaluate("asked") == ["lab"]


def test_its_toolbar_and_its_pin_work(static: Page) -> None:
    box = static.locator(".st-key-fig_before_after")
    traces = "document.querySelector('.js-plotly-plot').data.length"
    count = static.evaluate(traces)
    box.get_by_role("button", name="Pin", exact=True).click()
    assert static.evaluate(traces) > count
    with static.expect_download() as download:
        box.get_by_role("button", name="SVG").click()
    assert download.value.path().read_bytes().startswith(b"<svg")
