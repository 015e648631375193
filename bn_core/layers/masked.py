"""Batch normalisation's two directions where only some entries count for the statistics.

The entries left out are normalised too, by the statistics of the others, and may hold anything,
nan among it. So in Keras and Flax.

Source: derived by the chain rule from Ioffe & Szegedy 2015 (arXiv 1502.03167), section 3.
"""

import numpy as np

from bn_core.normalize import inverse_std
from bn_core.types import Array, Mask


def normalize_kept(x: Array, kept: Mask, eps: float) -> tuple[Array, Array, Array, Array]:
    """Normalise each row of x by the mean and variance of its kept entries.

    x, kept: (rows, n), at least one entry of each row kept. Returns z like x, then 1 / std, the
    mean (float64) and the biased variance, (rows, 1) each.
    """
    # One of the kept values goes first, so that far from zero no digit of the spread is lost.
    shift = np.take_along_axis(x, kept.argmax(axis=1, keepdims=True), axis=1)
    centered = x - shift
    offset = _mean(centered, kept)
    centered -= offset
    var = _mean(centered * centered, kept)
    inv_std = inverse_std(var, eps)
    return centered * inv_std, inv_std, np.add(shift, offset, dtype=np.float64), var


def backward_kept(g: Array, z: Array, kept: Mask, scale: Array) -> tuple[Array, Array, Array]:
    """Gradient at x, the sum of g over each row and that of g z, (rows, 1) each.

    g, the gradient at y, z and kept: (rows, n). scale: gamma / std, (rows, 1). An entry left out
    moves only its own output, but every output moves with the kept ones: so the two sums run over
    all entries, and what they come to is shared out among the kept. Where g is 0 at an entry left
    out, it adds nothing, whatever its z.
    """
    count = kept.sum(axis=1, keepdims=True, dtype=g.dtype)
    mean = _mean(g, kept)
    # z of the kept sums to 0, so that this changes nothing but the rounding.
    centered = g - mean
    rest = _mean(centered, kept)  # what the rounding of the mean has left
    centered -= rest
    left_out = np.where(kept, 0, g)
    sum_left_out = left_out.sum(axis=1, keepdims=True)
    product = np.where(kept, centered * z, np.where(left_out == 0, 0, left_out * z))
    sum_gz = product.sum(axis=1, keepdims=True)
    of_kept = centered - sum_left_out / count - z * (sum_gz / count)
    dx = np.where(kept, of_kept, g) * scale
    return dx, count * (mean + rest) + sum_left_out, sum_gz


def _mean(x: Array, kept: Mask) -> Array:
    """The mean of the kept entries of each row, (rows, 1), in the dtype of x."""
    mean: Array = np.where(kept, x, 0).sum(axis=1, keepdims=True, dtype=x.dtype)
    mean /= kept.sum(axis=1, keepdims=True, dtype=x.dtype)
    return mean
