"""Mean, std and shape of every feature, as they came."""

import math

import numpy as np

from bn_core.simulation.activations import some
from bn_core.types import FloatArray
from ui.plot.lines import band, curve
from ui.plot.log_axis import log_axis, log_dots
from ui.plot.style import DOTS, Figure, axis, layout, note, numbers, panel_title
from ui.text.numbers import spoken
from ui.views.your_activations.here import Here
from ui.views.your_activations.words import things

_MOST = 256  # features drawn
_KURTOSES = (1, 1.8, 3, 6, 10, 30, 100, 1000, 10_000)


def means_and_stds(here: Here, height: int = 320) -> Figure:
    """Mean and std of each feature, ordered by the mean."""
    moments = here.layer.moments
    order = np.argsort(moments.mean, kind="stable")
    order = order[some(order.size, _MOST)]
    mean, std = moments.mean[order], np.sqrt(moments.var[order])
    x = np.arange(1, order.size + 1)
    if x.size == 1:  # a band needs two places
        x, mean, std = np.array([0.5, 1.5]), mean.repeat(2), std.repeat(2)
    return {
        "data": [
            band(x, mean - std, mean + std, "mean ± std", "before"),
            curve(x, mean, "mean", "before"),
        ],
        "layout": layout(
            height,
            xaxis=axis(_features_axis(here), range=[float(x[0]) - 0.5, float(x[-1]) + 0.5]),
            yaxis=axis("value"),
            annotations=[panel_title("Mean ± std")],
        ),
        "alt": (
            f"Mean and std of the features, ordered by the mean. The means go from "
            f"{spoken(float(moments.mean.min()))} to {spoken(float(moments.mean.max()))}; the "
            f"median std is {spoken(float(np.median(np.sqrt(moments.var))))}."
        ),
    }


def stds_and_eps(here: Here, height: int = 320) -> Figure:
    """Std of each feature that has one, in order, on a logarithmic axis beside root eps."""
    std = np.sort(np.sqrt(here.layer.moments.var))
    std = std[std > 0]
    shown = std[some(std.size, _MOST)]
    low = math.floor(math.log10(shown[0])) - 1
    high = math.ceil(math.log10(shown[-1])) + 1
    x = np.arange(1, shown.size + 1)
    shapes, notes = [], []
    for factor, label in ((1, "√eps"), (10, "10 √eps")):
        line = factor * math.sqrt(here.eps)
        if line > 0 and low < math.log10(line) < high:
            shapes.append(_level(line))
            notes.append(
                note(
                    label,
                    1,
                    math.log10(line),
                    xref="x domain",
                    xanchor="right",
                    yanchor="bottom",
                    bgcolor="@paper/0.7",
                )
            )
    return {
        "data": [log_dots(x, shown, "std", "after", opacity=DOTS)],
        "layout": layout(
            height,
            margin={"l": 62, "r": 14, "t": 34, "b": 42},
            xaxis=axis(_features_axis(here, "ordered by std"), range=[0.5, float(x.size) + 0.5]),
            yaxis=log_axis("std", low, high),
            shapes=shapes,
            annotations=[panel_title("Std beside eps"), *notes],
        ),
        "alt": (
            f"Std of {things(std.size, 'feature')} with a spread, from {spoken(float(std[0]))} to "
            f"{spoken(float(std[-1]))} on a logarithmic axis; the root of eps is "
            f"{spoken(math.sqrt(here.eps))}."
        ),
    }


def shapes(here: Here, height: int = 320) -> Figure:
    """Skewness and kurtosis of each feature that varies, a dot each; a Gaussian's is marked."""
    moments = here.layer.moments
    alive = np.flatnonzero(moments.var > 0)
    alive = alive[some(alive.size, _MOST)]
    skewness, kurtosis = moments.skewness[alive], np.maximum(moments.kurtosis[alive] + 3, 1.0)
    reach = max(1.0, float(np.abs(skewness).max()) * 1.1)
    top = max(10.0, float(kurtosis.max()) * 1.3)
    ticks = [tick for tick in _KURTOSES if tick <= top]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": numbers(skewness),
                "y": numbers(kurtosis),
                "name": "feature",
                "marker": {"color": "@before", "size": 7},
                "opacity": DOTS,
                "customdata": (alive + 1).tolist(),
                "hovertemplate": "feature %{customdata}<br>skewness %{x:.3g}<br>kurtosis %{y:.3g}"
                "<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [0],
                "y": [3],
                "name": "Gaussian",
                "marker": {"color": "@ink", "size": 13, "symbol": "cross-thin-open"},
                "hovertemplate": "a Gaussian<br>skewness 0<br>kurtosis 3<extra></extra>",
            },
        ],
        "layout": layout(
            height,
            margin={"l": 62, "r": 14, "t": 34, "b": 42},
            xaxis=axis("skewness", range=[-reach, reach]),
            yaxis=axis(
                "kurtosis",
                type="log",
                range=[-0.05, math.log10(top)],
                tickvals=ticks,
                ticktext=[f"{tick:,}" for tick in ticks],
            ),
            annotations=[panel_title("Shape; + is a Gaussian")],
        ),
        "alt": (
            f"Skewness and kurtosis of the features that vary. Median skewness "
            f"{spoken(_median(moments.skewness))}, median kurtosis "
            f"{spoken(_median(moments.kurtosis) + 3)}; a Gaussian has 0 and 3."
        ),
    }


def _features_axis(here: Here, order: str = "ordered by mean") -> str:
    if here.layer.features > _MOST:
        return f"{_MOST} of {here.layer.features:,} features, {order}"
    return f"features, {order}"


def _level(y: float) -> dict[str, object]:
    return {
        "type": "line",
        "xref": "x domain",
        "x0": 0,
        "x1": 1,
        "y0": y,
        "y1": y,
        "line": {"color": "@muted", "width": 1.3, "dash": "dashdot"},
    }


def _median(values: FloatArray) -> float:
    return float(np.median(values[np.isfinite(values)]))
