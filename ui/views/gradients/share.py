"""The share of a random gradient's squared length that passes, against the size of the group."""

import numpy as np

from bn_core.gradients.parts import Shares
from bn_core.types import Array
from ui.plot.lines import curve
from ui.plot.style import Figure, axis, layout, numbers, panel_title
from ui.text.numbers import spoken

_TICKS = [2, 4, 8, 16, 32, 64, 128, 256, 512]


def gradient_share(
    shares: Shares | None,
    sizes: Array,
    law: Array | None,
    size: int,
    share: float,
    group: str,
    height: int = 430,
) -> Figure:
    """Shares of random gradients against the group's size, and the present gradient's.

    shares: of random gradients at present; sizes, law: the closed form, (n,), None where none
    holds. size, share: the present group's; group: what it counts, "batch size B" or "features".
    """
    told = ", measured" if shares else ""
    if law is not None:
        told = ": (n − 2)/n" + (", nothing at 2" if np.isfinite(law[0]) else ", for large groups")
    drawn = law if law is not None else np.array([])
    return {
        "data": [
            curve(sizes[: len(drawn)], drawn, "(n − 2)/n", "theory", dash="dash", meta="fixed"),
            {
                "type": "scatter",
                "mode": "markers",
                "x": shares.batch_sizes.tolist() if shares else [],
                "y": numbers(shares.mean) if shares else [],
                "error_y": {
                    "type": "data",
                    "array": numbers(2 * shares.standard_error) if shares else [],
                    "color": "@after",
                },
                "marker": {"color": "@after", "size": 6},
                "name": "random gradients",
                "meta": "fixed",
                "hovertemplate": "%{x}: %{y:.3f} passes<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [size],
                "y": numbers([share]),
                "marker": {
                    "color": "@accent",
                    "size": 13,
                    "symbol": "diamond",
                    "line": {"color": "@ink", "width": 1},
                },
                "name": "this gradient",
                "hovertemplate": "this gradient at %{x}: %{y:.3f} passes<extra></extra>",
            },
        ],
        "layout": layout(
            height,
            margin={"l": 52, "r": 14, "t": 58, "b": 116},
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": -0.22, "yanchor": "top", "font": {"size": 13}},
            annotations=[panel_title("Share of squared length left")],
            xaxis=axis(group, type="log", range=[-0.05, 2.76], tickvals=[1, *_TICKS]),
            yaxis=axis("", range=[-0.05, 1.05], nticks=4),
        ),
        "alt": (
            "Line chart of the share of a random gradient's squared length that passes back "
            "against the group's size n" + told + f". This gradient at {size}: {spoken(share)}."
        ),
    }
