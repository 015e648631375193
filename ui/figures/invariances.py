"""The table of invariances as measured, and the pair of outputs behind one of its cells."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bn_core.normalize import Array
from ui.figures.frames import doubled
from ui.figures.lines import curve
from ui.figures.style import Figure, axis, layout, numbers, panel_title

_DRAWN = 150


def invariances(
    norms: Sequence[str],
    changes: Sequence[str],
    difference: Array,
    holds: NDArray[np.bool_],
    chosen: tuple[int, int],
    height: int = 300,
) -> Figure:
    """difference, holds: (norms, changes), measured and as theory has it at eps = 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.clip(np.log10(difference), -16.0, 1.0)
    text = [
        [_cell(d, h) for d, h in zip(row, held, strict=True)]
        for row, held in zip(difference.tolist(), holds.tolist(), strict=True)
    ]
    row, column = chosen
    return {
        "data": [
            {
                "type": "heatmap",
                "z": [numbers(line) for line in size],
                "x": list(changes),
                "y": list(norms),
                "text": text,
                "texttemplate": "%{text}",
                "textfont": {"size": 13},
                "colorscale": [
                    [0.0, "@after"],
                    [0.6, "@after/0.35"],
                    [0.85, "@paper"],
                    [1.0, "@before"],
                ],
                "zmin": -16,
                "zmax": 1,
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
                "hovertemplate": "%{y}, %{x}<br>%{text}<extra></extra>",
            }
        ],
        "layout": layout(
            height,
            margin={"l": 74, "r": 8, "t": 30, "b": 76},
            annotations=[panel_title("Largest change of the output")],
            xaxis=axis(
                "",
                tickvals=list(changes),
                ticktext=[_wrapped(change) for change in changes],
                tickangle=0,
                tickfont={"size": 11},
                showgrid=False,
            ),
            yaxis=axis("", range=[len(norms) - 0.5, -0.5], showgrid=False),
            shapes=[
                {
                    "type": "rect",
                    "x0": column - 0.48,
                    "x1": column + 0.48,
                    "y0": row - 0.46,
                    "y1": row + 0.46,
                    "line": {"color": "@accent", "width": 4},
                }
            ],
        ),
        "pick": {"invariant_norm": "y", "invariant_change": "x"},
        "alt": "Table of the largest change of the output. "
        + " ".join(
            f"{norm}: "
            + ", ".join(f"{c} {d:.2g}" for c, d in zip(changes, line, strict=True))
            + "."
            for norm, line in zip(norms, difference, strict=True)
        ),
    }


def output_pair(before: Array, after: Array, norm: str, change: str, height: int = 300) -> Figure:
    """Each output before the change against the same output after it; arrays of one shape."""
    reach = doubled([before, after], 3.0, 0.005)
    step = max(1, before.size // _DRAWN)
    with np.errstate(invalid="ignore"):
        largest = float(np.abs(after - before).max())
    return {
        "data": [
            curve(
                [-1e3, 1e3],
                [-1e3, 1e3],
                "unchanged",
                "theory",
                dash="dash",
                width=1.4,
                meta="fixed",
                hoverinfo="skip",
            ),
            {
                "type": "scatter",
                "mode": "markers",
                "x": numbers(before.ravel()[::step]),
                "y": numbers(after.ravel()[::step]),
                "name": norm,
                "marker": {"color": "@after", "size": 6, "opacity": 0.65},
                "hovertemplate": "before %{x:.3g}, after %{y:.3g}<extra></extra>",
            },
        ],
        "layout": layout(
            height,
            annotations=[panel_title(f"{norm}: outputs")],
            xaxis=axis("before the change", range=[-reach, reach]),
            yaxis=axis("after it", range=[-reach, reach]),
        ),
        "alt": (
            f"Scatter of the outputs of {norm} before and after: {change}. The largest difference "
            f"is {largest:.2g}; points on the diagonal have not moved."
        ),
    }


def _cell(difference: float, holds: bool) -> str:
    word = "stays" if holds else "moves"
    if math.isnan(difference):
        return f"{word}<br>0/0"
    shown: Any = "0" if difference == 0 else f"{difference:.0e}" if difference < 0.01 else None
    return f"{word}<br>{shown or f'{difference:.2f}'}"


def _wrapped(change: str) -> str:
    return change.replace(" ", "<br>").replace("data<br>set", "data set")
