"""Two backward formulas against the slope of the loss, entry by entry."""

import numpy as np

from bn_core.types import Array
from ui.plot.lines import curve
from ui.plot.ranges import doubled
from ui.plot.style import Figure, axis, layout, numbers, panel_title
from ui.text.numbers import counted, spoken


def gradient_check(slope: Array, right: Array, wrong: Array, height: int = 340) -> Figure:
    """The error of both formulas against the measured slope.

    slope: by finite differences; right, wrong: what the two formulas say there; all (n,).
    """
    reach = doubled(slope, 0.5, 0.01)
    off = doubled(np.concatenate([right - slope, wrong - slope]), 0.25, 0.01)
    deviations = [float(np.abs(formula - slope).max()) for formula in (right, wrong)]
    data = [
        curve(
            [-1e6, 1e6],
            [0.0, 0.0],
            "no error",
            "theory",
            dash="dash",
            width=1.3,
            meta="fixed",
            hoverinfo="skip",
        )
    ]
    for formula, name, colour, symbol in (
        (wrong, "mean and variance as constants", "before", "x"),
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
                "hovertemplate": f"{name.replace(' as', '<br>as')}<br>slope %{{x:.4g}}<br>off by "
                "%{y:.2g}<extra></extra>",
            }
        )
    return {
        "data": data,
        "layout": layout(
            height,
            margin={"l": 52, "r": 14, "t": 58, "b": 84},
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": -0.26, "yanchor": "top", "font": {"size": 13}},
            annotations=[panel_title("Formula minus measured slope")],
            xaxis=axis("slope of the loss, measured", range=[-reach, reach], nticks=5),
            yaxis=axis("", range=[-off, off], nticks=5),
        ),
        "alt": (
            f"Scatter of two formulas against the measured slope at {counted(len(slope), 'input')}"
            f". The whole formula is off by {spoken(deviations[0], 2)} at most, the one that "
            f"treats mean and variance as constants by {spoken(deviations[1])}."
        ),
    }
