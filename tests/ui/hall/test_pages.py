"""The hall's own pages: small, in one file, and closed to what others would run in them."""

import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest

from ui.hall.pages import HERE, document

NAMES = sorted(path.parent.name for path in Path(HERE).glob("*/page.html"))
MOST = {"phone": 30_000}
"""Bytes of a page with all it needs, before compression."""


def test_the_phones_page_is_small() -> None:
    assert len(document("phone", "/a/longer/path").content) <= MOST["phone"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_one_file_that_runs_its_own_script_alone(name: str) -> None:
    found = document(name, "")
    text = found.content.decode()
    assert gzip.decompress(found.compressed) == found.content
    assert not re.search(r"\b(DATA|STYLE|SCRIPT)\b", text)
    assert not re.search(r"""(src|href)=["']""", text)
    [script] = re.findall(r'<script type="module">(.*?)</script>', text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = found.headers["Content-Security-Policy"]
    assert f"script-src 'self' 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("path", sorted(HERE.glob("*/*.js")), ids=lambda path: path.stem)
def test_texts_are_never_put_into_a_page_as_markup(path: Path) -> None:
    markup = r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\("
    assert not re.search(markup, path.read_text("utf-8"))


def test_a_path_before_the_addresses_is_told_as_text() -> None:
    assert 'data-base="/&quot;&gt;&lt;b&gt;"' in document("phone", '/"><b>').content.decode()
