"""Errors of the mean, the variance and the output by batch size: dots on lines, and their frame."""

from collections.abc import Sequence
from typing import Any

from bn_core.types import Array
from ui.plot.batch_axis import batch_axis, points, present_size
from ui.plot.lines import curve
from ui.plot.style import Figure, Trace, layout, panel_title

# Of the quantity, as every figure of them has it: colour, dash of the line, symbol of the dots.
STYLES = {
    "variance": ("second", "dash", "diamond"),
    "output": ("after", "dot", "square"),
    "mean": ("before", "dashdot", "circle"),
}


def line_and_dots(
    of: str, name: str, sizes: Sequence[int], exact: Array | None, simulated: Array | None
) -> list[Trace]:
    """A quantity's closed form and what was simulated of it, each where there is one.

    of: one of STYLES; exact, simulated: (n_sizes,), in the units of the axis.
    """
    colour, dash, symbol = STYLES[of]
    drawn = []
    if exact is not None:
        title = f"{name}, closed form"
        drawn.append(curve(sizes, exact, title, colour, dash=dash, meta="fixed", showlegend=False))
    if simulated is not None:
        drawn.append(points(sizes, simulated, name, colour, marker={"symbol": symbol}))
    return drawn


def error_figure(
    data: Sequence[Trace],
    batch: int,
    yaxis: dict[str, Any],
    title: str,
    alt: str,
    height: int,
    bands: Sequence[Any] = (),
    names: Sequence[Any] = (),
) -> Figure:
    """The figure around them, the present size marked; a click on a dot sets its size."""
    mark, label = present_size(batch, row=0.02)
    return {
        "data": list(data),
        "layout": layout(
            height,
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": -0.17, "yanchor": "top", "font": {"size": 13}},
            margin={"l": 62, "r": 14, "t": 34, "b": 92},
            xaxis=batch_axis(),
            yaxis=yaxis,
            shapes=[mark, *bands],
            annotations=[panel_title(title), *names, label],
        ),
        "pick": {"batch": "x"},
        "alt": alt,
    }
