"""The pages' own Markdown as HTML, formulas as MathML that browsers draw by themselves."""

from functools import cache
from typing import Any

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin


def html(markdown: str) -> str:
    """HTML of a text of ours; HTML inside the text is shown as it is written."""
    return str(_reader().render(markdown))


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    return reader.use(dollarmath_plugin, allow_digits=True, renderer=_formula)


def _formula(latex: str, options: dict[str, Any]) -> str:
    display = "block" if options["display_mode"] else "inline"
    return str(convert(latex, display=display))
