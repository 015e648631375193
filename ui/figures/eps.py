"""The output's std against the input's on log axes: a ramp up to the knee at sqrt(eps), then 1."""

from collections.abc import Mapping

import numpy as np

from bn_core.normalize import Array
from bn_core.theory.epsilon import knee
from ui.figures.log_axis import log_axis, log_curve, log_dots
from ui.figures.style import Figure, layout, note, panel_title

LOW, HIGH = -6.0, 1.3


def eps(
    stds: Array,
    laws: Mapping[float, Array],
    chosen: tuple[float, Array],
    measured: tuple[Array, Array],
    present: tuple[float, float],
    height: int = 360,
) -> Figure:
    """stds: (n,), with the output's std at each of several eps (laws) and at the chosen one.
    measured: input and output stds of batches at the chosen eps; present: those of this batch.
    """
    value, law = chosen
    data = [
        log_curve(stds, other, f"eps {at:.0e}", "muted", width=1.2, meta="fixed")
        for at, other in laws.items()
    ]
    data += [
        log_curve(stds, law, f"eps {value:g}", "theory", dash="dash", meta="fixed"),
        log_dots(*measured, "measured", "after"),
        log_dots([present[0]], [present[1]], "this batch", "accent", size=15),
    ]
    marks = [(at, "muted") for at in laws if at != value]
    if value > 0:
        marks.append((value, "accent"))
    labels = [panel_title("Output std against input std, by eps")]
    for at, colour in marks:
        data.append(
            log_dots([knee(at)], [np.sqrt(0.5)], "knee", colour, size=9)
            | {"hovertemplate": f"knee of eps {at:.0e}: %{{x:.2g}}<extra></extra>"}
        )
        labels.append(
            note(
                f"{at:.0e}".replace("e-0", "e-").replace("e+0", "e+"),
                float(np.log10(knee(at))),
                float(np.log10(np.sqrt(0.5))),
                xanchor="left",
                yanchor="top",
                xshift=5,
                font={"size": 13, "color": f"@{colour}"},
            )
        )
    return {
        "data": data,
        "layout": layout(
            height,
            annotations=labels,
            margin={"l": 66, "r": 14, "t": 34, "b": 46},
            xaxis=log_axis("std of the input", LOW, HIGH),
            yaxis=log_axis("std of the output", -3.0, 0.4),
        ),
        "alt": (
            "Output std against input std on log axes for several eps. Each curve rises in "
            f"proportion up to its knee at the root of eps and is 1 beyond. At eps {value:g} the "
            f"knee is at {knee(value):.2g}; this batch goes from std {present[0]:.3g} to "
            f"{present[1]:.3g}."
        ),
    }
