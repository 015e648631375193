"""A lecture of one's own in the edition with a server; tests/browser/test_site.py has the other."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Server
from tests.browser.own_lecture import KEPT, make_and_give

pytestmark = pytest.mark.browser


def test_a_lecture_is_made_saved_carried_by_a_link_and_given(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/health")
    page.evaluate(KEPT.replace("get", "remove"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    make_and_give(page, f"{server.url}/", f"{server.url}/numerics")
    assert not any("outputs" in one for one in asked), "it stays here"
