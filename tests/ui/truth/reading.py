"""Numbers read back out of the texts of a page, to hold them against a calculation of a test's."""

import html
import re

NUMBER = r"[-−]?(?:\d[\d,]*\.?\d*|\.\d+)(?:·10<sup>[-−]?\d+</sup>|e[+-]?\d+)?|[-−]?∞|not a number"
_TAG = re.compile(r"<(?!/?sup)[^>]*>")


def value(text: str) -> float:
    """The number that `fmt` or `fixed` wrote like this."""
    text = text.replace("−", "-").replace(",", "").replace("∞", "inf")
    if text == "not a number":
        return float("nan")
    return float(text.replace("·10<sup>", "e").replace("</sup>", ""))


def numbers(text: str, pattern: str) -> tuple[float, ...]:
    """The numbers that stand where the pattern has `#`; fails where the text has no such place.

    Tags are passed over; the pattern is otherwise read letter by letter.
    """
    plain = html.unescape(_TAG.sub("", text))
    found = re.search(re.escape(pattern).replace(r"\#", f"({NUMBER})"), plain)
    assert found, f"{pattern!r} is not in {plain!r}"
    return tuple(value(group) for group in found.groups())


def number(text: str, pattern: str) -> float:
    """The one number where the pattern has `#`."""
    (found,) = numbers(text, pattern)
    return found


def holds(text: str, words: str) -> bool:
    """Whether the text has these words, tags aside."""
    return words in html.unescape(_TAG.sub("", text))


def rows(table: str) -> list[list[str]]:
    """The cells of an HTML table, row by row, the head first."""
    return [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        for row in re.findall(r"<tr>(.*?)</tr>", table)
    ]
