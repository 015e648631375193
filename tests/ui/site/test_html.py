"""The pages as HTML: everything that a Page names has its place, once."""

import json
import re
from html.parser import HTMLParser

import pytest

from ui.layout import Controls, Page, Part, elements
from ui.navigation import PAGES
from ui.site import html

BUILD = html.Build(code="build-0", pyodide="pyodide-0")
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Reader(HTMLParser):
    """Every element with its attributes, and whether all that opens also closes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, name: str) -> list[str | None]:
        return [attributes[name] for _, attributes in self.found if name in attributes]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_parts_and_controls_stand_once_and_everything_closes(page: Page) -> None:
    read = Reader(html.page(page, BUILD, "{}"))
    assert read.open == []
    assert read.all("data-part") == [e.name for e in elements(page.body) if isinstance(e, Part)]
    controlled = [e.names for e in elements(page.sidebar + page.body) if isinstance(e, Controls)]
    expected = [name for names in controlled for name in names] + [page.main] * bool(page.main)
    assert sorted(map(str, read.all("data-setting"))) == sorted(map(str, expected))
    assert len(read.all("id")) == len(set(read.all("id")))
    labelled = set(read.all("for"))
    named = {a["id"] for tag, a in read.found if tag in ("input", "select") and "id" in a}
    assert named <= labelled


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_first_stop_leads_past_the_settings_to_the_question(page: Page) -> None:
    read = Reader(html.page(page, BUILD, "{}"))
    stops = [(tag, given) for tag, given in read.found if tag in {"a", "button", "input", "select"}]
    tag, given = stops[0]
    assert (tag, given["href"]) == ("a", "#start")
    assert read.all("id").count("start") == 1
    [target] = [given for _, given in read.found if given.get("id") == "start"]
    assert target["class"] == "head"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_it_loads_from_the_site_alone(page: Page) -> None:
    text = html.page(page, BUILD, "{}")
    loaded = re.findall(r'<(?:script|link|img)[^>]*?(?:src|href)="([^"]+)"', text)
    assert loaded
    assert all(address.startswith("../") for address in loaded)


def test_prepared_answers_cannot_end_their_element() -> None:
    hostile = json.dumps({"shown": {"answer": "</script><script>alert(1)</script>"}})
    text = html.page(PAGES[0], BUILD, hostile)
    assert "alert(1)</script>" not in text
    [kept] = re.findall(r'id="prepared">(.*?)</script>', text)
    assert json.loads(kept) == json.loads(hostile)


def test_the_landing_page_leads_to_every_page() -> None:
    assert [f"{page.name}/" for page in PAGES] == [
        address
        for address in Reader(html.landing(BUILD)).all("href")
        if not str(address).count(".")
    ]
