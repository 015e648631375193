"""The policy of the page with the editor: scripts by their sums, and no other host."""

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape

from ui.site import html
from ui.site.policy import policy
from ui.your_norm.page import PAGE


def rules(text: str) -> dict[str, list[str]]:
    return {name: rest for name, *rest in (rule.split() for rule in text.split("; "))}


def test_nothing_is_loaded_from_or_sent_to_another_host() -> None:
    found = rules(policy(("a",), "pyodide-1"))
    sources = {source for of in found.values() for source in of}
    assert not [source for source in sources if "//" in source or "*" in source]
    assert "'unsafe-inline'" not in found["script-src"]
    assert found["default-src"] == ["'self'"]
    assert found["form-action"] == found["base-uri"] == ["'none'"]


def test_python_from_another_host_may_be_fetched_from_there_alone() -> None:
    found = rules(policy((), "https://your.host/a/pyodide"))
    assert found["connect-src"] == ["'self'", "blob:", "https://your.host"]
    assert "https://your.host" not in found["script-src"]


def test_every_script_that_stands_in_the_page_is_named_by_its_sum() -> None:
    page = html.page(PAGE, html.Build("build-0", "pyodide-0"), "{}")
    [content] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    allowed = rules(unescape(content))["script-src"]
    inline = re.findall(r'<script(?: type="(?:importmap|module)")?>(.*?)</script>', page, re.S)
    assert len(inline) == 1, "the import map"
    for text in inline:
        total = b64encode(sha256(text.encode()).digest()).decode()
        assert f"'sha256-{total}'" in allowed
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_without_the_editors_modules_the_map_is_empty() -> None:
    page = html.page(PAGE, html.Build("build-0", "pyodide-0", editor=False), "{}")
    assert '<script type="importmap">{"imports":{}}</script>' in page
