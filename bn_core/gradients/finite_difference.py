"""A numerical check of a backward pass: change each input a little and watch the loss.

Central differences of the loss sum(g * normalize(x)), whose gradient at the output is g.
"""

import numpy as np

from bn_core.normalize import standardize, statistics
from bn_core.types import Array

STEP = 6e-6
"""Times the input's own spread: the cube root of float64's epsilon, where the error is least."""


def finite_difference(x: Array, g: Array, eps: float, n_checked: int) -> Array:
    """d sum(g * normalize(x)) / dx at the first n_checked entries of one normalised group.

    x and g: (n,), float64; returns (min(n_checked, n),). All changes run at once, each a row of a
    matrix. NaN where x has no spread and eps is 0: there is no scale to choose a step by.
    Raises ValueError for arrays of other or of different shapes.
    """
    if x.ndim != 1 or x.shape != g.shape:
        raise ValueError(
            f"x and g must be one group each, of one shape (n,); got {x.shape} and {g.shape}. "
            "Take a row for batch normalisation, a column for layer normalisation."
        )
    with np.errstate(invalid="ignore", divide="ignore"):
        step = STEP * np.sqrt(statistics(x, 0)[1] + eps)
        nudges = step * np.eye(min(n_checked, len(x)), len(x))
        # The difference of the outputs comes first, so that the loss's own size cancels.
        change = _normalized(x + nudges, eps) - _normalized(x - nudges, eps)
        slope: Array = change @ g / (2.0 * step)
    return slope


def _normalized(rows: Array, eps: float) -> Array:
    return standardize(rows, -1, eps)[0]
