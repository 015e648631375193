"""What one normalised output looks like when few values share their statistics."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from bn_core.simulation import Density
from ui.figures.lines import curve
from ui.figures.output_grid import REACH, TOP, Law, grid
from ui.figures.spoken import spoken
from ui.figures.steps import steps
from ui.figures.style import Figure, Trace, axis, layout, numbered, panel_title

_RIGHT = 0.37  # where the small multiples begin


def output_law(batch: Law, layer: Law, small: Sequence[Law], height: int = 470) -> Figure:
    """At the left both norms at their present sizes; at the right the same laws at small ones."""
    data: list[Trace] = []
    axes: dict[str, Any] = {}
    shapes: list[Any] = []
    for number, (law, density, colour) in enumerate(
        ((batch, batch.batch, "after"), (layer, layer.layer, "running")), 1
    ):
        data += _traces(law, density, colour, number)
        shapes += [_bound(side * law.bound, number) for side in (-1, 1) if law.bound < REACH]
        axes |= _axes(number)
    panels, grid_axes, titles = grid(small, "3")
    grid_axes["xaxis3"]["domain"] = [_RIGHT, 1]
    grid_axes["yaxis3"]["domain"] = [0, 0.97]
    told = "; ".join(
        f"{law.title}: all outputs within ±{spoken(law.bound)}" for law in (batch, layer, *small)
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
        "alt": (
            "Histograms of normalised outputs: two spikes for 2 values, U-shaped for 3, flat for "
            f"4, a half circle for 5, then towards the bell. {told}."
        ),
    }


def _traces(law: Law, density: Density | None, colour: str, number: int) -> list[Trace]:
    on: dict[str, Any] = {"xaxis": numbered("x", number), "yaxis": numbered("y", number)}
    traces = [] if density is None else [steps(density, colour, law.title, **on)]
    if law.exact is not None:
        z, height = law.exact
        fixed: dict[str, Any] = {"dash": "dash", "width": 1.6, "meta": "fixed"}
        shown = np.minimum(height, 9.0)
        traces.append(curve(z, shown, "closed form", "theory", **fixed, **on))
    return traces


def _axes(number: int) -> dict[str, Any]:
    bottom = 0.57 * (2 - number)
    return {
        numbered("xaxis", number): axis(
            "",
            domain=[0, _RIGHT - 0.07],
            anchor=numbered("y", number),
            range=[-REACH, REACH],
            tickvals=[-2, 0, 2],
        ),
        numbered("yaxis", number): axis(
            "density",
            domain=[bottom, bottom + 0.4],
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
