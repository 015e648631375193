"""The output's std against the input's: from nearly 0 over the knee at sqrt(eps) up to 1."""

from collections.abc import Mapping

import numpy as np

from bn_core.theory.epsilon import knee
from bn_core.types import Array
from ui.plot.lines import upright
from ui.plot.log_axis import log_axis, log_curve, log_dots
from ui.plot.style import Figure, axis, layout, note, panel_title
from ui.text.numbers import spoken

LOW, HIGH = -6.0, 1.3
_SHOWN = -5.0  # where the picture begins
_TICKS = ("0.0001", "0.001", "0.01", "0.1", "1", "10")
_AT_KNEE = float(np.sqrt(0.5))


def eps(
    stds: Array,
    laws: Mapping[float, Array],
    chosen: tuple[float, Array],
    measured: tuple[Array, Array],
    present: tuple[float, float],
    dead: tuple[float, float],
    height: int = 430,
) -> Figure:
    """stds: (n,), with the output's std at each of several eps (laws) and at the chosen one.

    measured: input and output stds of batches at the chosen eps. present, dead: those of this
    batch, and of a feature that is nearly dead.
    """
    value, law = chosen
    data = [
        log_curve(
            stds, other, f"eps {_short(at)}", "muted", width=1.2, meta="fixed", showlegend=False
        )
        for at, other in laws.items()
    ]
    data += [
        log_curve(stds, law, f"eps {_short(value)}", "theory", dash="dash", meta="fixed"),
        log_dots(*measured, "measured (batch rescaled)", "after"),
        log_dots([dead[0]], [dead[1]], _told("nearly dead feature", dead), "before", size=15)
        | {"marker": {"color": "@before", "size": 15, "symbol": "diamond"}},
        log_dots([present[0]], [present[1]], _told("this batch", present), "accent", size=15),
    ]
    labels = [panel_title("Std after the norm against std before it")]
    shapes = []
    for number, at in enumerate(at for at in laws if at != value):
        labels.append(
            note(
                f"{'' if number else 'eps '}{_short(at)}",
                float(np.log10(knee(at))),
                _AT_KNEE,
                xanchor="left",
                yanchor="top",
                xshift=6,
                bgcolor="@paper/0.7",
                font={"size": 13, "color": "@muted"},
            )
        )
    if value > 0:
        line, label = upright(knee(value), f"knee {spoken(knee(value), 2)}")
        shapes.append(line)
        # On a logarithmic axis Plotly takes a shape at the value, a text at its logarithm.
        labels.append(label | {"x": float(np.log10(knee(value)))})
    return {
        "data": data,
        "layout": layout(
            height,
            showlegend=True,
            annotations=labels,
            shapes=shapes,
            margin={"l": 52, "r": 14, "t": 34, "b": 88},
            legend={"orientation": "h", "x": 0, "y": -0.17, "yanchor": "top", "font": {"size": 13}},
            xaxis=log_axis("std of the input (logarithmic)", _SHOWN, HIGH)
            | {"tickvals": [float(tick) for tick in _TICKS], "ticktext": list(_TICKS)},
            yaxis=axis("std of the output", range=[0, 1.1]),
        ),
        "alt": (
            "Output std against input std, one curve for each of several eps. Each curve begins "
            "near 0, bends at its knee, the root of eps, and goes to 1 beyond. "
            + (f"At eps {value:g} the knee is at {knee(value):.2g}" if value else "Eps is 0 here")
            + f"; this batch goes from std {spoken(present[0])} to {spoken(present[1])}, a nearly "
            f"dead feature from std {spoken(dead[0])} to {spoken(dead[1])}."
        ),
    }


def _told(name: str, point: tuple[float, float]) -> str:
    return f"{name}, std {spoken(point[0])} → {spoken(point[1])}"


def _short(value: float) -> str:
    """As on its slider."""
    return f"{value:.0e}".replace("e-0", "e-") if 0 < value < 0.01 else f"{value:g}"
