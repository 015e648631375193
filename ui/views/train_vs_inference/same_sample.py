"""One fixed sample among changing other samples: the distribution of its training output."""

from typing import Any

import numpy as np

from bn_core.simulation.densities import Density
from bn_core.types import Array
from ui.plot.batch_axis import points
from ui.plot.lines import curve, upright
from ui.plot.steps import steps
from ui.plot.style import Figure, axis, layout, panel_title
from ui.text.numbers import spoken

_TOP = 2.2


def same_sample(
    law: Density,
    exact: tuple[Array, Array] | None,
    mean: float,
    sd: float,
    inference: tuple[float, float],
    bound: float,
    height: int = 424,
) -> Figure:
    """The histogram of the training output, with both means marked.

    law: of the simulated training output, with its mean and sd (nan: not a number); inference:
    mean and sd of its output over training runs.
    """
    data: list[Any] = [steps(law, "after", "training output, simulated")]
    if exact is not None:
        data.append(curve(*exact, "closed form", "theory", dash="dash", meta="fixed"))
    marks = []
    if np.isfinite(mean):
        marks.append(_mark(mean, "training, on average", row=0.9, leftwards=mean > -0.2))
    if abs(inference[0]) < 5:
        line, label = _mark(inference[0], "inference", row=0.8, leftwards=inference[0] > 2.5)
        line["line"] |= {"color": "@before", "width": 2.4, "dash": "solid"}
        marks.append((line, label))
    ends = [side * bound for side in (-1, 1) if bound < 5]
    data.append(
        points(
            ends,
            [0.0] * len(ends),
            "bound ±√(B−1)",
            "accent",
            marker={"symbol": "line-ns-open", "size": 26},
            meta="fixed",
        )
    )
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 58, "b": 88},
            legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 13}},
            xaxis=axis("output of the same sample", range=[-5, 5]),
            yaxis=axis("density", range=[0, _TOP]),
            shapes=[shape for shape, _ in marks],
            annotations=[
                panel_title("One sample's output in many batches"),
                *(n for _, n in marks),
            ],
        ),
        "alt": (
            "Histogram of the training output of one sample among changing other samples: "
            f"{spoken(mean)} ± {spoken(sd, 2)}, never beyond ±{spoken(bound)}. Inference gives "
            f"{spoken(inference[0])} ± {spoken(inference[1], 2)} over training runs, and always "
            "the same in one of them."
        ),
    }


def _mark(x: float, text: str, *, row: float, leftwards: bool) -> tuple[Any, Any]:
    """A line at x; its label is written to the side where there is room."""
    line, label = upright(x, text, row=row)
    return line, label | ({"xanchor": "right", "xshift": -3} if leftwards else {})
