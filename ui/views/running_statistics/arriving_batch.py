"""The batch of each step beside the running mean that it moves, played in the browser."""

from typing import Any

import numpy as np

from bn_core.types import Array
from ui.plot.lines import curve
from ui.plot.style import DOTS, Figure, Trace, axis, numbers, panel_title
from ui.views.running_statistics.axis_ranges import mean_frame

_SHOWN = 10  # samples of a batch that are drawn
_ON = {"xaxis": "x2", "yaxis": "y2"}


def with_arrivals(
    figure: Figure, estimate: Array, samples: Array, mean: Array, beside: dict[str, list[str]]
) -> Figure:
    """The figure of a running mean with each batch's mean, a panel at its left and a player.

    figure: its first trace is the run that is followed. estimate: that run, (steps + 1,);
    samples: (steps, batch), the batches that it saw; mean: (steps,), theirs. beside: the series of
    texts elsewhere on the page that follow the player, one a step (or one for all of them).
    """
    steps, batch = samples.shape
    shown = samples[:, : min(batch, _SHOWN)]
    drawn = [_means(mean), *figure["data"]]
    first = len(drawn)
    frames = [_frame(step, first, estimate, shown, mean) for step in range(steps + 1)]
    at_the_end = [frames[-1][str(first + i)] for i in range(3)]
    panel = [trace | now for trace, now in zip(_panel(shown.shape[1]), at_the_end, strict=True)]
    old = figure["layout"]
    title = panel_title("This batch", 2) | {"x": -0.2}
    whole = old["yaxis"] | {"range": list(mean_frame([mean, old["yaxis"]["range"]]))}
    return figure | {
        "data": [*drawn, *panel],
        "layout": old
        | {
            "xaxis": old["xaxis"] | {"domain": [0.25, 1]},
            "yaxis": whole,
            "xaxis2": axis(
                "",
                domain=[0, 0.17],
                anchor="y2",
                range=[0, 1],
                showticklabels=False,
                showgrid=False,
            ),
            "yaxis2": axis("", anchor="x2", range=list(mean_frame([shown])), nticks=5),
            "annotations": [*old["annotations"], title],
        },
        "player": {
            "label": "step",
            "steps": steps,
            "prefix": [1, 0],
            "frames": frames,
            "beside": beside,
        },
    }


def _means(mean: Array) -> Trace:
    """Each batch's mean at its step; none at step 0."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(range(len(mean) + 1)),
        "y": [None, *numbers(mean)],
        "name": "batch means",
        "marker": {"color": f"@before/{DOTS}", "size": 5},
        "hovertemplate": "batch mean: %{y:.3g} at step %{x}<extra></extra>",
    }


def _frame(step: int, first: int, estimate: Array, samples: Array, mean: Array) -> dict[str, Any]:
    """What changes at a step, by the traces' numbers: samples, their mean, the estimate's move."""
    before = max(step - 1, 0)
    return {
        str(first): {"y": numbers(samples[before], 3) if step else []},
        str(first + 1): {"y": numbers([mean[before]] * 2) if step else []},
        str(first + 2): {"y": numbers(estimate[[before, step]])},
    }


def _panel(shown: int) -> list[Trace]:
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": numbers((np.arange(shown) + 0.5) / shown, 3),
            "name": "samples",
            "marker": {"color": f"@before/{DOTS}", "size": 6},
            "showlegend": False,
            **_ON,
        },
        curve([0, 1], [], "batch mean", "before", width=3, showlegend=False, **_ON),
        curve([0.3, 0.7], [], "estimate", "running", showlegend=False, **_ON)
        | {
            "mode": "lines+markers",
            "marker": {
                "size": [9, 13],
                "opacity": 1,
                "color": "@running",
                "symbol": ["circle-open", "circle"],
            },
        },
    ]
