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


def statistics(x: Array, axis: Axis) -> tuple[Array, Array]:
    """Mean and biased variance of x over axis, both with that axis kept at length 1.

    Two passes: the one-pass E[x^2] - E[x]^2 loses every digit in float32 once |mean|/std
    reaches 4096.
    """
    mean = x.mean(axis=axis, keepdims=True)
    centred = x - mean
    return mean, np.mean(centred * centred, axis=axis, keepdims=True)


def normalize(x: Array, mean: Array, var: Array, eps: float) -> tuple[Array, Array]:
    """(x - mean) / sqrt(var + eps), and 1 / sqrt(var + eps), which the way back needs."""
    with np.errstate(divide="ignore", invalid="ignore"):
        inv_std = 1.0 / np.sqrt(var + x.dtype.type(eps))
        return (x - mean) * inv_std, inv_std


def normalize_backward(g: Array, z: Array, inv_std: Array, axis: Axis) -> Array:
    """Gradient at x where g is the gradient at z = normalize(x, *statistics(x, axis), eps)[0].

    The mean and the variance depend on x too: that is what the two subtracted means are.
    """
    g_mean = g.mean(axis=axis, keepdims=True)
    gz_mean = np.mean(g * z, axis=axis, keepdims=True)
    dx: Array = inv_std * (g - g_mean - z * gz_mean)
    return dx
