"""Sequences of unequal length, filled up with zeros: BN's statistics move, LN's output does not."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bn_core.normalize import Array
from bn_core.padding import Padded
from ui.figures.frames import doubled
from ui.figures.lines import curve
from ui.figures.style import Figure, axis, layout, note, numbered, numbers, panel_title

_DRAWN = 100
"""Tokens drawn as points: more would cover one another."""


def padding(
    real: NDArray[np.bool_],
    result: Padded,
    shares: Array,
    mean_law: Array,
    std_law: Array,
    height: int = 340,
) -> Figure:
    """real: (n_sequences, max_length), True on a token; the laws are those of the first feature's
    mean and std over all shares of padding, (n_shares,).
    """
    data: list[Any] = [
        {
            "type": "heatmap",
            "z": np.where(real, 1, 0).tolist(),
            "x": list(range(1, real.shape[1] + 1)),
            "y": list(range(1, real.shape[0] + 1)),
            "colorscale": [[0.0, "@muted/0.2"], [1.0, "@second"]],
            "zmin": 0,
            "zmax": 1,
            "showscale": False,
            "xgap": 1,
            "ygap": 1,
            "hovertemplate": "sequence %{y}, position %{x}: %{z:d} (1 token, 0 padding)"
            "<extra></extra>",
        },
        curve(shares, mean_law, "mean", "before", xaxis="x2", yaxis="y2", meta="fixed"),
        curve(shares, std_law, "std", "after", dash="dash", xaxis="x2", yaxis="y2", meta="fixed"),
        _dot(result.share, result.mean_with[0], "mean measured", "before"),
        _dot(result.share, result.std_with[0], "std measured", "after"),
    ]
    for number, colour, without, with_ in (
        (3, "after", result.batch_without, result.batch_with),
        (4, "running", result.layer_without, result.layer_with),
    ):
        data.append(_pairs(number, colour, without, with_))
        data.append(
            curve(
                [-50, 50],
                [-50, 50],
                "no difference",
                "theory",
                dash="dash",
                width=1.2,
                meta="fixed",
                hoverinfo="skip",
                xaxis=numbered("x", number),
                yaxis=numbered("y", number),
            )
        )
    reach = doubled(np.concatenate([result.batch_with, result.batch_without]), 4.0, 0.005)
    moved = [np.abs(w - o).max() for w, o in _with_and_without(result)]
    return {
        "data": data,
        "layout": layout(
            height,
            annotations=[
                panel_title("Tokens and padding", 1),
                panel_title("BN's mean and std, feature 1", 2),
                panel_title("BN: tokens' outputs", 3),
                panel_title("LN: tokens' outputs", 4),
                _label("mean", shares, mean_law, "before"),
                _label("std", shares, std_law, "after"),
            ],
            margin={"l": 52, "r": 14, "t": 60, "b": 42},
            **_axes(real.shape, shares, reach, [*mean_law, *std_law]),
        ),
        "alt": (
            f"Four panels. {real.shape[0]} sequences, {100 * result.share:.0f} % of the entries "
            f"padding. BN's mean of feature 1 goes from {result.mean_without[0]:.3g} to "
            f"{result.mean_with[0]:.3g}, its std from {result.std_without[0]:.3g} to "
            f"{result.std_with[0]:.3g}. The outputs of the real tokens move by up to "
            f"{moved[0]:.3g} under BN and {moved[1]:.3g} under LN."
        ),
    }


def _with_and_without(result: Padded) -> list[tuple[Array, Array]]:
    return [
        (result.batch_with, result.batch_without),
        (result.layer_with, result.layer_without),
    ]


def _dot(x: float, y: float, name: str, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": numbers([x]),
        "y": numbers([y]),
        "name": name,
        "marker": {"color": f"@{colour}", "size": 12, "line": {"color": "@ink", "width": 1.5}},
        "hovertemplate": name + ": %{y:.3g} at share %{x:.2f}<extra></extra>",
        "xaxis": "x2",
        "yaxis": "y2",
    }


def _label(text: str, shares: Array, law: Array, colour: str) -> dict[str, Any]:
    """A line's name at the end of it."""
    return note(
        text,
        float(shares[-1]),
        float(law[-1]),
        xref="x2",
        yref="y2",
        xanchor="right",
        yanchor="bottom",
        font={"size": 13, "color": f"@{colour}"},
    )


def _pairs(number: int, colour: str, without: Array, with_: Array) -> dict[str, Any]:
    step = max(1, without.size // _DRAWN)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": numbers(without.ravel()[::step]),
        "y": numbers(with_.ravel()[::step]),
        "name": "tokens",
        "marker": {"color": f"@{colour}", "size": 5, "opacity": 0.6},
        "hovertemplate": "without padding %{x:.2f}, with %{y:.2f}<extra></extra>",
        "xaxis": numbered("x", number),
        "yaxis": numbered("y", number),
    }


def _axes(
    shape: tuple[int, ...], shares: Array, reach: float, laws: list[float]
) -> dict[str, dict[str, Any]]:
    top = 1.1 * doubled(laws, 6.0)
    bottom = -top if min(laws) < 0 else 0.0
    lefts = (0.0, 0.27, 0.55, 0.81)
    frames: list[tuple[str, str, list[float], list[float]]] = [
        ("position", "sequence", [0.5, shape[1] + 0.5], [shape[0] + 0.5, 0.5]),
        ("share of padding", "", [0, float(shares[-1])], [bottom, top]),
        ("without padding", "with padding", [-reach, reach], [-reach, reach]),
        ("without padding", "", [-reach, reach], [-reach, reach]),
    ]
    axes = {}
    for number, (left, (x_title, y_title, x, y)) in enumerate(zip(lefts, frames, strict=True), 1):
        axes[numbered("xaxis", number)] = axis(
            x_title, domain=[left, left + 0.19], anchor=numbered("y", number), range=x, nticks=5
        )
        axes[numbered("yaxis", number)] = axis(
            y_title, anchor=numbered("x", number), range=y, nticks=5
        )
    return axes
