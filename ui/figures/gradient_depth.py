"""Gradient size by layer, from the last layer down, in three networks at initialisation."""

from collections.abc import Mapping

import numpy as np

from bn_core.normalize import Array
from ui.figures.log_axis import log_axis, log_curve
from ui.figures.style import Figure, axis, layout, note, panel_title

_COLOURS = {"none": "before", "batch": "after", "layer": "running"}
_SYMBOLS = {"none": "x", "batch": "circle", "layer": "square"}
_NAMES = {"none": "no norm", "batch": "batch norm", "layer": "layer norm"}


def gradient_depth(sizes: Mapping[str, Array], law: Array, height: int = 330) -> Figure:
    """sizes: for none, batch and layer, (n_layers,), the last layer's being 1; law: BN's."""
    count = len(law)
    layers = np.arange(1, count + 1)
    data = [log_curve(layers, law, "1.211 a layer", "theory", dash="dash", meta="fixed")]
    labels = [panel_title("Gradient at each layer / at the last layer")]
    for norm, size in sizes.items():
        data.append(
            log_curve(layers, size, _NAMES[norm], _COLOURS[norm])
            | {
                "mode": "lines+markers",
                "marker": {"symbol": _SYMBOLS[norm], "size": 8, "color": f"@{_COLOURS[norm]}"},
            }
        )
    high = max(float(np.nanmax(size, initial=1.0)) for size in (*sizes.values(), law))
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
            + ", ".join(f"{_NAMES[norm]} {size[0]:.3g}" for norm, size in sizes.items())
            + f"; the law for batch norm says {law[0]:.3g}."
        ),
    }
