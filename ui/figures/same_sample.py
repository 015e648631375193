"""One fixed sample among changing companions: the law of its training output."""

from typing import Any

from bn_core.normalize import Array
from bn_core.simulation import Density
from ui.figures.by_batch import points
from ui.figures.lines import curve, upright
from ui.figures.spoken import spoken
from ui.figures.steps import steps
from ui.figures.style import Figure, axis, layout, panel_title

_TOP = 2.2


def same_sample(
    law: Density,
    exact: tuple[Array, Array] | None,
    mean: float,
    sd: float,
    inference: float,
    bound: float,
    height: int = 400,
) -> Figure:
    """law: of the simulated training output, with its mean and sd; inference: what it should be."""
    data: list[Any] = [steps(law, "after", "training output, simulated")]
    if exact is not None:
        data.append(curve(*exact, "closed form", "theory", dash="dash", meta="fixed"))
    marks = [upright(mean, "training, on average", row=0.9)]
    marks[0][1].update(xanchor="right", xshift=-3)
    if abs(inference) < 5:
        marks.append(upright(inference, "inference", row=0.8))
        marks[1][0]["line"] |= {"color": "@before", "width": 2.4, "dash": "solid"}
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
            margin={"l": 52, "r": 14, "t": 34, "b": 88},
            legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 13}},
            xaxis=axis("output of the same sample", range=[-5, 5]),
            yaxis=axis("density", range=[0, _TOP]),
            shapes=[shape for shape, _ in marks],
            annotations=[panel_title("One sample, other companions"), *(n for _, n in marks)],
        ),
        "alt": (
            f"Histogram of the training output of one sample among changing companions: "
            f"{spoken(mean)} ± {spoken(sd, 2)}, never beyond ±{spoken(bound)}. "
            f"Inference always gives {spoken(inference)}."
        ),
    }
