"""Histograms as one outline: a single path moves at once, bars are redrawn one by one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bn_core.types import FloatArray
from ui.plot.style import Trace, numbers


@dataclass(frozen=True)
class Histogram:
    """Densities between edges; empty where all values are equal or none is finite."""

    edges: FloatArray
    density: FloatArray
    mean: float
    std: float
    count: int


def histogram(values: ArrayLike) -> Histogram:
    """Bins that are a fixed part of the data's own std wide and sit on its mean.

    So a shift or a stretch of the same data moves the outline and does not change its shape.
    """
    x = np.asarray(values, dtype=float).ravel()
    finite = x[np.isfinite(x)]
    if finite.size == 0:
        return Histogram(np.empty(0), np.empty(0), np.nan, np.nan, 0)
    mean, std = float(finite.mean()), float(finite.std())
    if std <= 1e-9 * max(1.0, abs(mean)):
        return Histogram(np.empty(0), np.empty(0), mean, 0.0, finite.size)
    width = std * min(0.5, max(0.15, 2.5 * finite.size ** (-1 / 3)))
    low = np.floor((finite.min() - mean) / width)
    high = np.ceil((finite.max() - mean) / width)
    edges = mean + width * np.arange(low, max(high, low + 1) + 1)
    counts, _ = np.histogram(finite, edges.size - 1, (edges[0], edges[-1]))
    return Histogram(edges, counts / (finite.size * width), mean, std, finite.size)


def outline(bars: Histogram, colour: str, **extra: object) -> Trace:
    """The histogram as a filled step line; a spike where all values are equal."""
    if bars.edges.size:
        x = np.concatenate([bars.edges[:1], bars.edges])
        y = np.concatenate([[0.0], bars.density, [0.0]])
    else:
        x = np.array([bars.mean, bars.mean])
        y = np.array([0.0, 1e6])  # the density of a point, cut off by the frame
    return {
        "type": "scatter",
        "mode": "lines",
        "x": numbers(x, 5),
        "y": numbers(y),
        "line": {"color": f"@{colour}", "width": 2, "shape": "hv"},
        "fill": "tozeroy",
        "fillcolor": f"@{colour}/0.3",
        "hovertemplate": "%{x:.3g}: density %{y:.3g}<extra></extra>",
    } | extra
