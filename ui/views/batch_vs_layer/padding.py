"""Sequences of unequal length, filled up with zeros: BN's statistics move, LN's output does not."""

from typing import Any

import numpy as np

from bn_core.comparison.padding import Padded
from bn_core.types import Array, Mask
from ui.plot.lines import curve
from ui.plot.ranges import doubled
from ui.plot.style import DOTS, Figure, axis, layout, note, numbered, numbers, panel_title
from ui.text.numbers import counted, percent, spoken

_MARGIN = {"l": 52, "r": 14, "t": 58, "b": 42}
_DRAWN = 100
"""Tokens drawn as points: more would cover one another."""


def padding(
    real: Mask,
    result: Padded,
    shares: Array,
    mean_law: Array,
    std_law: Array,
    height: int = 320,
) -> Figure:
    """The sequences as a map, and BN's mean and std against the share of padding.

    real: (n_sequences, max_length), True on a token; the laws are those of the first feature's
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
    laws = [*mean_law, *std_law]
    top = 1.1 * doubled(laws, 6.0)
    return {
        "data": data,
        "layout": layout(
            height,
            annotations=[
                panel_title("Tokens and padding", 1),
                panel_title("BN's mean, std", 2),
                _label("mean", shares, mean_law, "before"),
                _label("std", shares, std_law, "after"),
            ],
            margin=_MARGIN,
            xaxis=axis("position", domain=[0, 0.42], range=[0.5, real.shape[1] + 0.5]),
            yaxis=axis("sequence", range=[real.shape[0] + 0.5, 0.5], nticks=5),
            xaxis2=axis(
                "share of padding", domain=[0.56, 1], anchor="y2", range=[0, shares[-1]], nticks=5
            ),
            yaxis2=axis("", anchor="x2", range=[-top if min(laws) < 0 else 0.0, top], nticks=5),
        ),
        "alt": (
            f"{counted(real.shape[0], 'sequence')}, {percent(result.share)} of the entries "
            "padding, and batch norm's mean and std of feature 1 against the share of padding: the "
            "mean goes "
            f"from {spoken(result.mean_without[0])} to {spoken(result.mean_with[0])}, the std from "
            f"{spoken(result.std_without[0])} to {spoken(result.std_with[0])}."
        ),
    }


def padded_outputs(result: Padded, height: int = 320) -> Figure:
    """The real tokens' outputs with padding in the batch against those without it, BN and LN."""
    data: list[Any] = []
    axes: dict[str, Any] = {}
    moved: list[float] = []
    reach = doubled(np.concatenate([result.batch_with, result.batch_without]), 4.0, 0.005)
    for number, colour, without, with_ in (
        (1, "after", result.batch_without, result.batch_with),
        (2, "running", result.layer_without, result.layer_with),
    ):
        x, y = numbered("x", number), numbered("y", number)
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
                xaxis=x,
                yaxis=y,
            )
        )
        left = 0.56 * (number - 1)
        axes[numbered("xaxis", number)] = axis(
            "without padding", domain=[left, left + 0.44], anchor=y, range=[-reach, reach], nticks=5
        )
        axes[numbered("yaxis", number)] = axis(
            "with padding" if number == 1 else "", anchor=x, range=[-reach, reach], nticks=5
        )
        moved.append(float(np.abs(with_ - without).max()))
    return {
        "data": data,
        "layout": layout(
            height,
            annotations=[panel_title("BN outputs", 1), panel_title("LN outputs", 2)],
            margin=_MARGIN,
            **axes,
        ),
        "alt": (
            "Scatter of real tokens' outputs with padding in the batch against without it. They "
            f"move by up to {spoken(moved[0])} under batch norm and {spoken(moved[1])} under layer "
            "norm."
        ),
    }


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
        "marker": {"color": f"@{colour}/{DOTS}", "size": 5},
        "hovertemplate": "without padding %{x:.2f}, with %{y:.2f}<extra></extra>",
        "xaxis": numbered("x", number),
        "yaxis": numbered("y", number),
    }
