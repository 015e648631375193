"""Batch norm in inference and the dense layer before it: two layers, or one with folded weights."""

from dataclasses import dataclass

import numpy as np

from bn_core.layers import BatchNorm1D
from bn_core.layers.folding import fold
from bn_core.sampling import standard_draw
from bn_core.types import Array
from ui.plot.batch_axis import points
from ui.plot.lines import curve
from ui.plot.ranges import doubled
from ui.plot.style import Figure, axis, layout, panel_title
from ui.text.html import paragraph
from ui.text.numbers import fmt, spoken

INPUTS = 4
SAMPLES = 60


@dataclass(frozen=True)
class Folded:
    """One unit's outputs in float32, (SAMPLES,), by both ways, and the numbers of the folding."""

    two_layers: Array
    one_layer: Array
    scale: float  # of the weights
    bias: float
    folded_bias: float

    @property
    def difference(self) -> Array:
        return self.one_layer.astype(np.float64) - self.two_layers

    @property
    def is_defined(self) -> bool:
        return bool(np.isfinite(self.two_layers).all() and np.isfinite(self.one_layer).all())


def folded(
    shape: str, seed: int, mean: float, std: float, eps: float, running: tuple[float, float]
) -> Folded:
    """A dense layer whose output has this mean and std, then a norm with these running statistics.

    Its INPUTS inputs are of that shape; gamma is 1, beta 0.
    """
    x = standard_draw(shape, (INPUTS, SAMPLES), seed, stream=11).astype(np.float32)
    weights = np.random.default_rng((seed, 11)).standard_normal((1, INPUTS))
    weights = (std * weights / np.sqrt(np.sum(weights**2))).astype(np.float32)
    norm = BatchNorm1D(1, eps=eps)
    norm.running_mean, norm.running_var = (np.array([one]) for one in running)
    scale = 1 / np.sqrt(running[1] + eps) if running[1] + eps > 0 else np.inf
    if not np.isfinite([*running, scale]).all():
        nothing = np.full(SAMPLES, np.nan, np.float32)
        return Folded(nothing, nothing, scale, mean, np.nan)
    bias = np.float32(mean)
    one, b = (part.astype(np.float32) for part in fold(norm, weights, bias))
    two_layers = norm.forward(weights @ x + bias, training=False)[0]
    return Folded(two_layers, (one @ x + b[:, None])[0], float(scale), mean, float(b[0]))


def fold_figure(found: Folded) -> Figure:
    """Left one output against the other, right what differs."""
    y, difference = found.two_layers, found.difference
    known = found.is_defined
    largest = float(np.abs(difference).max()) if known else 0.0
    reach = doubled(y[np.isfinite(y)], 4.0)
    power = int(np.floor(np.log10(largest))) if largest > 0 else -7
    data = [
        curve([-reach, reach], [-reach, reach], "the same", "before", dash="dot", meta="fixed"),
        points(y, found.one_layer, "one folded layer", "after"),
        points(y, difference * 10.0**-power, "difference", "second", marker={"symbol": "diamond"})
        | {"xaxis": "x2", "yaxis": "y2", "showlegend": False},
    ]
    return {
        "data": data,
        "layout": layout(
            360,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 34, "b": 96},
            legend={"orientation": "h", "x": 0, "y": -0.22, "yanchor": "top", "font": {"size": 13}},
            xaxis=axis("output, two layers", range=[-reach, reach], domain=[0, 0.44]),
            yaxis=axis("", range=[-reach, reach]),
            xaxis2=axis("output, two layers", range=[-reach, reach], domain=[0.56, 1], anchor="y2"),
            yaxis2=axis("", range=[-10, 10], anchor="x2"),
            annotations=[
                panel_title("Output, folded"),
                panel_title(f"Difference × 10<sup>{-power}</sup>".replace("-", "−"), 2),
            ],
        ),
        "alt": (
            "Left, the output of one layer with folded weights against that of a dense layer and a "
            f"norm in inference, for {SAMPLES} samples: all on the diagonal. Right, their "
            f"difference, at most {spoken(largest)}."
            if known
            else "Nothing is drawn: there is no inference output here."
        ),
    }


def fold_text(found: Folded) -> str:
    """What folding does to the weights, and what is left of the difference."""
    told = (
        "In inference the running mean r and variance R are constants, so the norm only scales and "
        "shifts. The dense layer before it can do that itself: W' = γW/√(R + ε), b' = β + "
        "γ(b − r)/√(R + ε). "
    )
    if not found.is_defined:
        return paragraph(told + "Here there is no inference output, and nothing to fold.")
    largest = float(np.abs(found.difference).max())
    outputs = float(np.abs(found.two_layers).max())
    return paragraph(
        f"{told}Here, after one training run, with γ = 1 and β = 0, the weights are multiplied by "
        f"{fmt(found.scale)} and the bias {fmt(found.bias)} becomes {fmt(found.folded_bias)}. The "
        f"outputs of {SAMPLES} samples, up to {fmt(outputs)} in size, differ by at most "
        f"<b>{fmt(largest, 2)}</b>: rounding in float32, no more. So behind a dense layer or a "
        "convolution a batch norm costs nothing in inference. In training it cannot be folded: its "
        "mean and variance change with every batch."
    )
