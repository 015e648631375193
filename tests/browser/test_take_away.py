"""What is taken away: code of where a page's sliders stand, its numbers, a lecture on paper."""

import csv
import io
import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server
from tests.browser.lab import await_alt, open_page, slider
from ui.app.streamlit_dom import with_key
from ui.lessons.lectures import LECTURES
from ui.take_away.copies import copy_of
from ui.views.lab.view import LabSettings

pytestmark = pytest.mark.browser

ROW = with_key("take_away")
CLIPBOARD = "navigator.clipboard.readText()"


def test_a_page_is_taken_away_as_its_sliders_stand(
    context: BrowserContext, page: Page, server: Server
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    open_page(page, f"{server.url}/?batch=8")
    slider(page, "mean").press("ArrowRight")
    await_alt(page, "mean 4.98")
    page.locator(f"{ROW} summary").click()

    def copied(kind: str) -> str:
        page.locator(ROW).get_by_role("button", name=kind, exact=True).click()
        expect(page.locator(".take-away-status")).to_have_text("Copied.")
        page.keyboard.press("Escape")
        return str(page.evaluate(CLIPBOARD))

    settings = LabSettings(batch=8, mean=5.1)
    assert copied("numpy") == copy_of("lab", settings, "numpy")
    assert copied("Link") == f"{server.url}/?batch=8&mean=5.1"
    rows = list(csv.DictReader(io.StringIO(copied("CSV"))))
    assert {"fig_before_after", "fig_running_mean", "numbers"} <= {row["part"] for row in rows}
    before, _ = (row for row in rows if row["part"] == "fig_before_after" and row["text"])
    assert before["text"] == "mean 4.98, std 3.06"


def test_a_lecture_on_paper_has_a_page_for_each_scene(page: Page, server: Server) -> None:
    lecture = min(LECTURES, key=lambda one: len(one.scenes))
    page.goto(f"{server.url}/lessons?lecture={lecture.name}&scene=1")
    button = page.get_by_role("button", name="Print the handout")
    expect(button).to_be_visible()
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    button.click()
    page.wait_for_function("window.printed")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == len(lecture.scenes)
