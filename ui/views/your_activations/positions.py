"""How alike two positions of an example are, by their distance."""

import numpy as np

from ui.plot.lines import curve
from ui.plot.style import Figure, axis, layout, panel_title
from ui.text.numbers import spoken
from ui.views.your_activations.here import Here

_LOOKS = (("before", "solid"), ("after", "dash"))


def by_distance(here: Here, height: int = 320) -> Figure:
    """The correlation along each axis of positions, median over features."""
    lags = here.layer.lags
    curves = [
        (f"along axis {at + 1}", found, look)
        for (at, found), look in zip(lags.items(), _LOOKS, strict=False)
    ]
    far = max(map(len, lags.values())) - 1
    told = "; ".join(f"{name} {spoken(float(found[1]))}" for name, found, _ in curves)
    return {
        "data": [
            curve(
                np.arange(len(found)),
                found,
                name,
                colour,
                dash=dash,
                mode="lines+markers",
                marker={"color": f"@{colour}", "size": 7},
            )
            for name, found, (colour, dash) in curves
        ],
        "layout": layout(
            height,
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 13}},
            margin={"l": 52, "r": 14, "t": 34, "b": 76},
            xaxis=axis("positions apart", range=[-0.3, far + 0.3]),
            yaxis=axis("correlation", range=[-1.05, 1.05]),
            annotations=[panel_title("How alike two positions are")],
        ),
        "alt": (
            f"Correlation of two positions of an example by their distance, 0 to {far}; the "
            f"median feature. Neighbours: {told}."
        ),
    }
