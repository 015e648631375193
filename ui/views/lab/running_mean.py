"""The running mean on its way to the true mean, under its closed form."""

import math
from dataclasses import dataclass

import numpy as np

from bn_core.simulation.feature_paths import FeaturePaths
from bn_core.types import Array
from ui.plot.lines import band, curve, upright
from ui.plot.ranges import first_holding
from ui.plot.style import Figure, axis, layout, panel_title
from ui.text.numbers import spoken, steps

_FRAMES = [
    *((-1.5, 6.5), (-6.5, 1.5), (-3.0, 12.0), (-12.0, 3.0)),
    *((-12.5, 12.5), (-25.0, 25.0), (-50.0, 50.0)),
]


@dataclass(frozen=True)
class Expected:
    """The closed form at every step: mean and sd, with its half-life and t*, in steps."""

    mean: Array
    sd: Array
    half_life: float
    under_noise: float


def running_mean(
    paths: FeaturePaths, row: int, truth: float, expected: Expected, height: int = 320
) -> Figure:
    """The path of the feature in that row of the paths; the others show as their spread."""
    path, low, high = paths.mean[row], paths.low, paths.high
    number = int(paths.followed[row]) + 1
    followed, length = paths.mean.shape
    at = np.arange(length)
    e_low, e_high = expected.mean - 2 * expected.sd, expected.mean + 2 * expected.sd
    data = []
    # Every second step does for what is smooth: half the bytes of the answer.
    coarse = slice(None, None, 2)
    if followed > 1:
        data.append(
            band(
                at[coarse],
                low[coarse],
                high[coarse],
                f"middle 90 % of {followed} features",
                "running",
            )
        )
    closed_form = {"meta": "fixed", "dash": "dash", "width": 1.4}
    data += [
        curve(
            at[coarse],
            e_low[coarse],
            "expected ± 2 std",
            "theory",
            **closed_form,
            legendgroup="e",
        ),
        curve(
            at[coarse],
            e_high[coarse],
            "+ 2 std",
            "theory",
            **closed_form,
            legendgroup="e",
            showlegend=False,
        ),
        curve(at, path, f"feature {number}", "running", width=2.6),
        curve([0, length - 1], [truth, truth], "true mean", "before", dash="dot", meta="fixed"),
    ]
    reach = np.concatenate([path, low, high, e_low, e_high, [truth]])
    marks = [
        upright(step, text, row=place)
        for step, text, place in (
            (expected.half_life, f"half-life {steps(expected.half_life)}", 0.14),
            (
                expected.under_noise,
                f"bias below noise from step {math.ceil(min(expected.under_noise, 1e9))}",
                0.02,
            ),
        )
        if 0 < step < length
    ]
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 34, "b": 58},
            legend={"orientation": "h", "x": 0, "y": -0.13, "yanchor": "top", "font": {"size": 13}},
            xaxis=axis("", range=[0, length - 1]),
            yaxis=axis("", range=list(first_holding(reach.min(), reach.max(), _FRAMES))),
            shapes=[shape for shape, _ in marks],
            annotations=[
                panel_title("Running mean over training steps"),
                *(label for _, label in marks),
            ],
        ),
        "alt": (
            f"Line chart of the running mean over {length - 1} training steps. Feature "
            f"{number} ends at {spoken(path[-1])}, the true mean is {spoken(truth)}. The closed "
            f"form expects {spoken(expected.mean[-1])} with a standard deviation of "
            f"{spoken(expected.sd[-1], 2)} at the last step. {_half_life(expected.half_life)}"
        ),
    }


def _half_life(steps_of_it: float) -> str:
    if math.isinf(steps_of_it):
        return "The start is never forgotten."
    return f"Half-life of the start {steps(steps_of_it)}."
