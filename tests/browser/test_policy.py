"""What the server's headers forbid is nothing that a page needs, and what others may not do."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.conftest import NAMES, Server
from tests.browser.lab import DRAWN, await_run
from tests.browser.static import served
from tests.browser.test_settings import PAGES as MENU
from tests.browser.test_settings import go_to
from ui.lessons.lectures import LECTURES

pytestmark = pytest.mark.browser


@pytest.fixture
def strict(playwright: Playwright) -> Iterator[Page]:
    """A browser that holds to the policy; in other tests Playwright makes code of strings."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(30_000)
    yield page
    browser.close()


def test_no_page_is_hindered(strict: Page, server: Server) -> None:
    said: list[str] = []
    strict.on("console", lambda one: said.append(one.text) if "Policy" in one.text else None)
    answer = strict.goto(server.url)
    assert answer is not None
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    strict.wait_for_selector(f".st-key-fig_before_after {DRAWN}")
    with strict.expect_download():
        strict.locator(".st-key-fig_before_after").get_by_role("button", name="PNG").click()
    for link in MENU:
        if link != "Lab":
            go_to(strict, link)
    strict.goto(f"{server.url}/lessons")
    await_run(strict)
    strict.get_by_role("link", name=LECTURES[0].title).first.wait_for()
    assert said == []


SLIPPED_IN = """() => {
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.body.append(script);
  const text = "<img id=slipped src=/none onerror='window.ran = true'>";
  document.body.insertAdjacentHTML("beforeend", text);
}"""


def test_a_script_that_was_slipped_in_does_not_run(strict: Page, server: Server) -> None:
    page = strict
    page.goto(server.url)
    page.wait_for_selector(f".st-key-fig_before_after {DRAWN}")
    with page.expect_console_message(lambda one: "Policy" in one.text):
        page.evaluate(SLIPPED_IN)
    page.locator("#slipped").evaluate("one => one.decode().catch(() => null)")
    assert page.evaluate("window.ran") is None


def test_another_site_may_not_show_it_in_a_frame(
    strict: Page, server: Server, tmp_path: Path
) -> None:
    page = strict
    frame = f'<!doctype html><iframe src="{server.url}/"></iframe>'
    (tmp_path / "index.html").write_text(frame)
    with (
        served(tmp_path) as other,
        page.expect_console_message(lambda one: "frame-ancestors" in one.text),
    ):
        page.goto(f"http://{other.host}/")


def test_an_address_that_leads_nowhere_leads_back(page: Page, server: Server) -> None:
    answer = page.goto(f"{server.url}/nothing/x")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("link", name="Go to the start page").click()
    page.wait_for_selector(f".st-key-fig_before_after {DRAWN}")
