"""The edition without a server, in a real Chromium with the real Pyodide."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.conftest import chromium
from tests.browser.lab import DRAWN, alt, await_alt
from tests.browser.own_lecture import make_and_give
from tests.browser.static import Static, put, served, site_files
from ui import layout, views
from ui.app.streamlit_dom import with_key
from ui.navigation import PAGES
from ui.site import build, pyodide
from ui.take_away.copies import copy_of
from ui.training.words import DONE
from ui.views.numerics.view import NumericsSettings

pytestmark = pytest.mark.browser

BASE = "course/week 3/"
READY = """document.getElementById('python').dataset.state === 'ready'
    && !document.body.classList.contains('not-yet')"""
# All that is drawn on the page.
PICTURES = """[...document.querySelectorAll('.js-plotly-plot')]
    .map((plot) => JSON.stringify([plot.data, plot.layout.shapes])).join()"""
NO_ICON = '<link rel="icon" href="data:,">'
SHORT = "train_steps=50&layers=2&seeds=1"
LONG = "train_steps=600&layers=10&seeds=9"


@dataclass
class Site:
    """The site as it stands on its server, and what its visitors' pages asked for and said."""

    folder: Path
    server: Static
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{self.server.host}/{BASE.replace(' ', '%20')}"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return site_files()


@pytest.fixture(scope="module")
def site(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    root = tmp_path_factory.mktemp("web")
    put(files, root / BASE)
    (root / "index.html").write_text(NO_ICON)
    with served(root) as server:
        yield Site(root / BASE, server)


@pytest.fixture(scope="module")
def visitor(
    playwright: Playwright, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    with chromium(playwright, tmp_path_factory.mktemp("visitor")) as context:
        context.on("request", lambda request: site.asked.append(request.url))
        context.on("console", lambda said: site.said.append(f"{said.type}: {said.text}"))
        context.on("weberror", lambda error: site.said.append(f"error: {error.error}"))
        yield context


@pytest.fixture
def page(visitor: BrowserContext, site: Site) -> Iterator[Page]:
    """A page of its own; all that any page asked for came from the site, and none complained."""
    stays, *_ = visitor.pages
    site.asked.clear()
    site.said.clear()
    yield visitor.new_page()
    for page in visitor.pages:
        if page is not stays:
            page.close()
    hosts = {urlsplit(url).netloc for url in site.asked if url.startswith(("http", "ws"))}
    assert hosts <= {site.server.host}
    assert site.said == []


def visit(page: Page, url: str) -> None:
    """Wait until Python answers what moves."""
    page.goto(url)
    await_python(page)


def await_python(page: Page) -> None:
    page.wait_for_function(READY, timeout=60_000)


def setting(page: Page, key: str) -> str | None:
    return page.locator(f"#set-{key}").get_attribute("aria-valuetext")


@pytest.mark.parametrize(
    "shown", [one for one in PAGES if one.name in views.NAMES], ids=lambda p: p.name
)
def test_a_page_draws_at_once_and_moves(page: Page, site: Site, shown: layout.Page) -> None:
    page.goto(f"{site.url}{shown.name}/")
    expect(page.locator("h1")).to_have_text(shown.question)
    page.wait_for_selector(DRAWN)
    await_python(page)
    before = page.evaluate(PICTURES)
    page.locator("#panel input[type=range]:enabled").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"before => {PICTURES} !== before", arg=before)
    page.wait_for_url(re.compile(r"\?"))


def test_values_hold_over_the_menu_back_and_reload(page: Page, site: Site) -> None:
    visit(page, f"{site.url}lab/")
    page.locator("#set-mean").focus()
    page.keyboard.press("ArrowRight")
    await_alt(page, "mean 5.13")
    page.wait_for_url(f"{site.url}lab/?mean=5.1")
    page.locator("nav a[data-to=numerics]").click()
    page.wait_for_url(f"{site.url}numerics/?mean=5.1")
    await_python(page)
    assert setting(page, "mean") == "5.1"
    page.locator("#set-mean").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"{site.url}numerics/?mean=5.2")
    page.go_back()
    page.wait_for_url(f"{site.url}lab/?mean=5.2")
    await_alt(page, "mean 5.23")
    page.reload()
    await_python(page)
    assert setting(page, "mean") == "5.2"
    assert "mean 5.23" in alt(page)


def test_a_link_of_the_other_edition_works_below_another_base(page: Page, site: Site) -> None:
    visit(page, f"{site.url}?mean=-2&batch=4")
    assert urlsplit(page.url).path.endswith("/lab/")
    assert setting(page, "mean") == "-2"
    assert "batch of 4" in alt(page)
    visit(page, f"{site.url}numerics?mean=2&course=7")
    assert urlsplit(page.url).query == "course=7&mean=2"
    assert setting(page, "mean") == "2"


def test_what_an_address_cannot_have_is_told_letter_by_letter(page: Page, site: Site) -> None:
    hostile = "<img src=x onerror='window.broken = 1'>"
    page.goto(f"{site.url}lab/?std=4.5&batch=7")
    page.evaluate("mean => { location.search += '&mean=' + encodeURIComponent(mean) }", hostile)
    notices = page.locator("#notices")
    expect(notices.get_by_text(hostile)).to_be_visible(timeout=60_000)
    expect(notices.get_by_text("batch=7")).to_be_visible()
    assert notices.locator("img").count() == 0
    assert page.evaluate("window.broken") is None
    assert (setting(page, "std"), setting(page, "batch")) == ("4.5", "32")


def test_a_training_runs_to_its_end_and_comes_back_at_once(page: Page, site: Site) -> None:
    visit(page, f"{site.url}training/?{SHORT}")
    page.wait_for_selector(f".st-key-fig_loss {DRAWN}")
    page.locator("#run").click()
    expect(page.locator(".doing")).to_have_text(DONE, timeout=60_000)
    expect(page.locator(".st-key-after")).to_contain_text("After 50 steps")
    told = alt(page, "fig_loss")
    page.locator("#set-rate").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".doing")).not_to_have_text(DONE)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".doing")).to_have_text(DONE)
    assert alt(page, "fig_loss") == told
    # It is kept for the visit, also while another page is open.
    page.locator("nav a[data-to=lab]").click()
    page.wait_for_url(re.compile("/lab/"))
    page.go_back()
    page.wait_for_selector(f".st-key-fig_loss {DRAWN}")
    expect(page.locator(".doing")).to_have_text(DONE)
    assert alt(page, "fig_loss") == told


def test_a_training_grows_and_stops_within_half_a_second(page: Page, site: Site) -> None:
    visit(page, f"{site.url}training/?{LONG}")
    page.wait_for_selector(f".st-key-fig_loss {DRAWN}")
    page.locator("#run").click()
    for _ in range(2):
        before = page.evaluate(PICTURES)
        page.wait_for_function(f"before => {PICTURES} !== before", arg=before)
    took = page.evaluate(
        """() => new Promise((resolve) => {
          const pressed = performance.now();
          document.getElementById("stop").click();
          const look = () =>
            document.querySelector(".doing").textContent.startsWith("Stopped")
              ? resolve(performance.now() - pressed) : setTimeout(look, 5);
          look();
        })"""
    )
    assert took < 500
    expect(page.locator("#run")).to_be_enabled()


def test_in_a_frame_of_another_host_it_moves(page: Page, site: Site, tmp_path: Path) -> None:
    frame = f'{NO_ICON}<iframe width="1000" height="700" src="{site.url}lab/?mean=1"></iframe>'
    (tmp_path / "course.html").write_text(frame)
    with served(tmp_path) as platform:
        page.goto(f"http://{platform.host}/course.html")
        inside = page.frame_locator("iframe")
        expect(inside.locator("#python[data-state=ready]")).to_be_attached(timeout=60_000)
        inside.locator("#set-mean").press("ArrowRight")
        plot = inside.locator(".st-key-fig_before_after .js-plotly-plot")
        expect(plot).to_have_attribute("aria-label", re.compile(r"mean 1\.13"))
        page.goto("about:blank")
        site.asked[:] = [url for url in site.asked if platform.host not in url]


@pytest.mark.parametrize("missing", ["Worker", "WebAssembly"])
def test_without_what_python_needs_the_pictures_stay(page: Page, site: Site, missing: str) -> None:
    page.add_init_script(f"delete window.{missing}")
    page.goto(f"{site.url}lab/")
    expect(page.locator("#python")).to_contain_text(f"no {missing}", ignore_case=True)
    page.wait_for_selector(f".st-key-fig_before_after {DRAWN}")
    page.locator("#set-mean").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("mean=5.1"))
    assert "mean 5.03" in alt(page)


def test_python_that_dies_is_started_anew(page: Page, site: Site) -> None:
    visit(page, f"{site.url}lab/")
    [worker] = page.workers
    with page.expect_event("worker"):
        worker.evaluate("setTimeout(() => { throw new Error('memory is full') })")
    expect(page.locator("#python")).to_contain_text("started anew")
    await_python(page)
    page.locator("#set-mean").focus()
    page.keyboard.press("ArrowRight")
    await_alt(page, "mean 5.13")
    site.said[:] = [said for said in site.said if "memory is full" not in said]


def test_without_its_server_it_goes_on(page: Page, site: Site) -> None:
    visit(page, f"{site.url}lab/?gamma=2")
    await_kept(page)
    page.reload()
    await_python(page)
    site.server.asked.clear()
    page.reload()
    await_python(page)
    assert [path for path in site.server.asked if "service_worker" not in path] == []
    site.server.stop()
    try:
        page.reload()
        await_python(page)
        page.locator("#set-mean").focus()
        page.keyboard.press("ArrowRight")
        await_alt(page, "mean 5.13")
        visit(page, f"{site.url}small_batches?batch=4")
        assert urlsplit(page.url).path.endswith("/small_batches/")
        page.goto(site.url)
        expect(page.locator("h1")).to_contain_text("normalisation")
    finally:
        site.server.start()
        site.said[:] = [said for said in site.said if "service_worker" not in said]


def await_kept(page: Page) -> None:
    """Wait until the service worker has every file."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")


def until(page: Page, condition: str) -> None:
    """Wait for what only a promise can tell, which wait_for_function takes for true as it is."""
    again = "await new Promise((resolve) => setTimeout(resolve, 50))"
    page.evaluate(f"async () => {{ while (!({condition})) {again}; }}")


def test_a_new_build_takes_the_place_of_the_old_one_whole(
    page: Page, site: Site, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(page, f"{site.url}lab/")
    await_kept(page)
    [old] = builds(files)
    code = build.code()
    monkeypatch.setattr(build, "code", lambda: code + b"\0")  # a zip may end in anything
    newer = build.site("", pyodide.CACHE)
    [new] = builds(newer)
    assert new != old
    (site.folder / old).rename(site.folder / "gone")
    put(newer, site.folder)
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    until(page, "(await navigator.serviceWorker.getRegistration()).waiting")
    # The open page, and another of the same visit, stay with the build they began with.
    visit(page, f"{site.url}gradients/")
    assert loaded(page) == {old}
    # Once no page of it is open any more.
    page.goto(f"http://{site.server.host}/")
    until(page, "(await caches.keys()).length === 1")
    visit(page, f"{site.url}gradients/")
    assert loaded(page) == {new}


def builds(files: dict[str, bytes]) -> set[str]:
    return {name.partition("/")[0] for name in files if name.startswith("build-")}


def loaded(page: Page) -> set[str]:
    """The builds that the files of this page came from."""
    names = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    return set(re.findall(r"build-\w+", json.dumps(names)))


def test_a_lecture_goes_from_its_question_to_its_answer(page: Page, site: Site) -> None:
    page.goto(f"{site.url}lessons/?lecture=small_batches&scene=1")
    page.wait_for_selector(f".lesson {DRAWN}")
    assert page.locator(with_key("lesson_answer")).count() == 0
    page.get_by_role("button", name="Show what happens").click()
    expect(page.locator(with_key("lesson_answer"))).to_be_visible()
    page.get_by_role("button", name="Next").click()
    page.wait_for_url(re.compile("scene=2"))


def test_a_hall_sees_a_page_and_a_lecture_by_a_clickers_keys(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{site.url}lab/?present=1&hide=momentum,eps")
    page.wait_for_selector(DRAWN)
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator(with_key("eps"))).to_be_hidden()
    expect(page.locator(with_key("std"))).to_be_visible()
    plot = page.locator(".live-plot").first.bounding_box()
    assert plot is not None
    assert plot["height"] > 0.6 * 720
    page.keyboard.press("Home")
    page.wait_for_url(re.compile(r"lessons/\?present=1&hide=momentum,eps"))
    page.locator(".lesson-open").first.click()
    page.wait_for_selector(f".lesson {DRAWN}")
    answer = page.locator(with_key("lesson_answer"))
    page.keyboard.press("PageDown")
    expect(page.locator(".lesson-scene")).to_have_attribute("data-phase", "closed")
    assert answer.count() == 0
    page.keyboard.press("ArrowRight")
    expect(answer).to_be_visible(timeout=60_000)
    page.keyboard.press("PageUp")
    expect(page.locator(".lesson-scene")).to_have_attribute("data-phase", "closed")
    assert answer.count() == 0


def test_an_address_without_a_lecture_is_told_letter_by_letter(page: Page, site: Site) -> None:
    page.goto(f"{site.url}lessons/?lecture=<b>none</b>&scene=abc")
    notices = page.locator("#notices p")
    expect(notices).to_have_count(2, timeout=60_000)  # once Python has read the address
    expect(notices.first).to_contain_text("lecture=<b>none</b>")
    page.goto(f"{site.url}lessons/?lecture=small_batches&scene=150")
    expect(page.locator(".lesson")).to_contain_text("There is no scene 150")


def test_a_lecture_of_ones_own_is_made_carried_by_a_link_and_given(page: Page, site: Site) -> None:
    make_and_give(page, f"{site.url}lab/", f"{site.url}numerics/")


def test_code_comes_from_python_in_the_browser(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, f"{site.url}numerics/?batch=8")
    page.locator("#take-away summary").click()
    page.get_by_role("button", name="Keras", exact=True).click()
    expect(page.locator(".take-away-status")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == copy_of("numerics", NumericsSettings(batch=8), "keras")
