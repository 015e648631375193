"""sigma over the batch's own std: what every output is multiplied by, too much or too little."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bn_core.normalize import Array
from bn_core.simulation import InverseStd
from ui.figures.by_batch import points
from ui.figures.lines import curve, upright
from ui.figures.spoken import spoken
from ui.figures.style import Figure, axis, layout, panel_title

_LOOK = {2: ("before", "dot"), 3: ("second", "dash"), 4: ("running", "dashdot")}
_PRESENT = ("after", "solid")
_RIGHT = {"xaxis": "x2", "yaxis": "y2"}


@dataclass(frozen=True)
class Scale:
    """The law at one batch size: simulated, and (Gaussian input) in closed form."""

    batch: int
    simulated: InverseStd
    law: tuple[Array, Array] | None
    mean: float | None  # closed form, inf where there is none


def inverse_std(
    scales: tuple[Scale, ...], present: Scale, cap: float | None, height: int = 380
) -> Figure:
    """scales: drawn as lines; present: as points too. cap: where eps stops the ratio, or None."""
    bars = present.simulated.law
    data: list[Any] = [
        points(
            [],
            [],
            f"B = {present.batch}, simulated",
            "after",
            marker={"size": 6},
        )
        | {
            "x": significant(np.sqrt(bars.edges[1:] * bars.edges[:-1])),
            "y": significant(bars.density),
        }
    ]
    for scale in scales:
        colour, dash = _LOOK.get(scale.batch, _PRESENT)
        if scale.law is not None:
            x, density = scale.law
            data.append(
                curve([], [], f"B = {scale.batch}", colour, dash=dash, meta="fixed", width=1.8)
                | {"x": significant(x), "y": significant(density)}
            )
        data += _settling(scale, colour, dash)
    marks = [_mark(1.0, "right", 0.02)]
    if cap is not None and 0.5 < cap < 300:
        marks.append(_mark(cap, "eps stops it here", 0.9))
    last = {s.batch: s.simulated.average[-1] for s in scales}
    told = ", ".join(f"{spoken(value)} at batch size {size}" for size, value in last.items())
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 13}},
            margin={"l": 60, "r": 14, "t": 34, "b": 88},
            shapes=[shape for shape, _ in marks],
            annotations=[
                panel_title("σ / batch std"),
                panel_title("Its average", 2),
                *(label for _, label in marks),
            ],
            xaxis=axis(
                "ratio",
                type="log",
                domain=[0, 0.46],
                range=[np.log10(0.3), 2.5],
                tickvals=[0.5, 1, 3, 10, 30, 100, 300],
            ),
            yaxis=axis("density", type="log", range=[-5, 1.3], dtick=1, exponentformat="power"),
            xaxis2=axis(
                "batches averaged",
                type="log",
                domain=[0.56, 1],
                anchor="y2",
                range=[0, 5.2],
                dtick=1,
                exponentformat="power",
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
            "Left, the density of sigma over the batch's std on logarithmic axes: the smaller the "
            "batch, the heavier its tail. Right, its average over ever more batches: at batch size "
            f"2 it never settles. After the last batch it is {told}."
        ),
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
    shown = scale.law is None
    traces = [
        curve([], [], f"B = {scale.batch}, average", colour, dash=dash, showlegend=shown)
        | {"x": significant(found.batches), "y": significant(found.average), **_RIGHT}
    ]
    if scale.mean is not None and np.isfinite(scale.mean):
        ends, name = [1, 160_000], f"expected at B = {scale.batch}"
        look: dict[str, Any] = {"dash": "dash", "width": 1, "meta": "fixed", "showlegend": False}
        traces.append(curve(ends, [scale.mean] * 2, name, "theory", **look, **_RIGHT))
    return traces
