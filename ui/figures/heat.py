"""Heat maps with their numbers written into the cells."""

from typing import Any

from numpy.typing import ArrayLike

from ui.figures.style import Trace

# Blue below, orange above, grey between: told apart with any colour vision, on light and dark.
# Plotly's scales are lists that begin with a number, so they are given as colours at once.
SCALE = [[0.0, "#3B86C0"], [0.5, "#B9BEC4"], [1.0, "#E08B3A"]]
INK_ON_SCALE = "#10161C"


def heat(z: list[list[float | None]], low: float, high: float, **extra: Any) -> Trace:
    """Rows of numbers on that scale; extra as Plotly's heatmap takes it."""
    return {
        "type": "heatmap",
        "z": z,
        "zmin": low,
        "zmax": high,
        "colorscale": SCALE,
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "textfont": {"color": INK_ON_SCALE},
    } | extra


def cell_rows(values: ArrayLike, digits: int = 4) -> list[list[float | None]]:
    """A matrix as rows of numbers that JSON can carry."""
    from ui.figures.style import numbers

    rows: list[list[float | None]] = []
    for row in values:  # type: ignore[union-attr]
        rows.append(numbers(row, digits))
    return rows
