"""What training makes of a value in several batches, against what inference makes of it."""

import math

import numpy as np

from ui.plot.lines import curve
from ui.plot.style import DOTS, Figure, axis, layout, panel_title
from ui.text.numbers import spoken
from ui.views.your_activations.here import Here

_LINES = 24
_REACH = 3.0  # in stds of the inference output, as both axes


def train_against_inference(here: Here, height: int = 360) -> Figure:
    """A line for each batch, since within one a norm shifts and stretches; inference dashed."""
    at = here.followed
    mean = here.drawn.mean[here.at, :_LINES, at]
    var = here.drawn.var[here.at, :_LINES, at]
    all_var = float(here.layer.population.var[at])
    sigma = float(np.sqrt(all_var))
    with np.errstate(divide="ignore"):
        scale = np.where(var + here.eps > 0, 1 / np.sqrt(var + here.eps), 0.0)
    # A batch without spread gives beta, whatever came in.
    scale = np.where(var > 0, scale, 0.0) * np.sqrt(all_var + here.eps)
    ends = np.array([-_REACH, _REACH])
    y = (ends - mean[:, None] / sigma) * scale[:, None]
    gap = np.full((len(mean), 1), np.nan)
    lines_x = np.concatenate([np.tile(ends, (len(mean), 1)), gap], axis=1).ravel()
    lines_y = np.concatenate([y, gap], axis=1).ravel()
    return {
        "data": [
            curve(lines_x, lines_y, "training, a line for each batch", "before", width=1.2)
            # Each number keeps its own digits: one batch may be far steeper than the others.
            | {"opacity": DOTS, "y": [_short(v) for v in lines_y.tolist()]},
            curve(ends, ends, "inference", "ink", dash="dash"),
        ],
        "layout": layout(
            height,
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": -0.17, "yanchor": "top", "font": {"size": 13}},
            margin={"l": 52, "r": 14, "t": 34, "b": 76},
            xaxis=axis("inference output, in stds", range=[-3.1, 3.1]),
            yaxis=axis("training output, in the same", range=[-5, 5]),
            annotations=[
                panel_title(f"{len(mean)} batches of {here.batch}, feature {here.feature}")
            ],
        ),
        "alt": (
            f"Training output against inference output of feature {here.feature} in {len(mean)} "
            f"drawn batches of {here.batch}, a line each. Their slopes go from "
            f"{spoken(float(scale.min()))} to "
            f"{spoken(float(scale.max()))}; inference has slope 1."
        ),
    }


def _short(value: float) -> float | None:
    return None if math.isnan(value) else float(f"{value:.5g}")
