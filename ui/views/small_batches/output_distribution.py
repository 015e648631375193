"""What one normalised output looks like when few values share their statistics."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from bn_core.simulation.densities import Density
from ui.plot.lines import curve
from ui.plot.steps import steps
from ui.plot.style import Figure, Trace, axis, layout, numbered, panel_title
from ui.text.numbers import spoken
from ui.views.small_batches.output_grid import REACH, TOP, Outputs, grid

_GRID = 0.6  # the small multiples reach so high, the two larger panels stand above


def output_distribution(
    batch: Outputs, layer: Outputs, small: Sequence[Outputs], height: int = 560
) -> Figure:
    """Above, both norms at their present sizes; below, the same at small sizes."""
    data: list[Trace] = []
    axes: dict[str, Any] = {}
    shapes: list[Any] = []
    for number, (one, density, colour) in enumerate(
        ((batch, batch.batch, "after"), (layer, layer.layer, "running")), 1
    ):
        data += _traces(one, density, colour, number)
        shapes += [_bound(side * one.bound, number) for side in (-1, 1) if one.bound < REACH]
        axes |= _axes(number)
    panels, grid_axes, titles = grid(small, "3")
    grid_axes["yaxis3"]["domain"] = [0, _GRID - 0.06]
    told = "; ".join(
        f"{one.title}: all outputs within ±{spoken(one.bound)}" for one in (batch, layer, *small)
    )
    known = all(one.exact is not None or one.spikes for one in small)
    shapes_told = (
        ": two spikes for 2 values, U-shaped for 3, flat for 4, a half circle for 5, then towards "
        "the bell"
        if known
        else ""
    )
    return {
        "data": [*data, *panels],
        "layout": layout(
            height,
            shapes=shapes,
            annotations=[panel_title(batch.title), panel_title(layer.title, 2), *titles],
            margin={"l": 50, "r": 10, "t": 40, "b": 30},
            **axes,
            **grid_axes,
        ),
        "alt": f"Histograms of normalised outputs{shapes_told}. {told}.",
    }


def _traces(one: Outputs, density: Density | None, colour: str, number: int) -> list[Trace]:
    on: dict[str, Any] = {"xaxis": numbered("x", number), "yaxis": numbered("y", number)}
    traces = [] if density is None else [steps(density, colour, one.title, **on)]
    if one.exact is not None:
        z, height = one.exact
        fixed: dict[str, Any] = {"dash": "dash", "width": 1.6, "meta": "fixed"}
        shown = np.minimum(height, 9.0)
        traces.append(curve(z, shown, "closed form", "theory", **fixed, **on))
    return traces


def _axes(number: int) -> dict[str, Any]:
    left = 0.54 * (number - 1)
    return {
        numbered("xaxis", number): axis(
            "",
            domain=[left, left + 0.46],
            anchor=numbered("y", number),
            range=[-REACH, REACH],
            tickvals=[-2, 0, 2],
        ),
        numbered("yaxis", number): axis(
            "density" if number == 1 else "",
            domain=[_GRID + 0.1, 1],
            anchor=numbered("x", number),
            range=[0, TOP],
            nticks=4,
        ),
    }


def _bound(x: float, number: int) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "xref": numbered("x", number),
        "yref": f"{numbered('y', number)} domain",
        "line": {"color": "@accent", "width": 1.6, "dash": "dot"},
    }
