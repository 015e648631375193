"""How far off a batch's mean, variance and outputs are, by its size, on logarithmic axes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bn_core.simulation.batch_noise import RelativeErrors
from bn_core.types import Array
from ui.plot.error_by_size import STYLES, error_figure, line_and_dots
from ui.plot.style import Figure, axis, note
from ui.text.numbers import spoken

_LOW, _HIGH = -1.65, 0.45  # the range of the errors' axis, as powers of 10


@dataclass(frozen=True)
class Lines:
    """The closed forms at the same sizes; None where none holds."""

    mean: Array
    var: Array
    output: Array | None


def errors_by_batch(
    errors: RelativeErrors,
    lines: Lines | None,
    batch: int,
    verdicts: Sequence[tuple[float, str]] = (),
    height: int = 400,
) -> Figure:
    """Simulated points on closed-form lines; a click on a point chooses that batch size.

    lines: None where the input has no spread, so that there is no error to draw. verdicts: errors
    of an output from which on the batch is so named, the largest first; drawn as bands.
    """
    yaxis = axis(
        "relative error",
        type="log",
        range=[_LOW, _HIGH],
        tickvals=[0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2],
        ticktext=["3 %", "5 %", "10 %", "20 %", "30 %", "50 %", "100 %", "200 %"],
    )
    title = "Relative error by batch size"
    bands, names = _bands(verdicts)
    if lines is None:
        alt = "Empty axes: without spread no error has a unit."
        return error_figure([], batch, yaxis, title, alt, height, bands, names)
    measured = {"variance": errors.var, "output": errors.output, "mean": errors.mean}
    exact = {"variance": lines.var, "output": lines.output, "mean": lines.mean}
    data = [
        trace
        for of in STYLES
        for trace in line_and_dots(of, of, errors.sizes, exact[of], measured[of])
    ]
    at = errors.sizes.index(batch)
    told = ", ".join(
        f"{name} {spoken(measured[name][at])}" for name in ("mean", "variance", "output")
    )
    alt = (
        f"Relative errors at batch sizes {errors.sizes[0]} to {errors.sizes[-1]} on logarithmic "
        "axes. They fall about as 1 over the square root of the batch size. At batch size "
        f"{batch}: {told}."
    )
    return error_figure(data, batch, yaxis, title, alt, height, bands, names)


def _bands(verdicts: Sequence[tuple[float, str]]) -> tuple[list[Any], list[Any]]:
    """Every second verdict tinted, and the name of each at the top left of its band."""
    shapes, notes = [], []
    top = 10**_HIGH
    for number, (low, name) in enumerate(verdicts):
        if number % 2 == 0:
            shapes.append(
                {
                    "type": "rect",
                    "xref": "x domain",
                    "x0": 0,
                    "x1": 1,
                    "y0": max(low, 10**_LOW),
                    "y1": top,
                    "layer": "below",
                    "line": {"width": 0},
                    "fillcolor": "@after/0.09",
                }
            )
        notes.append(
            # On a logarithmic axis Plotly takes a shape at the value, a text at its logarithm.
            note(
                name,
                0.01,
                math.log10(top),
                xref="x domain",
                xanchor="left",
                yanchor="top",
                font={"size": 13, "color": "@muted"},
            )
        )
        top = low
    return shapes, notes
