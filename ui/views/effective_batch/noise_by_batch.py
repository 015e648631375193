"""How noisy mean, variance and output are, by the batch size of a device; logarithmic axes."""

import math
from typing import NamedTuple

import numpy as np

from bn_core.types import Array
from ui.plot.batch_axis import batch_axis, points, present_size
from ui.plot.lines import curve
from ui.plot.ranges import first_holding
from ui.plot.style import Figure, axis, layout, panel_title
from ui.text.numbers import spoken

_STYLES = (
    ("variance: sd", "second", "dash", "diamond"),
    ("output: RMS gap", "after", "dot", "square"),
    ("mean: sd", "before", "dashdot", "circle"),
)
_NAMES = tuple(name for name, *_ in _STYLES)
_TOP = 0.35  # powers of 10
_FRAMES = ((-1.7, _TOP), (-2.7, _TOP), (-4.1, _TOP))
_TICKS = (1e-4, 1e-3, 0.01, 0.03, 0.1, 0.3, 1)


class Lines(NamedTuple):
    """Mean's sd, variance's average and sd, RMS gap at each size; None where there is none."""

    mean: Array
    var_mean: Array
    var: Array | None
    gap: Array | None


def noise_by_batch(
    sizes: tuple[int, ...], simulated: Lines, exact: Lines, batch: int, height: int = 380
) -> Figure:
    """Simulated dots, nan where none are drawn, on closed forms; a click on a dot sets its size."""
    measured = dict(zip(_NAMES, (simulated.var, simulated.gap, simulated.mean), strict=True))
    lines = dict(zip(_NAMES, (exact.var, exact.gap, exact.mean), strict=True))
    data = []
    for name, colour, dash, symbol in _STYLES:
        line, dots = lines[name], measured[name]
        if line is not None:
            data.append(
                curve(
                    sizes,
                    _positive(line),
                    f"{name}, closed form",
                    colour,
                    dash=dash,
                    meta="fixed",
                    showlegend=False,
                )
            )
        if dots is not None:
            data.append(points(sizes, _positive(dots), name, colour, marker={"symbol": symbol}))
    mark, label = present_size(batch, row=0.02)
    lowest = math.log10(float(exact.mean.min()))
    low, high = first_holding(lowest - 0.05, 0.0, _FRAMES)
    ticks = [tick for tick in _TICKS if math.log10(tick) >= low]
    at = sizes.index(batch)
    told = ", ".join(
        f"{name} {spoken(float(found[at]))}"
        for name in reversed(_NAMES)
        for found in (lines[name] if lines[name] is not None else measured[name],)
        if found is not None and np.isfinite(found[at])
    )
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": -0.17, "yanchor": "top", "font": {"size": 13}},
            margin={"l": 62, "r": 14, "t": 34, "b": 92},
            xaxis=batch_axis(),
            yaxis=axis(
                "error, for std 1",
                type="log",
                range=[low, high],
                tickvals=ticks,
                ticktext=[f"{tick:g}" for tick in ticks],
            ),
            shapes=[mark],
            annotations=[panel_title("Error by a device's batch size"), label],
        ),
        "pick": {"batch": "x"},
        "alt": (
            f"Errors at batch sizes {sizes[0]} to {sizes[-1]} of a device on logarithmic axes: sd "
            "of the mean and of the variance, and the RMS gap of an output between training and "
            f"inference. At batch size {batch}: {told}."
        ),
    }


def _positive(values: Array) -> Array:
    """What has a place on a logarithmic axis; nan elsewhere."""
    return np.where(values > 1e-9, values, np.nan)
