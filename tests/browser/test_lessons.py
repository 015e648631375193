"""A lecture in a real browser: predict, see, go on; by hand, by clicker and after a reload."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from ui.app.streamlit_dom import Dom, with_key
from ui.lessons.lectures import LECTURES
from ui.lessons.scene import Options, truth_of

pytestmark = pytest.mark.browser

LECTURE = LECTURES[1]
QUESTION, ANSWER = with_key("lesson_question"), with_key("lesson_answer")
DRAWN = ".lesson .js-plotly-plot .main-svg"


def scene(server: Server, number: int, more: str = "") -> str:
    return f"{server.url}/lessons?lecture={LECTURE.name}&scene={number}{more}"


def test_from_the_list_to_the_answer_and_on_and_a_reload_keeps_it(
    page: Page, server: Server
) -> None:
    page.goto(f"{server.url}/lessons")
    page.get_by_text(LECTURE.title).click()
    expect(page.locator(QUESTION)).to_contain_text(LECTURE.scenes[0].question)
    page.wait_for_selector(DRAWN)
    assert page.locator(ANSWER).count() == 0
    picture = page.locator(".lesson .js-plotly-plot").first
    before = picture.get_attribute("aria-label") or ""
    assert isinstance(LECTURE.scenes[0].answer, Options)
    right = int(truth_of(LECTURE.scenes[0]))
    page.locator(".lesson-options input").nth(right).check()
    page.get_by_role("button", name="Show what happens").click()
    expect(page.locator(ANSWER)).to_be_visible()
    expect(picture).not_to_have_attribute("aria-label", before)
    expect(page.locator(".lesson-options .right")).to_contain_text("this is what happens")
    page.reload()
    expect(page.locator(ANSWER)).to_be_visible()
    expect(page.locator(".lesson-options input").nth(right)).to_be_checked()
    page.get_by_role("button", name="Next").click()
    expect(page.locator(QUESTION)).to_contain_text(LECTURE.scenes[1].question)
    page.wait_for_url(re.compile("scene=2"))
    assert page.locator(ANSWER).count() == 0


# The smallest type among all texts that are seen, those of the pictures too, in pixels.
SMALLEST = """Math.min(...[...document.querySelectorAll('body *')]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter((one) => one.getBoundingClientRect().width > 1)
    .filter((one) => !one.closest('.live-said, .live-toolbar'))
    .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
SCROLLS = """[...document.querySelectorAll('*')]
    .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowY))
    .filter((one) => one.scrollHeight > one.clientHeight + 2).map((one) => one.className)"""


def phase(page: Page, number: int, name: str) -> None:
    page.wait_for_url(re.compile(f"scene={number}&present=1"))
    expect(page.locator(".lesson-scene")).to_have_attribute("data-phase", name)


def test_a_lecture_is_given_by_three_keys(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    last = len(LECTURE.scenes)
    press = page.keyboard.press
    page.goto(scene(server, last - 1, "&present=1"))
    page.wait_for_selector(DRAWN)
    picture = page.locator(".lesson .js-plotly-plot").first
    before = picture.get_attribute("aria-label") or ""
    assert page.evaluate(SMALLEST) >= 20
    press("PageDown")
    phase(page, last - 1, "closed")
    assert page.locator(ANSWER).count() == 0
    press("ArrowRight")
    expect(page.locator(ANSWER)).to_be_visible()
    expect(picture).not_to_have_attribute("aria-label", before)
    assert page.evaluate(SCROLLS) == []
    press("PageUp")
    phase(page, last - 1, "closed")
    assert page.locator(ANSWER).count() == 0
    expect(picture).to_have_attribute("aria-label", before)
    press("Space")
    phase(page, last - 1, "revealed")
    # A slider that was dragged gives the arrows back.
    page.locator(".lesson-sliders input").first.click()
    press("ArrowRight")
    phase(page, last, "open")
    press("b")
    press("PageDown")
    phase(page, last, "open")
    page.reload()
    page.wait_for_selector(DRAWN)
    for name in ("closed", "revealed"):
        press("PageDown" if name == "closed" else "ArrowRight")
        phase(page, last, name)
    press("PageDown")
    expect(page.locator(f"{with_key('lesson_summary')} li")).to_have_count(last)
    press("Home")
    page.wait_for_url(re.compile(r"/lessons\?present=1"))


def test_a_page_for_a_hall_has_its_sliders_and_its_picture_and_no_more(
    page: Page, server: Server
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{server.url}/?present=1&hide=momentum,eps&std=4")
    page.wait_for_selector(".live-plot .main-svg")
    expect(page.locator(Dom.HEADER)).to_be_hidden()
    expect(page.locator(with_key("std"))).to_be_visible()
    assert page.locator(with_key("eps")).count() == 0
    assert page.evaluate(SMALLEST) >= 20
    plot = page.locator(".live-plot").first.bounding_box()
    assert plot is not None
    assert plot["height"] > 0.7 * 720
    assert plot["y"] + plot["height"] <= 720
    page.locator(f"{with_key('std')} input").press("ArrowRight")
    page.wait_for_url(re.compile(r"std=4\.1.*present=1&hide=momentum(,|%2C)eps"))


def test_the_truth_is_not_on_the_page_before_it_is_asked_for(page: Page, server: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(scene(server, 5))
    page.wait_for_selector(DRAWN)
    assert not any("/live/lessons?" in url for url in asked)
    page.get_by_role("button", name="Show what happens").click()
    expect(page.locator(ANSWER)).to_be_visible()
    assert any("/live/lessons?" in url for url in asked)


@pytest.mark.parametrize("query", ["lecture=<b>none</b>&scene=1", "scene=abc", "scene=-3"])
def test_an_address_that_cannot_be_had_is_told(page: Page, server: Server, query: str) -> None:
    page.goto(f"{server.url}/lessons?{query}")
    expect(page.locator(".lesson").first).to_be_visible()
    expect(page.get_by_text("is used instead")).to_be_visible()
