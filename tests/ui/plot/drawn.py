"""What Plotly makes of a trace: the height of a step line, the area of a closed path."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def heights(trace: dict[str, Any], at: Floats) -> Floats:
    """The step line's height at each place; 0 before its first point and after its last.

    "hv" holds each point's height until the next point, "hvh" changes half-way between them.
    """
    y = np.array(trace["y"], dtype=float)
    x = (
        np.array(trace["x"], float)
        if "x" in trace
        else trace["x0"] + trace["dx"] * np.arange(y.size)
    )
    changes = {"hv": x[1:], "hvh": (x[1:] + x[:-1]) / 2}[trace["line"]["shape"]]
    found: Floats = y[np.searchsorted(changes, at)]
    return np.where((at < x[0]) | (at > x[-1]), 0.0, found)


def area(trace: dict[str, Any]) -> float:
    """What a closed path encloses."""
    x, y = np.array(trace["x"], float), np.array(trace["y"], float)
    return float(abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 2)
