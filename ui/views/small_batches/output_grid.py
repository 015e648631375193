from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bn_core.simulation.densities import Density
from bn_core.types import Array
from ui.plot.lines import curve
from ui.plot.style import Trace, axis, note

COLUMNS = 4
REACH = 3.3  # a panel goes so far to either side of 0,
TOP = 1.15  # and so high
_WIDE = 7.6  # from one panel to the next
_HIGH = 1.6


@dataclass(frozen=True)
class Outputs:
    """Outputs of groups of n values that share their statistics."""

    title: str
    n: int
    batch: Density | None  # simulated for batch normalisation,
    layer: Density | None  # and for layer normalisation
    exact: tuple[Array, Array] | None  # z and density; None where no closed form holds, and at 2
    spikes: bool  # exactly two values, -1 and 1
    bound: float


def grid(small: Sequence[Outputs], number: str) -> tuple[list[Trace], dict[str, Any], list[Any]]:
    """Traces, axes and titles of the panels, on the axes of that number, in rows of COLUMNS."""
    on: dict[str, Any] = {
        "xaxis": f"x{number}",
        "yaxis": f"y{number}",
        "meta": "fixed",
        "hoverinfo": "skip",
    }
    on |= {"hoverinfo": "skip", "hovertemplate": None, "showlegend": False}
    places = [
        (_WIDE * (i % COLUMNS), _HIGH * ((len(small) - 1) // COLUMNS - i // COLUMNS))
        for i in range(len(small))
    ]
    parts: dict[str, list[tuple[ArrayLike, ArrayLike]]] = {
        name: [] for name in ("batch", "layer", "exact", "bound", "floor")
    }
    for one, (x, y) in zip(small, places, strict=True):
        for name, density in (("batch", one.batch), ("layer", one.layer)):
            if density is not None:
                across, up = _steps(density)
                parts[name].append((across + x, up + y))
        if one.exact is not None:
            z, height = one.exact
            parts["exact"].append((z + x, np.minimum(height, TOP) + y))
        if one.bound < REACH:
            for side in (-one.bound, one.bound):
                parts["bound"].append(([side + x] * 2, [y, y + TOP]))
        parts["floor"].append(([x - REACH, x + REACH], [y, y]))
    looks: dict[str, tuple[str, str, dict[str, Any]]] = {
        "floor": ("0", "muted", {"width": 1}),
        "batch": ("BN", "after", {"fill": "toself", "fillcolor": "@after/0.3"}),
        "layer": ("LN", "running", {"width": 1.5}),
        "exact": ("closed form", "theory", {"dash": "dash", "width": 1.6}),
        "bound": ("bound", "accent", {"dash": "dot", "width": 1.6}),
    }
    traces = []
    for part, (name, colour, look) in looks.items():
        x_all, y_all = _joined(parts[part])
        traces.append(curve(x_all, y_all, name, colour, **look, **on))
    traces.append(_arrows(small, places) | on)
    titles = [_title(one.title, *at, number) for one, at in zip(small, places, strict=True)]
    return traces, _axes(places, number), titles


def _steps(bars: Density) -> tuple[Array, Array]:
    """The outline of a histogram as a closed path, cut at the panel's frame."""
    inside = np.abs((bars.edges[1:] + bars.edges[:-1]) / 2) <= REACH
    heights = np.minimum(bars.density[inside], TOP)
    edges = np.append(bars.edges[:-1][inside], bars.edges[1:][inside][-1])
    across = np.repeat(edges, 2)
    return across, np.concatenate([[0.0], np.repeat(heights, 2), [0.0]])


def _joined(pieces: list[tuple[ArrayLike, ArrayLike]]) -> tuple[Array, Array]:
    """Pieces of a line as one line with gaps between them."""
    if not pieces:
        return np.empty(0), np.empty(0)
    both = [np.array([np.append(x, np.nan), np.append(y, np.nan)]) for x, y in pieces]
    x, y = np.concatenate(both, axis=1)[:, :-1]
    return x, y


def _arrows(small: Sequence[Outputs], places: list[tuple[float, float]]) -> Trace:
    """Arrow heads on the spikes, which are infinitely high."""
    found = [place for one, place in zip(small, places, strict=True) if one.spikes]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x + side for x, _ in found for side in (-1, 1)],
        "y": [y + 0.96 * TOP for _, y in found for _ in (-1, 1)],
        "marker": {"symbol": "triangle-up", "size": 10, "color": "@theory"},
    }


def _axes(places: list[tuple[float, float]], number: str) -> dict[str, Any]:
    lefts = sorted({x for x, _ in places})
    floors = sorted({y for _, y in places})
    return {
        f"xaxis{number}": axis(
            "",
            anchor=f"y{number}",
            range=[-REACH, lefts[-1] + REACH],
            tickvals=[left + z for left in lefts for z in (-2, 0, 2)],
            ticktext=["−2", "0", "2"] * len(lefts),
            tickangle=0,
        ),
        f"yaxis{number}": axis(
            "",
            anchor=f"x{number}",
            range=[0, floors[-1] + TOP],
            tickvals=[floor + height for floor in floors for height in (0, 0.5, 1)],
            ticktext=["0", "0.5", "1"] * len(floors),
        ),
    }


def _title(text: str, x: float, y: float, number: str) -> dict[str, Any]:
    return note(
        f"<b>{text}</b>",
        x,
        y + TOP,
        xref=f"x{number}",
        yref=f"y{number}",
        xanchor="center",
        yanchor="bottom",
        yshift=4,
    )
