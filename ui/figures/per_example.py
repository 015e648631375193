"""Layer normalisation from its own side: each example's mean and std, before and after."""

from typing import Any

import numpy as np

from bn_core.normalize import Array
from ui.figures.frames import doubled
from ui.figures.style import Figure, Trace, axis, layout, numbers, panel_title

_MOST = 48  # examples shown; more would be a smear


def per_example(before: Array, after: Array, height: int = 250) -> Figure:
    """before, after: (n_features, batch_size); a point and a bar of one std for each example."""
    shown = min(before.shape[1], _MOST)
    number = np.arange(1, shown + 1)
    data = [
        _points(number - 0.15, before[:, :shown], "before", "before", "circle"),
        _points(number + 0.15, after[:, :shown], "after", "after", "diamond"),
    ]
    reach = doubled([before.mean(0)[:shown], before.mean(0)[:shown] + before.std(0)[:shown]], 10.0)
    low = -reach if min(before.mean(0).min(), after.mean(0).min()) < -2.5 else -2.5
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 34, "b": 72},
            legend={"orientation": "h", "x": 0, "y": -0.32, "yanchor": "top", "font": {"size": 13}},
            annotations=[panel_title("Mean ± std of each example over its features")],
            xaxis=axis("example", range=[0.3, max(shown, 8) + 0.7]),
            yaxis=axis("", range=[low, reach]),
        ),
        "alt": (
            f"Mean and std of each of {shown} examples over {len(before)} features. Before, the "
            f"means lie between {before.mean(0).min():.2f} and {before.mean(0).max():.2f}; after, "
            f"between {after.mean(0).min():.2f} and {after.mean(0).max():.2f}."
        ),
    }


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
