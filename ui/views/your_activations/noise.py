"""The errors of a batch of each size: drawn from the data, by the general form, by the Gaussian."""

from collections.abc import Callable

import numpy as np

from bn_core.simulation.resampled import Errors
from bn_core.theory.batch_statistics import batch_mean_sd, batch_var_relative_sd
from bn_core.theory.clustered import (
    ExampleMoments,
    large_batch_gap,
    mean_sd,
    var_relative_sd,
)
from bn_core.theory.inference_gap import rms_gap
from bn_core.types import FloatArray
from ui.settings.shared import BATCH_SIZES
from ui.views.your_activations.here import Noise

SIZES = np.array(BATCH_SIZES)
STEADY = 0.5
"""The form for large batches is shown where the variance's relative sd is below this."""
LARGEST = 1_000_000
# Whole numbers up to the largest, 7 % apart where there are many.
_GRID = np.unique(np.geomspace(1, LARGEST, 205).round())
_BEYOND = np.concatenate([[513.0], _GRID[_GRID > 513]])


def noises(errors: Errors, moments: ExampleMoments, positions: int, eps: float) -> dict[str, Noise]:
    """Of each kind of error."""
    std = np.sqrt(moments.var)
    relative = var_relative_sd(moments, SIZES)
    steady = np.median(relative, axis=1) < STEADY
    output = np.where(steady[:, None], large_batch_gap(moments, SIZES, eps), np.nan)
    # The gap falls steadily with the variance, so that the median feature has the median gap.
    ratio = eps / float(np.median(moments.var))
    values = SIZES * positions
    return {
        "output": Noise(errors.output, output, rms_gap(values, ratio) * np.sqrt(1 + ratio)),
        "variance": Noise(errors.var, relative, batch_var_relative_sd(values)),
        "mean": Noise(errors.mean, mean_sd(moments, SIZES) / std, batch_mean_sd(values)),
    }


def smallest_batches(
    noise: dict[str, Noise], moments: ExampleMoments, positions: int, wanted: float, eps: float
) -> dict[str, tuple[float, float, float]]:
    """Of each kind the smallest batch whose error is at most the wanted one.

    For half of the features, for 9 in 10 of them, and if values were Gaussian and independent; inf
    where it is over LARGEST. Outputs: the smallest size that was drawn, beyond those by the form
    for large batches.
    """
    std = np.sqrt(moments.var)

    def output(share: float) -> float:
        drawn = np.flatnonzero(np.quantile(noise["output"].measured, share, axis=1) <= wanted)
        if drawn.size:
            return float(SIZES[drawn[0]])
        return _smallest(lambda b: _share(large_batch_gap(moments, b, eps), share), wanted, _BEYOND)

    def variance(share: float) -> float:
        return _smallest(lambda b: _share(var_relative_sd(moments, b), share), wanted)

    def mean(share: float) -> float:
        return _smallest(lambda b: _share(mean_sd(moments, b) / std, share), wanted)

    gaussian = np.flatnonzero(noise["output"].gaussian <= wanted)
    far = _smallest(lambda b: np.sqrt(1.5 / (b * positions)), wanted, _BEYOND)
    return {
        "output": (
            output(0.5),
            output(0.9),
            float(SIZES[gaussian[0]]) if gaussian.size else far,
        ),
        "variance": (
            variance(0.5),
            variance(0.9),
            _smallest(lambda b: batch_var_relative_sd(b * positions), wanted),
        ),
        "mean": (
            mean(0.5),
            mean(0.9),
            _smallest(lambda b: batch_mean_sd(b * positions), wanted),
        ),
    }


def _share(errors: FloatArray, share: float) -> FloatArray:
    """What this share of the features stays below at each size."""
    return np.asarray(np.quantile(errors, share, axis=1))


def _smallest(
    errors: Callable[[FloatArray], FloatArray], wanted: float, sizes: FloatArray = _GRID
) -> float:
    """The smallest batch whose error is small enough, of errors that fall; inf where none is.

    Exact up to some 3000, beyond to a thousandth.
    """
    enough = wanted * (1 + 1e-9)  # where rounding decides
    small = np.flatnonzero(errors(sizes) <= enough)
    if not small.size:
        return float("inf")
    low = sizes[small[0] - 1] + 1 if small[0] else sizes[0]
    between = np.unique(np.linspace(low, sizes[small[0]], 200).round())
    return float(between[np.flatnonzero(errors(between) <= enough)[0]])
