"""The steps that every normalisation shares: centre, divide by the spread, and the backward pass.

The layers differ only in the axis that they reduce. On an activation matrix of shape
(n_features, batch_size) batch normalisation reduces over the last axis and layer normalisation
over the one before it. Further leading axes (a stack of runs, of batches, of paths) stay as they
are.

All of it works in the dtype of x, float32 or float64:
- Far from zero no digit of the spread is lost, however large the mean beside it.
- Equal values have variance 0 exactly, so that without eps the output is nan (0/0).
- A spread whose sum of squares is beyond the dtype (over n values some 1.8e19 / sqrt(n) in float32,
  1.3e154 / sqrt(n) in float64) has variance inf or nan. The layers refuse it.
- A spread below the root of the smallest normal number (1e-19, 1e-154) loses digits of its
  variance, and below some 1e-23, 1e-162 all of them. Next to any usual eps that variance is
  negligible; with eps = 0 the output is then no longer finite.

Source: Ioffe & Szegedy 2015 (arXiv 1502.03167), algorithm 1; Ba et al. 2016 (1607.06450).
"""

import numpy as np

from bn_core.array_checks import as_double
from bn_core.reductions import mean_over, mean_product, sum_product
from bn_core.types import Array, Axis

# Where mean^2 is this many variances, the rounding of the mean begins to show in what is left.
FAR_FROM_ZERO = 256.0
_NEARLY_ALL = FAR_FROM_ZERO / (FAR_FROM_ZERO + 1)  # what the mean is there of the mean square


def statistics(x: Array, axis: Axis) -> tuple[Array, Array]:
    """Mean (float64) and biased variance of x over axis, both with that axis kept at length 1.

    Biased: the sum of squares is divided by the number of values n, not by n - 1.
    """
    with np.errstate(all="ignore"):
        _, mean, var = center(x, axis)
    return mean, var


def standardize(x: Array, axis: Axis, eps: float) -> tuple[Array, Array]:
    """z = (x - mean) / sqrt(var + eps) with the statistics of x, and 1 / sqrt(var + eps)."""
    with np.errstate(all="ignore"):
        z, _, var = center(x, axis)
        inv_std = inverse_std(var, eps)
        z *= inv_std
    return z, inv_std


def normalize(x: Array, mean: Array, var: Array, eps: float) -> tuple[Array, Array]:
    """(x - mean) / sqrt(var + eps) with statistics from elsewhere, and 1 / sqrt(var + eps).

    float32 x with a float64 mean and variance gives float64: far from zero the mean must not be
    rounded before it is subtracted.
    """
    with np.errstate(all="ignore"):
        inv_std = inverse_std(var, eps)
        z = x - mean
        z *= inv_std
    return z, inv_std


def standardize_backward(g: Array, z: Array, inv_std: Array, axis: Axis) -> Array:
    """Gradient at x where g is the gradient at z, and z, inv_std = standardize(x, axis, eps).

    The mean and the variance depend on x too: hence the two parts that are subtracted from g.
    """
    with np.errstate(all="ignore"):
        dx, _, _ = subtract_projections(g, z, axis)
        dx *= inv_std
    return dx


# What follows leaves numpy's warnings to its callers.


def center(x: Array, axis: Axis, out: Array | None = None) -> tuple[Array, Array, Array]:
    """x minus its mean over axis (in out, if given), that mean, and the biased variance.

    Mean and variance keep the axis at length 1. The mean is float64: far from zero float32 could
    not hold it. Two passes, since the one-pass E[x^2] - E[x]^2 loses every digit in float32 once
    |mean|/std reaches 4096. Far from zero one of the values is subtracted first, so that
    neither the rounding of the mean nor that of x - mean costs a digit.
    """
    mean = mean_over(x, axis)
    centered = np.subtract(x, mean, out=out)
    var = mean_product(centered, centered, axis)
    far = mean * mean > FAR_FROM_ZERO * var
    if not np.count_nonzero(far):
        return centered, as_double(mean), var
    shift = np.where(far, _first(x, axis), x.dtype.type(0))
    np.subtract(x, shift, out=centered)
    offset = mean_over(centered, axis)
    centered -= offset
    mean = np.add(shift, offset, dtype=np.float64)
    return centered, mean, mean_product(centered, centered, axis)


def inverse_std(var: Array, eps: float) -> Array:
    """1 / sqrt(var + eps), in the dtype of var; inf where both are 0."""
    return np.asarray(1.0 / np.sqrt(var + eps))


def subtract_projections(
    g: Array, z: Array, axis: Axis, out: Array | None = None
) -> tuple[Array, Array, Array]:
    """g - mean(g) - z mean(g z) over axis (in out, if given), mean(g), and the sum of g z.

    z has mean 0, so g may be centred first without changing the result; far from zero that avoids
    the rounding error of g z.
    """
    mean, sum_gz = mean_over(g, axis), sum_product(g, z, axis)
    count = g.size // max(mean.size, 1)
    rest = mean
    if np.count_nonzero((count / _NEARLY_ALL) * mean * mean > sum_product(g, g, axis)):
        g = g - mean
        rest = mean_over(g, axis)  # what the rounding of the mean has left
        sum_gz = sum_product(g, z, axis)
        mean = mean + rest
    projected = np.multiply(z, sum_gz / count, out=out)
    np.subtract(g, projected, out=projected)
    projected -= rest
    return projected, mean, sum_gz


def _first(x: Array, axis: Axis) -> Array:
    """The first value sum_gz axis, with that axis kept at length 1."""
    index = [slice(None)] * x.ndim
    for reduced in (axis,) if isinstance(axis, int) else axis:
        index[reduced] = slice(0, 1)
    return x[tuple(index)]
