"""Contrast as WCAG 2 measures it, and the colours that a figure draws with."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ui.plot.palette import DARK, LIGHT, parse
from ui.plot.style import Figure

Colour = tuple[float, float, float]

PALETTES = {"light": LIGHT, "dark": DARK}
TEXT, MARK = 4.5, 3.0
# What such a mark says stands in numbers beside it.
TOLD_ELSEWHERE = ("scatter mean ± std line",)
_LARGE_PX = 24.0

# Machado, Oliveira & Fernandes 2009 (IEEE TVCG 15(6)), severity 1, on linear light.
SIGHTS = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


@dataclass(frozen=True)
class Drawn:
    """A colour by its name, as "@after/0.7", how see-through it is besides, what it is for."""

    where: str
    colour: str
    opacity: float
    least: float


def assert_contrast(name: str, figure: Figure) -> None:
    """Nothing in this figure is fainter than it may be, in either theme."""
    faint = {
        f"{name}, {theme}: {one.where} {one.colour}: {seen(one, palette):.2f}"
        for theme, palette in PALETTES.items()
        for one in drawn(figure)
        if one.where not in TOLD_ELSEWHERE and seen(one, palette) < one.least
    }
    assert not faint


def ratio(one: Colour, other: Colour) -> float:
    """From 1, no contrast, to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def over(colour: Colour, opacity: float, ground: Colour) -> Colour:
    """What is seen of a see-through colour over another."""
    both = zip(colour, ground, strict=True)
    red, green, blue = (opacity * c + (1 - opacity) * g for c, g in both)
    return red, green, blue


def seen(drawn: Drawn, palette: dict[str, str], ground: str = "paper") -> float:
    """The contrast of what is drawn to the ground it stands on."""
    name, opacity = parse(drawn.colour)
    under = rgb(palette[ground])
    return ratio(over(rgb(palette[name]), opacity * drawn.opacity, under), under)


def rgb(colour: str) -> Colour:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def drawn(figure: Figure) -> Iterator[Drawn]:
    """Every line, dot, bar and text of a figure. Of an area its edge counts: the area is a tint."""
    layout = figure["layout"]
    for trace in figure["data"]:
        yield from _of_trace(trace)
    for shape in layout.get("shapes", []):
        line = shape["line"]
        # Neither the light line within a dark one, nor a tint without an edge.
        if line.get("width") != 0 and line["color"] != "@paper":
            yield Drawn(f"shape {shape['type']}", line["color"], shape.get("opacity", 1.0), MARK)
    inherited = layout["font"]
    for note in layout.get("annotations", []):
        yield _text(f"note {note['text']}", inherited | note.get("font", {}))
    for key in ("legend", "hoverlabel"):
        yield _text(key, inherited | layout[key].get("font", {}))
    for key, axis in layout.items():
        if key.startswith(("xaxis", "yaxis")):
            yield _text(f"{key} ticks", inherited | axis.get("tickfont", {}))
            yield _text(f"{key} title", inherited | axis.get("title", {}).get("font", {}))


def _of_trace(trace: dict[str, Any]) -> Iterator[Drawn]:
    where = f"{trace['type']} {trace.get('name', '')}"
    opacity = trace.get("opacity", 1.0)
    marker, line = trace.get("marker", {}), trace.get("line", {})
    mode = trace.get("mode", "lines" if trace["type"] == "scatter" else "")
    if "lines" in mode and line:
        shown = opacity if line.get("width", 2) else 0.0
        yield Drawn(f"{where} line", line.get("color", "@paper"), shown, MARK)
    if "markers" in mode or trace["type"] == "bar":
        # Plotly gives a marker without a colour the line's, and what has an edge is seen by it.
        colour = marker.get("line", {}).get("color") or marker.get("color") or line["color"]
        usual = 0.7 if isinstance(marker.get("size"), list) else 1.0  # Plotly's
        yield Drawn(f"{where} marker", colour, opacity * marker.get("opacity", usual), MARK)
    if "text" in mode:
        yield _text(f"{where} text", trace["textfont"], opacity)
    if "error_y" in trace:
        yield Drawn(f"{where} error bar", trace["error_y"]["color"], opacity, MARK)


def _text(where: str, font: dict[str, Any], opacity: float = 1.0) -> Drawn:
    large = font.get("size", 0) >= _LARGE_PX
    return Drawn(where, font["color"], opacity, MARK if large else TEXT)


def as_seen(colour: Colour, sight: str) -> Colour:
    """A colour as someone sees it who lacks one kind of cone."""
    red, green, blue = np.clip(SIGHTS[sight] @ _linear(colour), 0, 1)
    return red, green, blue


def lab(linear: Colour) -> NDArray[np.float64]:
    """CIE L*a*b* (D65) of a colour in linear light: distances are about as large as they look."""
    xyz = _XYZ @ np.array(linear) / _XYZ.sum(axis=1)
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def _luminance(colour: Colour) -> float:
    return float(_XYZ[1] @ _linear(colour))


def _linear(colour: Colour) -> NDArray[np.float64]:
    c = np.array(colour)
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
