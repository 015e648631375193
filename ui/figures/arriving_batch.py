"""The batch that arrives, beside the estimate that it moves: played step by step in the browser."""

from typing import Any

import numpy as np

from bn_core.normalize import Array
from ui.figures.estimate_frames import mean_frame
from ui.figures.lines import curve
from ui.figures.style import Figure, Trace, axis, numbers, panel_title

_SHOWN = 10  # samples of a batch that are drawn
_ON = {"xaxis": "x2", "yaxis": "y2"}


def with_arrivals(figure: Figure, estimate: Array, samples: Array, mean: Array) -> Figure:
    """The figure of a running mean with a panel at its left and a player.

    figure: its first trace is the path that is followed. estimate: that path, (steps + 1,);
    samples: (steps, batch), the batches that it saw; mean: (steps,), theirs.
    """
    steps, batch = samples.shape
    shown = samples[:, : min(batch, _SHOWN)]
    first = len(figure["data"])
    frames = [_frame(step, first, estimate, shown, mean) for step in range(steps + 1)]
    at_the_end = [frames[-1][str(first + i)] for i in range(3)]
    panel = [trace | now for trace, now in zip(_panel(shown.shape[1]), at_the_end, strict=True)]
    old = figure["layout"]
    title = panel_title("This batch", 2) | {"x": -0.2}
    return figure | {
        "data": [*figure["data"], *panel],
        "layout": old
        | {
            "xaxis": old["xaxis"] | {"domain": [0.25, 1]},
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
        "player": {"label": "step", "steps": steps, "prefix": [0], "frames": frames},
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
            "marker": {"color": "@before/0.8", "size": 6},
            "showlegend": False,
            **_ON,
        },
        curve([0, 1], [], "batch mean", "before", width=3, showlegend=False, **_ON),
        curve([0.3, 0.7], [], "estimate", "running", showlegend=False, **_ON)
        | {
            "mode": "lines+markers",
            "marker": {"size": [9, 13], "color": "@running", "symbol": ["circle-open", "circle"]},
        },
    ]
