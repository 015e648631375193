"""The same activations after batch norm and after layer norm, feature by feature."""

import numpy as np

from bn_core.types import FloatArray
from ui.plot.lines import band, curve
from ui.plot.style import Figure, axis, layout, panel_title
from ui.text.numbers import spoken
from ui.views.your_activations.here import Here


def after_layer_norm(here: Here) -> tuple[FloatArray, FloatArray]:
    """Mean and std of each followed feature over the rows, each normalised over its features."""
    layer = here.layer
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (layer.rows - layer.row_mean) / np.sqrt(layer.row_var + here.eps)
    z = np.where(layer.row_var + here.eps > 0, z, 0.0)
    return z.mean(axis=0), z.std(axis=0)


def after_batch_norm(here: Here) -> FloatArray:
    """Std of each followed feature after inference with the statistics of all; its mean is 0."""
    var = here.layer.moments.var[here.layer.followed]
    return np.sqrt(var / (var + here.eps))


def both_norms(here: Here, height: int = 360) -> Figure:
    """Mean ± std of each feature after the two norms, ordered by layer norm's mean."""
    mean, std = after_layer_norm(here)
    order = np.argsort(mean, kind="stable")
    mean, std, batch_std = mean[order], std[order], after_batch_norm(here)[order]
    x = np.arange(1, order.size + 1)
    if x.size == 1:
        x, mean, std, batch_std = (
            np.array([0.5, 1.5]),
            *(v.repeat(2) for v in (mean, std, batch_std)),
        )
    reach = max(2.0, float(np.max(np.abs(mean) + std)) * 1.1)
    return {
        "data": [
            band(x, mean - std, mean + std, "layer norm, mean ± std", "accent"),
            curve(x, mean, "layer norm, mean", "accent"),
            curve(x, batch_std, "batch norm, mean ± std", "after", dash="dash"),
            curve(x, -batch_std, "batch norm, mean - std", "after", dash="dash", showlegend=False),
        ],
        "layout": layout(
            height,
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": -0.17, "yanchor": "top", "font": {"size": 13}},
            margin={"l": 52, "r": 14, "t": 34, "b": 76},
            xaxis=axis(
                "features, ordered by layer norm's mean",
                range=[float(x[0]) - 0.5, float(x[-1]) + 0.5],
            ),
            yaxis=axis("output", range=[-reach, reach]),
            annotations=[panel_title("After either norm")],
        ),
        "alt": (
            "Mean and std of each feature after layer norm, whose means go from "
            f"{spoken(float(mean.min()))} to {spoken(float(mean.max()))}, and after batch norm, "
            f"whose means are 0 and whose median std is {spoken(float(np.median(batch_std)))}."
        ),
    }
