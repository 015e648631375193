"""What all figures share: numbers as JSON, axes, titles and margins.

A figure is a plain dict: data, layout, and alt, its text for those who cannot see it. Plain dicts
take a hundredth of the time of Plotly's graph objects; the tests hold them against Plotly's schema.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Figure = dict[str, Any]
Trace = dict[str, Any]

DOTS = 0.85
"""Opacity of many dots: crowds are seen to be denser, and one dot alone keeps its contrast."""


def numbers(values: ArrayLike, digits: int = 4) -> list[float | None]:
    """A list with so many significant digits of the largest value; None where not finite."""
    array = np.asarray(values, dtype=float)
    finite = np.isfinite(array)
    largest = np.abs(array[finite]).max(initial=0.0)
    decimals = 0 if largest == 0 else digits - 1 - math.floor(math.log10(largest))
    rounded: list[float | None] = np.round(array, min(max(decimals, -300), 300)).tolist()
    if finite.all():
        return rounded
    return [v if ok else None for v, ok in zip(rounded, finite.tolist(), strict=True)]


def axis(title: str = "", **extra: Any) -> dict[str, Any]:
    """An axis with a quiet grid and no zero line."""
    return {
        "title": {"text": title, "standoff": 6, "font": {"size": 14}},
        "gridcolor": "@grid",
        "linecolor": "@muted",
        "zeroline": False,
        "automargin": False,
        "fixedrange": False,
    } | extra


def layout(height: int, **extra: Any) -> dict[str, Any]:
    """The frame of a figure: height in pixels, transparent paper, one font, legend on top."""
    return {
        "height": height,
        "margin": {"l": 52, "r": 14, "t": 34, "b": 42},
        "font": {"size": 14, "color": "@ink"},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": 13},
        },
        "hoverlabel": {
            "bgcolor": "@paper",
            "bordercolor": "@muted",
            "font": {"size": 15, "color": "@ink"},
        },
        "bargap": 0,
    } | extra


def note(text: str, x: float, y: float, **extra: Any) -> dict[str, Any]:
    """A line of text in the picture, without an arrow."""
    return {"text": text, "x": x, "y": y, "showarrow": False, "font": {"size": 13}} | extra


def numbered(axis_name: str, number: int) -> str:
    """Plotly's name of an axis: x, x2, x3 for "x"; xaxis, xaxis2 for "xaxis"."""
    return axis_name if number == 1 else f"{axis_name}{number}"


def panel_title(text: str, number: int = 1) -> dict[str, Any]:
    """A title over the left end of one panel, its axes counted from 1."""
    return note(
        f"<b>{text}</b>",
        0,
        1,
        xref=f"{numbered('x', number)} domain",
        yref=f"{numbered('y', number)} domain",
        xanchor="left",
        yanchor="bottom",
        yshift=4,
        font={"size": 15, "color": "@ink"},
    )
