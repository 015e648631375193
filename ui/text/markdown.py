"""Text from outside for a place that renders Markdown."""

import re


def literal(text: str) -> str:
    """Markdown that shows exactly this text, whatever marks are in it.

    A code span is the one thing in Markdown in which nothing has a meaning: no link (not even a
    bare address), no formula, no icon or colour of Streamlit's. It ends at as many backticks as it
    began with, and at an empty line; so it begins with more than the text has in a row, and what
    cannot be printed is shown by its code.
    """
    shown = "".join(char if char.isprintable() else _code(char) for char in text)
    # Streamlit makes :material/ a mark of its own even there: its slash stands between two spans.
    return "&#47;".join(map(_span, re.split("(?<=:material)/", shown)))


def _span(text: str) -> str:
    if not text:
        return ""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    # Markdown takes one space off each end.
    return f"{fence} {text} {fence}"


def _code(char: str) -> str:
    return char.encode("unicode_escape").decode()
