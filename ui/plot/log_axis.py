"""Logarithmic axes: each value keeps its digits, and decades are labelled as people write them."""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ui.plot.style import Trace, axis


def log_numbers(values: ArrayLike) -> list[float | None]:
    """Each value to four digits of its own; None where a logarithm has no value."""
    return [
        float(f"{v:.3e}") if math.isfinite(v) and v > 0 else None
        for v in np.asarray(values, dtype=float).ravel().tolist()
    ]


def log_axis(title: str, low: float, high: float, **extra: Any) -> dict[str, Any]:
    """A logarithmic axis from 10^low to 10^high, ticks at whole decades."""
    step = max(1, math.ceil((high - low) / 6))
    return axis(
        title,
        type="log",
        range=[low, high],
        dtick=step,
        exponentformat="e",
        minor={"showgrid": False},
        **extra,
    )


def log_curve(x: ArrayLike, y: ArrayLike, name: str, colour: str, **extra: Any) -> Trace:
    """A line on logarithmic axes; on a linear x axis the digits do no harm."""
    line = {"color": f"@{colour}", "width": extra.pop("width", 2)}
    if "dash" in extra:
        line["dash"] = extra.pop("dash")
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [float(f"{v:.4g}") for v in np.asarray(x, dtype=float).tolist()],
        "y": log_numbers(y),
        "name": name,
        "line": line,
        "hovertemplate": f"{name}: %{{y:.3g}} at %{{x:.3g}}<extra></extra>",
    } | extra


def log_dots(x: ArrayLike, y: ArrayLike, name: str, colour: str, **extra: Any) -> Trace:
    """Measured points, drawn as `log_curve` draws lines; extra may hold the size."""
    size = extra.pop("size", 7)
    return (
        log_curve(x, y, name, colour)
        | {
            "mode": "markers",
            "marker": {"color": f"@{colour}", "size": size},
        }
        | extra
    )
