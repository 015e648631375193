"""Heat maps with their numbers written into the cells."""

from typing import Any

from bn_core.types import Array
from ui.plot.style import Trace, numbers

# Blue below, orange above, the paper between: told apart with any colour vision.
SCALE = [[0.0, "@cold"], [0.5, "@paper"], [1.0, "@warm"]]


def heat(z: Array, low: float, high: float, **extra: Any) -> Trace:
    """A heat map of z, (rows, columns), coloured from low to high.

    extra: as Plotly's heatmap takes it.
    """
    return {
        "type": "heatmap",
        "z": [numbers(row) for row in z],
        "zmin": low,
        "zmax": high,
        "colorscale": SCALE,
        "showscale": False,
        # Left to itself Plotly takes white or grey, which is not read on the colours between, and a
        # size that fits: 4 pixels on a phone.
        "textfont": {"color": "@ink", "size": 11},
        "xgap": 1,
        "ygap": 1,
    } | extra
