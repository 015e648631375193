"""How noisy mean, variance and output are, by the batch size of a device; logarithmic axes."""

import math
from typing import NamedTuple

import numpy as np

from bn_core.types import Array
from ui.plot.error_by_size import error_figure, line_and_dots
from ui.plot.ranges import first_holding
from ui.plot.style import Figure, axis
from ui.text.numbers import spoken

_NAMES = {"variance": "variance: sd", "output": "output: RMS gap", "mean": "mean: sd"}
_TOP = 0.35  # powers of 10
_FRAMES = ((-1.7, _TOP), (-2.7, _TOP), (-4.1, _TOP))
_TICKS = (1e-4, 1e-3, 0.01, 0.03, 0.1, 0.3, 1)


class Lines(NamedTuple):
    """Mean's sd, variance's average and sd, RMS gap at each size; None where there is none."""

    mean: Array
    var_mean: Array
    var: Array | None
    gap: Array | None


def noise_by_batch(
    sizes: tuple[int, ...], simulated: Lines, exact: Lines, batch: int, height: int = 380
) -> Figure:
    """Simulated dots, nan where none are drawn, on closed forms; a click on a dot sets its size."""
    measured = {"variance": simulated.var, "output": simulated.gap, "mean": simulated.mean}
    lines = {"variance": exact.var, "output": exact.gap, "mean": exact.mean}
    data = []
    for of, name in _NAMES.items():
        drawn = (None if found is None else _positive(found) for found in (lines[of], measured[of]))
        data += line_and_dots(of, name, sizes, *drawn)
    lowest = math.log10(float(exact.mean.min()))
    low, high = first_holding(lowest - 0.05, 0.0, _FRAMES)
    ticks = [tick for tick in _TICKS if math.log10(tick) >= low]
    at = sizes.index(batch)
    told = ", ".join(
        f"{name} {spoken(float(found[at]))}"
        for of, name in reversed(_NAMES.items())
        for found in (lines[of] if lines[of] is not None else measured[of],)
        if found is not None and np.isfinite(found[at])
    )
    yaxis = axis(
        "error, for std 1",
        type="log",
        range=[low, high],
        tickvals=ticks,
        ticktext=[f"{tick:g}" for tick in ticks],
    )
    alt = (
        f"Errors at batch sizes {sizes[0]} to {sizes[-1]} of a device on logarithmic axes: sd "
        "of the mean and of the variance, and the RMS gap of an output between training and "
        f"inference. At batch size {batch}: {told}."
    )
    return error_figure(data, batch, yaxis, "Error by a device's batch size", alt, height)


def _positive(values: Array) -> Array:
    """What has a place on a logarithmic axis; nan elsewhere."""
    return np.where(values > 1e-9, values, np.nan)
