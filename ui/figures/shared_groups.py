"""An activation matrix before and after a norm, with the entries outlined that share statistics."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from bn_core.groups import Grouped
from bn_core.normalize import Array
from ui.figures.heat import cell_rows, heat
from ui.figures.style import Figure, Trace, axis, layout, numbered, panel_title


@dataclass(frozen=True)
class Box:
    """The rows and columns that a group covers, first and last."""

    top: int
    bottom: int
    left: int
    right: int


def shared_groups(
    x: Array, grouped: Grouped, entry: tuple[int, int], spread: float, title: str, height: int = 400
) -> Figure:
    """x: (n_features, batch_size, n_positions), drawn as features by columns, an example's
    positions beside each other. entry: the chosen row and column; spread: the colours reach three
    times so far to either side of the mean of x.
    """
    n_features, batch_size, n_positions = x.shape
    flat = {
        name: values.reshape(n_features, -1)
        for name, values in (
            ("x", x),
            ("mean", grouped.mean),
            ("std", grouped.std),
            ("output", grouped.output),
        )
    }
    labels = grouped.labels.reshape(n_features, -1)
    chosen = labels[entry]
    middle, reach = float(x.mean()), 3.0 * spread or 1.0
    columns = list(range(1, labels.shape[1] + 1))
    custom = np.stack([flat["x"], flat["mean"], flat["std"], flat["output"]], axis=-1)
    in_example = f", position {'%{customdata[5]}'}" if n_positions > 1 else ""
    example, position = np.divmod(np.arange(labels.shape[1]), n_positions)
    custom = np.concatenate(
        [
            custom,
            np.broadcast_to((example + 1.0)[:, None], (*labels.shape, 1)),
            np.broadcast_to((position + 1.0)[:, None], (*labels.shape, 1)),
        ],
        axis=-1,
    )
    hover = (
        "feature %{y}, example %{customdata[4]}"
        + in_example
        + "<br>value %{customdata[0]:.3f}<br>its group: mean %{customdata[1]:.3f}, "
        "std %{customdata[2]:.3f}<br>after: %{customdata[3]:.3f}<extra></extra>"
    )
    cell: dict[str, Any] = {
        "x": columns,
        "y": list(range(1, n_features + 1)),
        "customdata": [cell_rows(row, 5) for row in custom],
        "hovertemplate": hover,
        "texttemplate": "%{z:.1f}",
    }
    data: list[Trace] = [
        heat(cell_rows(flat["x"]), middle - reach, middle + reach, **cell),
        heat(cell_rows(flat["output"]), -2.5, 2.5, xaxis="x2", yaxis="y2", **cell),
    ]
    shapes = [
        outline
        for number in (1, 2)
        for label, box in boxes(labels).items()
        for outline in _outlines(box, number, label == chosen)
    ]
    shapes += [_dot(entry, number) for number in (1, 2)]
    size = int(np.sum(labels == chosen))
    return {
        "data": data,
        "layout": layout(
            height,
            shapes=shapes,
            annotations=[panel_title("Before", 1), panel_title(title, 2)],
            margin={"l": 46, "r": 8, "t": 34, "b": 46},
            **_axes(n_features, batch_size, n_positions),
        ),
        "pick": {"entry_row": "y", "entry_column": "x"},
        "alt": (
            f"Two heat maps of {n_features} features by {batch_size} examples of {n_positions} "
            f"positions, before and after. The chosen entry, feature {entry[0] + 1}, column "
            f"{entry[1] + 1}, shares its mean {flat['mean'][entry]:.3g} and std "
            f"{flat['std'][entry]:.3g} with {size - 1} others, which are outlined; it goes from "
            f"{flat['x'][entry]:.3g} to {flat['output'][entry]:.3g}."
        ),
    }


def boxes(labels: np.ndarray[Any, np.dtype[np.intp]]) -> dict[int, Box]:
    """The rectangle of each group; labels: (rows, columns), every group one rectangle."""
    found = {}
    for label in np.unique(labels):
        rows, columns = np.nonzero(labels == label)
        found[int(label)] = Box(
            int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())
        )
    return found


def _outlines(box: Box, number: int, chosen: bool) -> list[dict[str, Any]]:
    shape = {
        "type": "rect",
        "xref": numbered("x", number),
        "yref": numbered("y", number),
        "x0": box.left + 0.5,
        "x1": box.right + 1.5,
        "y0": box.top + 0.5,
        "y1": box.bottom + 1.5,
    }
    if not chosen:
        return [shape | {"line": {"color": "@ink", "width": 1}}]
    # A light line inside a dark one is seen on every colour of the map, in both themes.
    return [
        shape | {"line": {"color": "@accent", "width": 6}},
        shape | {"line": {"color": "@paper", "width": 1.5}},
    ]


def _dot(entry: tuple[int, int], number: int) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": numbered("x", number),
        "yref": numbered("y", number),
        "x0": entry[1] + 0.6,
        "x1": entry[1] + 1.4,
        "y0": entry[0] + 0.6,
        "y1": entry[0] + 1.4,
        "line": {"color": "#10161C", "width": 3, "dash": "dot"},
    }


def _axes(n_features: int, batch_size: int, n_positions: int) -> dict[str, Any]:
    middles = [example * n_positions + (n_positions + 1) / 2 for example in range(batch_size)]
    axes: dict[str, Any] = {}
    for number, left in ((1, 0.0), (2, 0.53)):
        axes[numbered("xaxis", number)] = axis(
            "example" + (f", {n_positions} positions each" if n_positions > 1 else ""),
            domain=[left, left + 0.47],
            anchor=numbered("y", number),
            range=[0.5, batch_size * n_positions + 0.5],
            tickvals=middles,
            ticktext=[str(example + 1) for example in range(batch_size)],
            showgrid=False,
        )
        axes[numbered("yaxis", number)] = axis(
            "feature" if number == 1 else "",
            anchor=numbered("x", number),
            range=[n_features + 0.5, 0.5],
            tickvals=list(range(1, n_features + 1)),
            showgrid=False,
        )
    return axes
