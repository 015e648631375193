"""A hall in real browsers: a projector and five phones through a scene, and a server that dies."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.browser.conftest import NAMES, Server
from tests.browser.test_lessons import DRAWN, LECTURE, QUESTION
from ui.lessons.scene import Options, truth_of

pytestmark = pytest.mark.browser

SCENE = next(at for at, one in enumerate(LECTURE.scenes, 1) if isinstance(one.answer, Options))
ASKED = LECTURE.scenes[SCENE - 1]
RIGHT = int(truth_of(ASKED))
WRONG = 1 if RIGHT == 0 else 0


@pytest.fixture
def phones(playwright: Playwright) -> Iterator[Callable[[], Page]]:
    """A phone at each call: a browser of its own, with a token of its own."""
    with _browser(playwright) as browser:
        yield lambda: browser.new_context(viewport={"width": 320, "height": 640}).new_page()


@contextmanager
def _browser(playwright: Playwright) -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--process-per-site"]
    browser = playwright.chromium.launch(executable_path=path, args=args)
    try:
        yield browser
    finally:
        browser.close()


def option(page: Page, place: int) -> None:
    page.locator(".options label").nth(place).click()


def sent(page: Page) -> None:
    expect(page.locator(".vote")).to_contain_text("Sent.")


def test_a_whole_scene_with_a_phone_offline_one_reloaded_one_late_and_a_server_that_dies(
    context: BrowserContext, phones: Callable[[], Page], server: Server
) -> None:
    projector = context.new_page()
    projector.goto(f"{server.url}/lessons?lecture={LECTURE.name}&scene={SCENE}&present=1")
    projector.wait_for_selector(DRAWN)
    projector.keyboard.press("q")
    expect(projector.get_by_text("Phones cannot reach")).to_be_visible()
    code = projector.locator(".hall-lobby .hall-code").inner_text()
    assert len(code) == 5

    first, offline, reloaded, changing = (phones() for _ in range(4))
    first.goto(f"{server.url}/join")
    first.get_by_label("Code on the screen").fill(f" {code.lower()} ")
    first.get_by_role("button", name="Join").click()
    for one in (offline, reloaded, changing):
        one.goto(f"{server.url}/join/{code}")
    expect(projector.get_by_text("4 phones are here")).to_be_visible()
    expect(first.get_by_text("as soon as the vote is open").first).to_be_visible()
    projector.keyboard.press("PageDown")

    option(first, WRONG)
    sent(first)
    option(offline, 0)
    sent(offline)
    offline.context.set_offline(True)
    option(offline, RIGHT)
    expect(offline.locator(".vote")).to_contain_text("Not sent yet")
    option(reloaded, RIGHT)
    sent(reloaded)
    reloaded.reload()
    sent(reloaded)
    expect(reloaded.locator(".options input").nth(RIGHT)).to_be_checked()
    option(changing, RIGHT)
    sent(changing)
    late = phones()
    late.goto(f"{server.url}/join/{code}")
    option(late, RIGHT)
    sent(late)
    expect(projector.locator(".hall-count")).to_contain_text("5 of 5")
    offline.context.set_offline(False)
    sent(offline)

    # A change that is made without a network comes after the close, and does not count.
    changing.context.set_offline(True)
    option(changing, WRONG)
    expect(changing.locator(".vote")).to_contain_text("Not sent yet")
    assert projector.locator(".bars").count() == late.locator(".bars").count() == 0
    projector.keyboard.press("PageDown")
    rows = projector.locator(".hall-room .bars li")
    expect(rows.nth(RIGHT)).to_contain_text("80 % (4)")
    expect(rows.nth(WRONG)).to_contain_text("20 % (1)")
    assert projector.locator(".hall-room .right").count() == late.locator(".right").count() == 0
    changing.context.set_offline(False)
    expect(changing.locator("main")).to_contain_text(
        "Your change came after the close. Your answer"
    )

    projector.keyboard.press("v")
    option(first, RIGHT)
    sent(first)
    expect(projector.locator(".hall-count")).to_contain_text("1 of 5")
    projector.keyboard.press("PageDown")
    expect(rows.nth(RIGHT).locator(".bar")).to_contain_text(["80 % (4)", "100 % (1)"])
    projector.wait_for_function("performance.now() - (window.pressed ??= performance.now()) > 350")
    projector.keyboard.press("PageDown")
    expect(first.locator(".verdict")).to_contain_text("As you predicted")
    expect(rows.nth(RIGHT)).to_have_class("right")
    assert "% right" not in projector.locator("body").inner_text()

    # The remote has the hint; it steers once it says so, and the projector follows.
    secret = projector.evaluate("Object.values(JSON.parse(localStorage.lecturer).rooms)[0].secret")
    remote = phones()
    remote.goto(f"{server.url}/remote/{code}#{secret}")
    expect(remote.get_by_text("100 % right. Most are right")).to_be_visible()
    assert secret not in remote.url
    remote.get_by_role("button", name="Steer from here").click()
    remote.get_by_role("button", name="Next").click()
    following = LECTURE.scenes[SCENE].question
    expect(projector.locator(QUESTION)).to_contain_text(following)
    expect(first.locator("h1")).to_have_text(following)
    projector.keyboard.press("PageDown")
    expect(projector.locator(".hall-said").last).to_contain_text("Another device steers")
    expect(projector.locator(".hall-count")).to_contain_text("0 of 5")

    projector.reload()
    projector.wait_for_selector(".hall-count")
    expect(projector.locator(QUESTION)).to_contain_text(following)

    server.stop()
    server.start()
    for one in (first, late):
        expect(one.locator("main")).to_contain_text("This room is no longer there")
        expect(one.get_by_label("Code on the screen")).to_be_visible()
    expect(projector.locator(".hall-said").last).to_contain_text("The room is no longer there")
