"""An activation matrix before and after a norm, with the entries outlined that share statistics."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bn_core.comparison.groups import Grouped
from bn_core.types import Array, Indices
from ui.plot.style import Figure, axis, layout, numbered, numbers, panel_title
from ui.text.numbers import counted, spoken
from ui.views.batch_vs_layer.heat import heat

_MOST_COLUMNS = 12
"""So many columns leave room for numbers of 11 pixels on a phone; of more, hover and table tell."""

_GAP = 0.05

_HOVER = (
    "feature %{y}, column %{x}: %{z:.3g}<br>its group: mean %{customdata[0]}, "
    "std %{customdata[1]}<br>after: %{customdata[2]}<extra></extra>"
)


@dataclass(frozen=True)
class Box:
    """The rows and columns that a group covers, first and last."""

    top: int
    bottom: int
    left: int
    right: int


def shared_groups(
    x: Array, grouped: Grouped, entry: tuple[int, int], spread: float, title: str, height: int = 432
) -> Figure:
    """Both maps, each group outlined, that of the chosen entry in bold; a click chooses.

    x: (n_features, batch_size, n_positions), drawn as features by columns, an example's
    positions beside each other. entry: the chosen row and column; spread: the colours run three
    times so far to either side of the mean.
    """
    n_features, batch_size, n_positions = x.shape
    labels = grouped.labels.reshape(n_features, -1)
    parts = [
        part.reshape(n_features, -1) for part in (x, grouped.mean, grouped.std, grouped.output)
    ]
    before, mean, std, after = parts
    middle, reach = float(x.mean()), 3.0 * spread or 1.0
    cell: dict[str, Any] = {
        "x": list(range(1, labels.shape[1] + 1)),
        "y": list(range(1, n_features + 1)),
        "texttemplate": "%{z:.1f}" if labels.shape[1] <= _MOST_COLUMNS else "",
        "hovertemplate": "feature %{y}, column %{x}: %{z:.3g}<extra></extra>",
    }
    hover: dict[str, Any] = {
        "customdata": [[numbers(c, 3) for c in row] for row in np.stack(parts[1:], axis=-1)],
        "hovertemplate": _HOVER,
    }
    shapes = []
    for number in (1, 2):
        on = {"type": "rect", "xref": numbered("x", number), "yref": numbered("y", number)}
        for box in _boxes(labels, grouped.labels.max() + 1):
            shapes.append(on | _around(box, 0.5) | {"line": {"color": "@ink", "width": 1}})
        chosen = _boxes((labels == labels[entry]).astype(np.intp), 2)[1]
        # A light line inside a dark one is seen on every colour of the map, in both themes.
        shapes.append(on | _around(chosen, 0.5) | {"line": {"color": "@accent", "width": 6}})
        shapes.append(on | _around(chosen, 0.5) | {"line": {"color": "@paper", "width": 1.5}})
        one = Box(entry[0], entry[0], entry[1], entry[1])
        shapes.append(
            on | _around(one, 0.4) | {"line": {"color": "@ink", "width": 3, "dash": "dot"}}
        )
    return {
        "data": [
            heat(before, middle - reach, middle + reach, **(cell | hover)),
            heat(after, -2.5, 2.5, xaxis="x2", yaxis="y2", **cell),
        ],
        "layout": layout(
            height,
            shapes=shapes,
            annotations=[panel_title("The numbers before", 1), panel_title(title, 2)],
            margin={"l": 46, "r": 8, "t": 32, "b": 42},
            **_axes(n_features, batch_size, n_positions),
        ),
        "pick": {"entry_row": "y", "entry_column": "x"},
        "alt": (
            f"Two heat maps, before and after, of {counted(n_features, 'feature')} by "
            f"{counted(batch_size, 'example')} with {counted(n_positions, 'position')} each. The "
            f"entry in row {entry[0] + 1}, column {entry[1] + 1} is normalised with mean "
            f"{spoken(mean[entry])} and std {spoken(std[entry])}, those of the "
            f"{np.sum(labels == labels[entry])} entries outlined; it goes from "
            f"{spoken(before[entry])} to {spoken(after[entry])}."
        ),
    }


def _boxes(labels: Indices, count: int) -> list[Box]:
    """The rectangle around each group; labels: (rows, columns), from 0 to count - 1."""
    rows, columns = np.indices(labels.shape)
    first = np.full((2, count), labels.size)
    last = np.zeros((2, count), dtype=np.intp)
    for axis_number, place in enumerate((rows, columns)):
        np.minimum.at(first[axis_number], labels, place)
        np.maximum.at(last[axis_number], labels, place)
    return [Box(*edges) for edges in np.stack([first, last], axis=1).reshape(4, -1).T.tolist()]


def _around(box: Box, margin: float) -> dict[str, float]:
    return {
        "x0": box.left + 1 - margin,
        "x1": box.right + 1 + margin,
        "y0": box.top + 1 - margin,
        "y1": box.bottom + 1 + margin,
    }


def _axes(n_features: int, batch_size: int, n_positions: int) -> dict[str, Any]:
    """Before above after, so that an entry stands over itself and its number has room."""
    axes: dict[str, Any] = {}
    for number, domain in ((1, [0.5 + _GAP, 1.0]), (2, [0.0, 0.5 - _GAP])):
        axes[numbered("xaxis", number)] = axis(
            "example" if number == 2 else "",
            anchor=numbered("y", number),
            range=[0.5, batch_size * n_positions + 0.5],
            tickvals=[i * n_positions + (n_positions + 1) / 2 for i in range(batch_size)],
            ticktext=[str(i + 1) for i in range(batch_size)],
            showticklabels=number == 2,
            showgrid=False,
        )
        axes[numbered("yaxis", number)] = axis(
            "feature",
            domain=domain,
            anchor=numbered("x", number),
            range=[n_features + 0.5, 0.5],
            tickvals=list(range(1, n_features + 1)),
            showgrid=False,
        )
    return axes
