"""Two backward formulas against the slope of the loss, entry by entry."""

import numpy as np

from bn_core.normalize import Array
from ui.figures.frames import doubled
from ui.figures.lines import curve
from ui.figures.style import Figure, axis, layout, numbers, panel_title


def gradient_check(slope: Array, right: Array, wrong: Array, height: int = 215) -> Figure:
    """slope: by finite differences; right, wrong: what the two formulas say there; all (n,)."""
    reach = doubled(slope, 0.5, 0.01)
    off = doubled(np.concatenate([right - slope, wrong - slope]), 0.25, 0.01)
    deviations = [float(np.abs(formula - slope).max()) for formula in (right, wrong)]
    data = [
        curve(
            [-1e6, 1e6],
            [0.0, 0.0],
            "agrees",
            "theory",
            dash="dash",
            width=1.3,
            meta="fixed",
            hoverinfo="skip",
        )
    ]
    for formula, name, colour, symbol in (
        (wrong, "constants", "before", "x"),
        (right, "whole formula", "after", "circle"),
    ):
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": numbers(slope),
                "y": numbers(formula - slope, 6),
                "name": name,
                "marker": {"color": f"@{colour}", "symbol": symbol, "size": 7},
                "hovertemplate": "slope %{x:.4g}, formula off by %{y:.2g}<extra>"
                + name
                + "</extra>",
            }
        )
    return {
        "data": data,
        "layout": layout(
            height,
            annotations=[panel_title("Formula − slope")],
            xaxis=axis("slope of the loss by nudging", range=[-reach, reach], nticks=5),
            yaxis=axis("", range=[-off, off], nticks=5),
        ),
        "alt": (
            f"Scatter of two formulas against the measured slope at {len(slope)} entries. The "
            f"whole formula is off by {deviations[0]:.1e} at most, the one that takes mean and "
            f"variance for constants by {deviations[1]:.3g}."
        ),
    }
