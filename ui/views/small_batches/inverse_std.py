"""sigma over the batch's own std: the factor by which every output is scaled too much."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bn_core.simulation.densities import InverseStd
from bn_core.types import Array
from ui.plot.batch_axis import points
from ui.plot.lines import curve, upright
from ui.plot.style import Figure, Trace, axis, layout, panel_title
from ui.text.numbers import spoken

_LOOK = {2: ("before", "dot"), 3: ("second", "dash"), 4: ("running", "dashdot")}
_PRESENT = ("after", "solid")
_RIGHT = {"xaxis": "x2", "yaxis": "y2"}


@dataclass(frozen=True)
class Scale:
    """The factor at one batch size: simulated, and (Gaussian input) in closed form."""

    batch: int
    simulated: InverseStd
    exact: tuple[Array, Array] | None  # x and density
    mean: float | None  # closed form, inf where there is none


def inverse_std(
    scales: tuple[Scale, ...], present: Scale | None, cap: float | None, height: int = 380
) -> Figure:
    """scales: drawn as lines; present: as dots too. cap: eps allows no larger factor, or None.

    No scales where the input has no spread.
    """
    data: list[Any] = [_simulated(present)] if present else []
    for scale in scales:
        colour, dash = _LOOK.get(scale.batch, _PRESENT)
        if scale.exact is not None:
            x, density = scale.exact
            data.append(
                curve([], [], f"B = {scale.batch}", colour, dash=dash, meta="fixed", width=1.8)
                | {"x": significant(x), "y": significant(density)}
            )
        data += _settling(scale, colour, dash)
    marks = [_mark(1.0, "no error", 0.02)]
    if cap is not None and 0.5 < cap < 300:
        marks.append(_mark(cap, "limit set by eps", 0.9))
    last = {s.batch: s.simulated.average[-1] for s in scales}
    told = ", ".join(f"{spoken(value)} at batch size {size}" for size, value in last.items())
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 13}},
            margin={"l": 66, "r": 14, "t": 34, "b": 88},
            shapes=[shape for shape, _ in marks],
            annotations=[
                panel_title("Factor σ / batch std"),
                panel_title("Its average", 2),
                *(label for _, label in marks),
            ],
            xaxis=axis(
                "factor",
                type="log",
                domain=[0, 0.46],
                range=[np.log10(0.3), 2.5],
                tickvals=[1, 10, 100],
            ),
            yaxis=axis(
                "density",
                type="log",
                range=[-5, 1.3],
                tickvals=[1e-4, 0.01, 1],
                ticktext=["0.0001", "0.01", "1"],
            ),
            xaxis2=axis(
                "batches averaged",
                type="log",
                domain=[0.56, 1],
                anchor="y2",
                range=[0, 5.2],
                tickvals=[1, 100, 10_000],
                ticktext=["1", "100", "10,000"],
            ),
            yaxis2=axis(
                "",
                type="log",
                anchor="x2",
                range=[-0.1, 1.5],
                tickvals=[1, 2, 3, 5, 10, 20, 30],
            ),
        ),
        "alt": (
            "Left, the density of the factor, sigma over the batch's std, on logarithmic axes: the "
            "smaller the batch, the more often it is very large. Right, its average over more and "
            f"more batches: at batch size 2 it never settles. At the last batch it is {told}."
            if scales
            else "Empty axes: without spread there is no factor to draw."
        ),
    }


def _simulated(present: Scale) -> Trace:
    bars = present.simulated.histogram
    dots = points([], [], "simulated", "after", marker={"size": 6})
    return dots | {
        "x": significant(np.sqrt(bars.edges[1:] * bars.edges[:-1])),
        "y": significant(bars.density),
    }


def significant(values: Array) -> list[float | None]:
    """Numbers for a logarithmic axis: three digits of each, None where there is none."""
    return [float(f"{v:.3g}") if 0 < v < np.inf else None for v in values.tolist()]


def _mark(x: float, text: str, row: float) -> tuple[Any, Any]:
    """An upright line; its label stands at the logarithm, as Plotly wants it on such an axis."""
    shape, label = upright(x, text, row=row)
    return shape, label | {"x": float(np.log10(x))}


def _settling(scale: Scale, colour: str, dash: str) -> list[Any]:
    found = scale.simulated
    shown = scale.exact is None
    traces = [
        curve([], [], f"B = {scale.batch}, average", colour, dash=dash, showlegend=shown)
        | {"x": significant(found.batches), "y": significant(found.average), **_RIGHT}
    ]
    if scale.mean is not None and np.isfinite(scale.mean):
        ends, name = [1, 160_000], f"expected at B = {scale.batch}"
        look: dict[str, Any] = {"dash": "dash", "width": 1, "meta": "fixed", "showlegend": False}
        traces.append(curve(ends, [scale.mean] * 2, name, "theory", **look, **_RIGHT))
    return traces
