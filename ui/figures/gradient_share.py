"""The share of a random gradient's energy that passes back, against the size of the group."""

from bn_core.gradient_parts import Shares
from bn_core.normalize import Array
from ui.figures.lines import curve
from ui.figures.style import Figure, axis, layout, numbers, panel_title

_TICKS = [2, 4, 8, 16, 32, 64, 128, 256, 512]


def gradient_share(
    shares: Shares, sizes: Array, law: Array, size: int, share: float, group: str, height: int = 215
) -> Figure:
    """sizes, law: the closed form, (n,). size, share: the present group's; group: what it counts,
    "batch size B" or "features".
    """
    return {
        "data": [
            curve(sizes, law, "(n − 2)/n", "theory", dash="dash", meta="fixed"),
            {
                "type": "scatter",
                "mode": "markers",
                "x": shares.batch_sizes.tolist(),
                "y": numbers(shares.mean),
                "error_y": {
                    "type": "data",
                    "array": numbers(2 * shares.standard_error),
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
            annotations=[panel_title("Share of energy that passes")],
            xaxis=axis(group, type="log", range=[-0.05, 2.76], tickvals=[1, *_TICKS]),
            yaxis=axis("", range=[-0.05, 1.05], nticks=4),
        ),
        "alt": (
            "Line chart of the share of a random gradient's energy that passes back against the "
            f"group's size n: (n − 2)/n, nothing at 2. This gradient at {size}: {share:.3g}."
        ),
    }
