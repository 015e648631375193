"""The axis of batch sizes that several figures share: logarithmic, with the present size marked."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ui.plot.lines import upright
from ui.plot.style import Trace, axis, numbers

TICKS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)


def batch_axis(every: int = 1, **extra: Any) -> dict[str, Any]:
    """A logarithmic axis from 1 to 512; its ticks at the powers of 2, or at every second one."""
    return axis(
        "batch size B",
        type="log",
        range=[-0.06, float(np.log10(512)) + 0.06],
        tickvals=list(TICKS[::every]),
        ticktext=[str(size) for size in TICKS[::every]],
        **extra,
    )


def present_size(batch: int, number: int = 1, row: float = 0.9) -> tuple[Any, Any]:
    """The present batch size as an upright line with its label."""
    shape, label = upright(batch, f"B = {batch}", row=row, number=number)
    if batch > 128:
        label |= {"xanchor": "right", "xshift": -3}
    # On a logarithmic axis Plotly takes a shape at the value, a text at its logarithm.
    return shape, label | {"x": float(np.log10(batch))}


def points(x: ArrayLike, y: ArrayLike, name: str, colour: str, **extra: Any) -> Trace:
    """Simulated values as dots; larger where they are to be hit by a click."""
    marker = {"color": f"@{colour}", "size": 9} | extra.pop("marker", {})
    return {
        "type": "scatter",
        "mode": "markers",
        "x": numbers(x),
        "y": numbers(y, 5),
        "name": name,
        "marker": marker,
        "hovertemplate": f"{name}: %{{y:.3g}} at %{{x:.3g}}<extra></extra>",
    } | extra
