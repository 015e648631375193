"""Heat maps with their numbers written into the cells."""

from typing import Any

from bn_core.normalize import Array
from ui.figures.style import Trace, numbers

# Blue below, orange above, the paper between: told apart with any colour vision.
SCALE = [[0.0, "@after"], [0.5, "@paper"], [1.0, "@before"]]


def heat(z: Array, low: float, high: float, **extra: Any) -> Trace:
    """z: (rows, columns), coloured from low to high; extra as Plotly's heatmap takes it."""
    return {
        "type": "heatmap",
        "z": [numbers(row) for row in z],
        "zmin": low,
        "zmax": high,
        "colorscale": SCALE,
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
    } | extra
