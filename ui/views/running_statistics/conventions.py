"""The same momentum in two conventions: one running mean fast, the other slow."""

import numpy as np

from bn_core.types import Array
from ui.plot.lines import curve
from ui.plot.style import Figure, axis, layout, panel_title
from ui.text.numbers import spoken
from ui.views.running_statistics.axis_ranges import mean_frame


def conventions(
    momentum: float,
    paths: tuple[Array, Array],
    expected: tuple[Array, Array],
    truth: float,
    height: int = 330,
) -> Figure:
    """paths, expected: over steps, with `momentum` as the weight of the new batch, then of the old.

    A click on a curve chooses the momentum that gives it in PyTorch.
    """
    steps = np.arange(len(paths[0]))
    other = round(1 - momentum, 10)
    names = (
        f"momentum={momentum:g} in PyTorch, {other:g} in Keras",
        f"momentum={momentum:g} in Keras, {other:g} in PyTorch",
    )
    data = []
    looks = (("running", "solid"), ("accent", "dashdot"))
    for name, path, line, weight, (colour, dash) in zip(
        names, paths, expected, (momentum, other), looks, strict=True
    ):
        data.append(curve(steps, path, name, colour, dash=dash, customdata=[weight] * len(steps)))
        data.append(
            curve(
                steps[::2],
                line[::2],
                "expected",
                "theory",
                dash="dash",
                width=1.2,
                meta="fixed",
                showlegend=False,
            )
        )
    ends = [0, len(steps) - 1]
    data.append(curve(ends, [truth] * 2, "true mean", "before", dash="dot", meta="fixed"))
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 34, "b": 66},
            legend={"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top", "font": {"size": 13}},
            xaxis=axis("", range=ends),
            yaxis=axis("", range=list(mean_frame([*paths, *expected, [truth]]))),
            annotations=[panel_title(f"Running mean with momentum={momentum:g}")],
        ),
        "pick": {"momentum": "customdata"},
        "alt": (
            f"Two running means fed by the same batches. With momentum {momentum:g} as PyTorch "
            f"reads it the estimate ends at {spoken(paths[0][-1])}, as Keras reads it at "
            f"{spoken(paths[1][-1])}; the true mean is {spoken(truth)}."
        ),
    }
