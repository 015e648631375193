"""Layer normalisation from its own side: each example's mean and std, before and after."""

from typing import Any

import numpy as np

from bn_core.types import Array
from ui.plot.ranges import doubled
from ui.plot.style import Figure, Trace, axis, layout, numbers, panel_title
from ui.text.numbers import counted, fixed

_MOST = 48  # examples shown; more could not be told apart


def per_example(before: Array, after: Array, height: int = 250) -> Figure:
    """before, after: (n_features, batch_size); a point and a bar of one std for each example."""
    shown = min(before.shape[1], _MOST)
    number = np.arange(1, shown + 1)
    data = [
        _points(number - 0.15, before, "before", "before", "circle"),
        _points(number + 0.15, after, "after", "after", "diamond"),
    ]
    before, after = before[:, :shown], after[:, :shown]
    means = before.mean(axis=0), after.mean(axis=0)
    reach = doubled([means[0], means[0] + before.std(axis=0)], 10.0)
    low = -reach if min(means[0].min(), means[1].min()) < -2.5 else -2.5
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 34, "b": 72},
            legend={"orientation": "h", "x": 0, "y": -0.32, "yanchor": "top", "font": {"size": 13}},
            annotations=[panel_title("Mean ± std of each example")],
            xaxis=axis("example", range=[0.3, max(shown, 8) + 0.7]),
            yaxis=axis("", range=[low, reach]),
        ),
        "alt": (
            f"Mean and std of {counted(shown, 'example')}, each over "
            f"{counted(len(before), 'feature')}. Before, the means are {_range(means[0])}; after, "
            f"{_range(means[1])}."
        ),
    }


def _range(means: Array) -> str:
    finite = means[np.isfinite(means)]
    if not finite.size:
        return "not a number"
    low, high = fixed(float(finite.min())), fixed(float(finite.max()))
    return low if low == high else f"between {low} and {high}"


def _points(x: Any, values: Array, name: str, colour: str, symbol: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": numbers(x),
        "y": numbers(values.mean(axis=0)),
        "error_y": {
            "array": numbers(values.std(axis=0)),
            "color": f"@{colour}",
            "thickness": 1.5,
            "width": 2,
        },
        "marker": {"color": f"@{colour}", "symbol": symbol, "size": 7},
        "name": name,
        "hovertemplate": "mean %{y:.3g}, std %{error_y.array:.3g}<extra></extra>",
    }
