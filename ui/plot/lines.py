"""Curves, bands and markers that several figures draw."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ui.plot.style import Trace, note, numbered, numbers


def curve(x: ArrayLike, y: ArrayLike, name: str, colour: str, **extra: Any) -> Trace:
    """A line through points, named for the legend."""
    line = {"color": f"@{colour}", "width": extra.pop("width", 2)}
    if "dash" in extra:
        line["dash"] = extra.pop("dash")
    return {
        "type": "scatter",
        "mode": "lines",
        "x": numbers(x),
        "y": numbers(y, 5),
        "name": name,
        "line": line,
        "hovertemplate": f"{name}: %{{y:.3g}} at %{{x:.3g}}<extra></extra>",
    } | extra


def band(
    x: ArrayLike, low: ArrayLike, high: ArrayLike, name: str, colour: str, **extra: Any
) -> Trace:
    """The area between two curves, as one closed path; its edge is seen where the tint is not."""
    x_forth = np.asarray(x, dtype=float)
    alpha = extra.pop("alpha", 0.22)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": numbers(np.concatenate([x_forth, x_forth[::-1]])),
        "y": numbers(np.concatenate([np.asarray(low), np.asarray(high)[::-1]]), 5),
        "fill": "toself",
        "fillcolor": f"@{colour}/{alpha}",
        "line": {"width": 0.8, "color": f"@{colour}"},
        "name": name,
        "hoverinfo": "skip",
    } | extra


def upright(x: float, text: str, *, row: float = 0.04, number: int = 1) -> tuple[Any, Any]:
    """A vertical line at x and its label at that height of the panel: a shape, an annotation."""
    x_axis, y_axis = numbered("x", number), numbered("y", number)
    shape = {
        "type": "line",
        "xref": x_axis,
        "yref": f"{y_axis} domain",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "line": {"color": "@muted", "width": 1.3, "dash": "dashdot"},
    }
    label = note(
        text,
        x,
        row,
        xref=x_axis,
        yref=f"{y_axis} domain",
        xanchor="left",
        xshift=3,
        yanchor="bottom",
        bgcolor="@paper/0.7",
    )
    return shape, label
