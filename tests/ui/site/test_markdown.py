"""Texts and formulas as HTML, made when the site is built."""

from pathlib import Path

import pytest

from ui.site.markdown import html

FORMULAS = sorted((Path(__file__).parents[3] / "ui").rglob("formulas.md"))


@pytest.mark.parametrize("path", FORMULAS, ids=lambda path: path.parent.name)
def test_every_formula_of_a_page_becomes_mathml(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made = html(text)
    wanted = text.count("$$") // 2 + text.replace("$$", "").count("$") // 2
    assert made.count("<math") == made.count("</math>") == wanted
    assert "\\" not in made
    assert "$" not in made


def test_html_in_a_text_is_shown_as_it_is_written() -> None:
    assert "&lt;script&gt;" in html("A <script>alert(1)</script> of text")
