"""The running mean on its way to the true mean, under its closed form."""

import math
from dataclasses import dataclass

import numpy as np

from bn_core.lab import RunningPaths
from bn_core.normalize import Array
from ui.figures.frames import first_holding
from ui.figures.lines import band, curve, upright
from ui.figures.style import Figure, axis, layout, panel_title

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
    paths: RunningPaths, feature: int, truth: float, expected: Expected, height: int = 320
) -> Figure:
    """One feature's path (counted from 0); the others show as their spread."""
    path, low, high = paths.mean[feature], paths.low, paths.high
    followed, length = paths.mean.shape
    steps = np.arange(length)
    e_low, e_high = expected.mean - 2 * expected.sd, expected.mean + 2 * expected.sd
    data = []
    # Every second step does for what is smooth: half the bytes of the answer.
    coarse = slice(None, None, 2)
    if followed > 1:
        data.append(
            band(
                steps[coarse], low[coarse], high[coarse], f"90 % of {followed} features", "running"
            )
        )
    closed_form = {"meta": "fixed", "dash": "dash", "width": 1.4}
    data += [
        curve(
            steps[coarse],
            e_low[coarse],
            "expected ± 2 sd",
            "theory",
            **closed_form,
            legendgroup="e",
        ),
        curve(
            steps[coarse],
            e_high[coarse],
            "+ 2 sd",
            "theory",
            **closed_form,
            legendgroup="e",
            showlegend=False,
        ),
        curve(steps, path, f"feature {feature + 1}", "running", width=2.6),
        curve([0, length - 1], [truth, truth], "true mean", "before", dash="dot", meta="fixed"),
    ]
    reach = np.concatenate([path, low, high, e_low, e_high, [truth]])
    marks = [
        upright(step, text, row=row)
        for step, text, row in (
            (expected.half_life, f"half-life {expected.half_life:.3g}", 0.14),
            (
                expected.under_noise,
                f"bias under noise from step {math.ceil(min(expected.under_noise, 1e9))}",
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
            f"{feature + 1} ends at {path[-1]:.3g}, the true mean is {truth:.3g}. The closed "
            f"form expects {expected.mean[-1]:.3g} with a standard deviation of "
            f"{expected.sd[-1]:.2g} at the last step. Half-life {expected.half_life:.3g} steps."
        ),
    }
