"""The error of a variance by rounding, for each way to compute it, against mean / std."""

from collections.abc import Sequence

import numpy as np

from bn_core.numerics.variance import VarianceErrors
from bn_core.types import Array
from ui.plot.log_axis import log_axis, log_curve
from ui.plot.style import Figure, Trace, axis, layout, note, numbered, numbers, panel_title
from ui.text.numbers import percent, spoken

_STYLES = {
    "one pass": ("before", "x"),
    "Flax's default": ("accent", "circle-open"),
    "Welford": ("second", "diamond"),
    "shifted one pass": ("sky", "triangle-up"),
    "two passes": ("running", "square"),
    "the layers' own": ("after", "circle"),
}
_DTYPES = ("float32", "float64")


def float_error(
    results: Sequence[VarianceErrors],
    ratios: Array,
    laws: tuple[Array, Array],
    chosen: float,
    height: int = 400,
) -> Figure:
    """results at ratios, (n,); laws: the formula for one pass in
    float32 and in float64; chosen: a ratio."""
    data: list[Trace] = []
    for result in results:
        number = _DTYPES.index(result.dtype) + 1
        colour, symbol = _STYLES[result.method]
        data.append(
            log_curve(ratios, result.error, result.method, colour)
            | {
                "mode": "lines+markers",
                "marker": {"symbol": symbol, "size": 7, "color": f"@{colour}"},
                "showlegend": number == 1,
                "xaxis": numbered("x", number),
                "yaxis": numbered("y", number),
            }
        )
    for number, law in enumerate(laws, 1):
        data.append(
            log_curve(
                *(ratios, law, "formula for one pass", "theory"),
                dash="dash",
                meta="fixed",
                showlegend=number == 1,
                xaxis=numbered("x", number),
                yaxis=numbered("y", number),
            )
        )
    high = float(np.log10(ratios[-1]))
    axes = {}
    for number, left in ((1, 0.0), (2, 0.54)):
        axes[numbered("xaxis", number)] = log_axis(
            "mean / std",
            -0.1,
            high + 0.1,
            domain=[left, left + 0.46],
            anchor=numbered("y", number),
        )
        axes[numbered("yaxis", number)] = log_axis(
            "error / variance" if number == 1 else "",
            -17.0,
            5.5,
            anchor=numbered("x", number),
        )
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 62, "r": 14, "t": 58, "b": 104},
            legend={"orientation": "h", "x": 0, "y": -0.22, "yanchor": "top"},
            shapes=[_upright(chosen, number) for number in (1, 2)],
            annotations=[
                panel_title("Error, float32", 1),
                panel_title("Error, float64", 2),
                *(_whole(number) for number in (1, 2)),
            ],
            **axes,
        ),
        "alt": "Error of the variance over the input's variance against mean / std on log axes. "
        "At the largest, "
        + "; ".join(
            f"{result.method} in {result.dtype} {spoken(result.error[-1], 2)}" for result in results
        )
        + f". The formula for one pass in float32 gives {spoken(laws[0][-1], 2)} there.",
    }


def negative_share(
    results: Sequence[VarianceErrors], ratios: Array, chosen: float, height: int = 400
) -> Figure:
    """The share of variances below 0 with one pass; the others' largest is in the alt text."""
    data: list[Trace] = []
    for result in results:
        if result.method != "one pass":
            continue
        number = _DTYPES.index(result.dtype)
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": [float(f"{ratio:.4g}") for ratio in ratios],
                "y": numbers(result.negative),
                "name": f"one pass, {result.dtype}",
                "line": {"color": "@before", "dash": ("solid", "dot")[number]},
                "marker": {"symbol": ("x", "x-open")[number], "size": 8},
                "hovertemplate": f"{result.dtype}: %{{y:.0%}} at %{{x:.2g}}<extra></extra>",
            }
        )
    others = max(
        float(result.negative.max(initial=0)) for result in results if result.method != "one pass"
    )
    largest = {r.dtype: float(r.negative.max(initial=0)) for r in results if r.method == "one pass"}
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            margin={"l": 52, "r": 14, "t": 58, "b": 104},
            legend={"orientation": "h", "x": 0, "y": -0.22, "yanchor": "top"},
            shapes=[_upright(chosen, 1)],
            annotations=[panel_title("Share of variances below 0")],
            xaxis=log_axis("mean / std", -0.1, float(np.log10(ratios[-1])) + 0.1),
            yaxis=axis("", range=[-0.02, 1.02], tickformat=".0%"),
        ),
        "alt": (
            "Share of one-pass variances below 0 against mean / std: at most "
            + ", ".join(f"{percent(share)} in {dtype}" for dtype, share in largest.items())
            + f". The other methods: at most {percent(others)}."
        ),
    }


def _whole(number: int) -> dict[str, object]:
    return note(
        "error = variance",
        0.02,
        0.0,
        xref=f"{numbered('x', number)} domain",
        yref=numbered("y", number),
        xanchor="left",
        yanchor="bottom",
        font={"size": 12, "color": "@muted"},
    )


def _upright(ratio: float, number: int) -> dict[str, object]:
    return {
        "type": "line",
        "xref": numbered("x", number),
        "yref": f"{numbered('y', number)} domain",
        "x0": ratio,
        "x1": ratio,
        "y0": 0,
        "y1": 1,
        "line": {"color": "@accent", "width": 2},
    }
