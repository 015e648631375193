"""The steps that every normalisation shares: statistics over an axis, normalise, and the way back.

The layers differ only in the axis. On an activation matrix of shape (n_features, batch_size)
batch normalisation reduces over the last axis and layer normalisation over the one before it.
Further leading axes (a stack of runs, of batches, of paths) are carried through untouched.

Source: Ioffe & Szegedy 2015 (arXiv 1502.03167), algorithm 1; Ba et al. 2016 (1607.06450).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Axis = int | tuple[int, ...]

# Where mean^2 is this many variances, the rounding of the mean begins to show in the variance.
FAR_FROM_ZERO = 1e4


def statistics(x: Array, axis: Axis) -> tuple[Array, Array]:
    """Mean and biased variance of x over axis, both with that axis kept at length 1.

    Two passes: the one-pass E[x^2] - E[x]^2 loses every digit in float32 once |mean|/std
    reaches 4096. Far from zero one of the values is taken off first, so that the mean's own
    rounding does no harm either and equal values have variance 0 exactly.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        mean, var = _two_passes(x, axis)
        far = mean * mean > FAR_FROM_ZERO * var
        if far.any():
            shift = np.where(far, _first(x, axis), x.dtype.type(0))
            offset, var = _two_passes(x - shift, axis)
            mean = shift + offset
    return mean, var


def normalize(x: Array, mean: Array, var: Array, eps: float) -> tuple[Array, Array]:
    """(x - mean) / sqrt(var + eps), and 1 / sqrt(var + eps), which the way back needs."""
    with np.errstate(divide="ignore", invalid="ignore"):
        inv_std = 1.0 / np.sqrt(var + x.dtype.type(eps))
        z = x - mean
        z *= inv_std
        return z, inv_std


def normalize_backward(g: Array, z: Array, inv_std: Array, axis: Axis) -> Array:
    """Gradient at x where g is the gradient at z = normalize(x, *statistics(x, axis), eps)[0].

    The mean and the variance depend on x too: that is what the two subtracted means are.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        scratch = g * z
        np.multiply(z, _mean(scratch, axis), out=scratch)
        dx: Array = g - _mean(g, axis)
        dx -= scratch
        dx *= inv_std
    return dx


def _two_passes(x: Array, axis: Axis) -> tuple[Array, Array]:
    mean = _mean(x, axis)
    centred = x - mean
    centred *= centred
    return mean, _mean(centred, axis)


def _mean(x: Array, axis: Axis) -> Array:
    """x.mean with that axis kept at length 1, less the time that numpy spends around the sum."""
    total: Array = np.add.reduce(x, axis=axis, keepdims=True)
    total /= x.size // max(total.size, 1)
    return total


def _first(x: Array, axis: Axis) -> Array:
    """The first value along axis, with that axis kept at length 1."""
    index = [slice(None)] * x.ndim
    for reduced in (axis,) if isinstance(axis, int) else axis:
        index[reduced] = slice(0, 1)
    return x[tuple(index)]
