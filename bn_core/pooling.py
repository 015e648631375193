"""The statistics of several parts, put together as if they had been taken over all values at once.

The parts may be of unequal size: devices with different numbers of samples, batches of which the
last is smaller.

Source: Chan, Golub & LeVeque 1983 (The American Statistician 37, 242-247), the pairwise update,
here for any number of parts.
"""

import numpy as np
from numpy.typing import ArrayLike

from bn_core.array_checks import as_float
from bn_core.types import Array


def pool_statistics(
    counts: ArrayLike, means: ArrayLike, variances: ArrayLike
) -> tuple[Array, Array]:
    """Mean and biased variance of all values together, (...) each, in float64.

    counts: (parts,), how many values each part has. means, variances: (parts, ...), the mean and
    the biased variance of each part. A part without values counts for nothing, whatever its mean.
    The means' distances from each other are squared, not the means: far from zero no digit is lost.
    Raises ValueError where the shapes do not fit, for a negative count or no values at all.
    """
    n = np.asarray(as_float(counts, "counts"), np.float64)
    mean, var = (
        np.asarray(as_float(values, name), np.float64)
        for values, name in ((means, "means"), (variances, "variances"))
    )
    if n.ndim != 1 or mean.shape != var.shape or mean.shape[:1] != n.shape:
        raise ValueError(
            "counts must be (parts,) and means and variances (parts, ...), got shapes "
            f"{n.shape}, {mean.shape} and {var.shape}."
        )
    if not ((n >= 0).all() and n.sum() > 0):
        raise ValueError(
            f"counts must be at least 0, and one above 0, got {n.tolist()}: it is how many values "
            "each part has."
        )
    taken = n > 0
    mean, var = mean[taken], var[taken]
    share = (n[taken] / n.sum()).reshape(-1, *[1] * (mean.ndim - 1))
    apart = mean - mean[:1]
    offset = np.sum(share * apart, axis=0)
    pooled_var = np.sum(share * (var + (apart - offset) ** 2), axis=0)
    return mean[0] + offset, pooled_var
