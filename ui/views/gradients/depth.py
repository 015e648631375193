"""Gradient size by layer in networks with and without a norm, before training."""

from collections.abc import Mapping

import numpy as np

from bn_core.types import Array
from ui.plot.log_axis import log_axis, log_curve
from ui.plot.style import Figure, axis, layout, note, panel_title
from ui.text.numbers import spoken

_COLOURS = {"none": "before", "longer": "before", "batch": "after", "layer": "running"}
_SYMBOLS = {"none": "x", "longer": "x-open", "batch": "circle", "layer": "square"}
_DASHES = {"longer": "dot"}
_NAMES = {"none": "no norm", "batch": "batch norm", "layer": "layer norm"}


def gradient_depth(
    sizes: Mapping[str, Array], longer: float, law: Array | None, height: int = 330
) -> Figure:
    """Gradient sizes by layer, on a log axis.

    sizes: for none, longer (no norm, weights times `longer`), batch and layer, (n_layers,), the
    last layer's being 1; law: BN's, None where it does not hold.
    """
    names = _NAMES | {"longer": f"no norm, weights × {longer:g}"}
    count = len(sizes["none"])
    layers = np.arange(1, count + 1)
    drawn = law if law is not None else np.array([])
    data = [
        log_curve(layers[: len(drawn)], drawn, "1.211 a layer", "theory", dash="dash", meta="fixed")
    ]
    labels = [panel_title("Size of the gradient, by layer (last layer: 1)")]
    for norm, size in sizes.items():
        data.append(
            log_curve(layers, size, names[norm], _COLOURS[norm])
            | {
                "mode": "lines+markers",
                "line": {
                    "color": f"@{_COLOURS[norm]}",
                    "width": 2,
                    "dash": _DASHES.get(norm, "solid"),
                },
                "marker": {"symbol": _SYMBOLS[norm], "size": 8, "color": f"@{_COLOURS[norm]}"},
            }
        )
    high = max(float(np.nanmax(size, initial=1.0)) for size in sizes.values())
    top = float(next(t for t in (1.2, 2.2, 4.2, 8.2, 16.2, 400.0) if t > np.log10(high)))
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 34, "b": 76},
            legend={"orientation": "h", "x": 0, "y": -0.22, "yanchor": "top"},
            annotations=[
                *labels,
                note("input side", 0.01, 0.03, xref="x domain", yref="y domain", xanchor="left"),
                note("output side", 0.99, 0.03, xref="x domain", yref="y domain", xanchor="right"),
            ],
            xaxis=axis("layer", range=[0.7, count + 0.3], dtick=1 if count <= 12 else 2),
            yaxis=log_axis("", -1.2, top),
        ),
        "alt": (
            f"Line chart of the gradient's size by layer in networks of {count} ReLU layers. At "
            "the first layer, relative to the last: "
            + "; ".join(f"{names[norm]}: {spoken(size[0])}" for norm, size in sizes.items())
            + (f". The law for batch norm says {spoken(law[0])}." if law is not None else ".")
        ),
    }
