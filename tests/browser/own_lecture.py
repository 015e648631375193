"""A lecture of one's own as a lecturer makes it, in either edition."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.lab import DRAWN
from ui.app.streamlit_dom import with_key
from ui.lessons.own import read_lecture

QUESTION = "Which <b>outputs</b>?"
KEPT = "localStorage.getItem('own lecture')"


def make_and_give(page: Page, lab: str, numerics: str) -> None:
    """From two views to a file and a link, and from the link to the answer; given two addresses."""
    for address in (f"{numerics}?std=0.1", f"{lab}?batch=2"):
        page.goto(address)
        page.get_by_role("button", name="Add this view to my lecture").click()
        expect(page.get_by_text("is this view now")).to_be_visible()
    page.get_by_role("link", name="Open my lecture").click()
    page.get_by_role("button", name="Up: scene 2").click()
    page.get_by_label("Question").first.fill(QUESTION)
    page.get_by_label("It is answered").first.select_option("options")
    page.get_by_label("Option 1", exact=True).fill("A bell")
    page.get_by_label("Option 2", exact=True).fill("Only −1 and 1")
    page.get_by_label("Option 2 is right").check()
    _save(page)
    link = _link(page)
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Clear it").click()
    assert page.evaluate(KEPT) is None
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_text("is open: 2 scenes")).to_be_visible()
    assert "#" not in page.url
    page.get_by_role("link", name="Try it").click()
    expect(page.locator(with_key("lesson_question"))).to_contain_text(QUESTION)
    page.wait_for_selector(f".lesson {DRAWN}", timeout=60_000)
    page.get_by_label("A bell").check()
    page.get_by_role("button", name="Show what happens").click()
    expect(page.locator(".lesson-options .right")).to_have_text(
        re.compile("Only −1 and 1.*the author’s answer")
    )


def _save(page: Page) -> None:
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as file").click()
    lecture = read_lecture(saving.value.path().read_text("utf-8"))
    one, other = lecture.scenes
    assert (one.page, one.before, one.parts) == ("lab", "batch=2", ("fig_before_after",))
    assert (other.page, other.before) == ("numerics", "std=0.1")
    assert (one.question, one.options, one.right) == (QUESTION, ("A bell", "Only −1 and 1"), 1)


def _link(page: Page) -> str:
    page.get_by_role("button", name="Copy link").click()
    field = page.get_by_role("textbox", name="Link to my lecture")
    expect(field).to_have_value(re.compile("#lecture=."))
    link = field.input_value()
    assert urlsplit(link).query == ""
    page.get_by_role("button", name="Close").click()
    return link
