"""A view's parts as its tests read them."""

import re
from typing import Any

from ui.plot.style import Figure
from ui.views.view import Shown


def figure(parts: Shown, name: str) -> Figure:
    part = parts[name]
    assert isinstance(part, dict)
    return part


def text(parts: Shown, name: str) -> str:
    part = parts[name]
    assert isinstance(part, str)
    return part


def trace(parts: Shown, name: str, called: str) -> dict[str, Any]:
    [found] = [t for t in figure(parts, name)["data"] if t.get("name") == called]
    return dict(found)


def numbers(told: str) -> list[float]:
    return [float(n.replace("−", "-")) for n in re.findall(r"[−-]?\d+(?:\.\d+)?", told)]


def names(parts: Shown, name: str) -> list[str]:
    """What the curves of this figure are called."""
    return [str(t.get("name")) for t in figure(parts, name)["data"]]


def number(told: str, before: str) -> float:
    """The number that follows these words."""
    found = re.search(re.escape(before) + r"\s*(-?[\d.,]+(?:e[+-]?\d+)?)", told)
    assert found, f"{before!r} not in {told!r}"
    return float(found[1].replace(",", "").rstrip("."))
