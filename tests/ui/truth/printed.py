"""Numbers as a page prints them, read back with what rounding may have taken."""

import re
from dataclasses import dataclass

from tests.ui.walk import plain
from ui.plot.style import Figure
from ui.views.view import Shown

_NUMBER = r"[−-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:·10\s*[−-]?\d+|e[+-]?\d+)?|−?∞"


@dataclass(frozen=True)
class Printed:
    """A number on a page: what it says, and half a unit of its last digit."""

    value: float
    rounding: float


def read(token: str) -> Printed:
    """The number that a token says: 0.53, −2, 1,015, 2.4·10−5, 3e-05, ∞."""
    text = token.replace("−", "-").replace(",", "").replace("∞", "inf")
    text = re.sub(r"·10\s*", "e", text)
    mantissa, _, exponent = text.partition("e")
    decimals = len(mantissa.partition(".")[2])
    return Printed(float(text), 0.5001 * 10.0 ** (int(exponent or 0) - decimals))


def find(text: str, pattern: str) -> list[Printed] | None:
    """The numbers that stand at each # of a pattern (a regular expression); None: not said."""
    found = re.search(pattern.replace("#", f"({_NUMBER})"), text)
    return None if found is None else [read(token) for token in found.groups()]


def sentence(shown: Shown, name: str) -> str:
    """A sentence of the page as its reader sees it, blanks made single."""
    part = shown[name]
    assert isinstance(part, str)
    return re.sub(r"\s+", " ", plain(part))


def figure(shown: Shown, name: str) -> Figure:
    """A figure of the page."""
    part = shown[name]
    assert not isinstance(part, str)
    return part
