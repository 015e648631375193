"""The table of invariances as measured, and the pair of outputs behind one of its cells."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from bn_core.types import Array, Mask
from ui.plot.lines import curve
from ui.plot.ranges import doubled
from ui.plot.style import DOTS, Figure, axis, layout, numbers, panel_title
from ui.text.numbers import spoken

_DRAWN = 150


def invariances(
    norms: Sequence[str],
    changes: Sequence[str],
    difference: Array,
    moves: Mask,
    chosen: tuple[int, int],
    height: int = 324,
) -> Figure:
    """The table of norms by changes, each cell with the output's largest change; a click chooses.

    difference, moves: (norms, changes), as measured, and whether it counts as a move.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.clip(np.log10(difference), -16.0, 1.0)
    text = [
        [_cell(d, m) for d, m in zip(row, moving, strict=True)]
        for row, moving in zip(difference.tolist(), moves.tolist(), strict=True)
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
                "textfont": {"size": 13, "color": "@ink"},
                "colorscale": [
                    [0.0, "@cold"],
                    [0.6, "@cool"],
                    [0.85, "@paper"],
                    [1.0, "@warm"],
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
            margin={"l": 74, "r": 8, "t": 54, "b": 72},
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
            + ", ".join(f"{c} {spoken(d, 2)}" for c, d in zip(changes, line, strict=True))
            + "."
            for norm, line in zip(norms, difference, strict=True)
        ),
    }


def output_pair(before: Array, after: Array, norm: str, change: str, height: int = 324) -> Figure:
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
                "marker": {"color": f"@after/{DOTS}", "size": 6},
                "hovertemplate": "before %{x:.3g}, after %{y:.3g}<extra></extra>",
            },
        ],
        "layout": layout(
            height,
            margin={"l": 52, "r": 14, "t": 58, "b": 42},
            annotations=[panel_title(f"Outputs of {norm}")],
            xaxis=axis("before the change", range=[-reach, reach]),
            yaxis=axis("after the change", range=[-reach, reach]),
        ),
        "alt": (
            f"Scatter of the outputs of {norm} before and after: {change}. The largest difference "
            f"is {spoken(largest, 2)}; points on the diagonal have not moved."
        ),
    }


def _cell(difference: float, moves: bool) -> str:
    if math.isnan(difference):
        return "0/0<br>undefined"
    shown: Any = "0" if difference == 0 else f"{difference:.0e}" if difference < 0.01 else None
    return f"{'moves' if moves else 'stays'}<br>{shown or f'{difference:.2f}'}"


def _wrapped(change: str) -> str:
    """In words so short that a column on a phone holds them."""
    short = change.replace("whole weight matrix", "all weights").replace("data set", "data")
    return (
        short.replace("recentred", "+ vector")
        .replace("rescaled", "× 3")
        .replace(" ", "<br>")
        .replace("+<br>", "+ ")
        .replace("×<br>", "× ")
    )
