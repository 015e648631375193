"""Batch normalisation's two directions, a block of rows at a time.

The steps are the shared ones. A block stays in the processor's cache from its first step to its
last, so that large matrices cost a fraction of what they do one whole pass after another.
"""

from collections.abc import Callable, Sequence

import numpy as np

from bn_core.normalize import center, inverse_std, subtract_projections
from bn_core.types import Array

_BLOCK_BYTES = 2**19  # three blocks of this size fit the caches that a core has to itself
_NUMPY_BUFFER = 8192  # its default size, in values


def forward_rows(
    x: Array, gamma: Array, beta: Array, eps: float
) -> tuple[Array, Array, Array, Array, Array]:
    """Normalise each row of x, scale by gamma, shift by beta.

    x: (rows, n). gamma, beta: (rows, 1). Returns the output y and the normalised z, both like x,
    then 1 / std, the mean (float64) and the biased variance, (rows, 1) each.
    """

    def step(x: Array, gamma: Array, beta: Array, y: Array, z: Array) -> tuple[Array, ...]:
        _, mean, var = center(x, -1, out=z)
        inv_std = inverse_std(var, eps)
        z *= inv_std
        np.multiply(z, gamma, out=y)
        y += beta
        return inv_std, mean, var

    y, z = np.empty(x.shape, x.dtype), np.empty(x.shape, x.dtype)
    inv_std, mean, var = _by_block(step, x, gamma, beta, y, z)
    return y, z, inv_std, mean, var


def backward_rows(g: Array, z: Array, scale: Array) -> tuple[Array, Array, Array]:
    """Gradient at x, the mean of g over each row and the sum of g z, (rows, 1) each.

    g, the gradient at y of forward_rows, and z: (rows, n). scale: gamma / std, (rows, 1).
    """

    def step(g: Array, z: Array, scale: Array, dx: Array) -> tuple[Array, ...]:
        _, mean, sum_gz = subtract_projections(g, z, -1, out=dx)
        dx *= scale
        return mean, sum_gz

    dx = np.empty(g.shape, g.dtype)
    mean, sum_gz = _by_block(step, g, z, scale, dx)
    return dx, mean, sum_gz


def _by_block(step: Callable[..., tuple[Array, ...]], *arrays: Array) -> Sequence[Array]:
    """What step returns for a block of rows of all arrays, (rows, 1) each, put together."""
    n_rows, n = arrays[0].shape
    _buffer_no_more_than_a_row(n)
    size = max(1, _BLOCK_BYTES // (arrays[0].itemsize * n))
    if size >= n_rows:
        return step(*arrays)
    blocks = (slice(start, start + size) for start in range(0, n_rows, size))
    found = [step(*(array[rows] for array in arrays)) for rows in blocks]
    return [np.concatenate(parts) for parts in zip(*found, strict=True)]


def _buffer_no_more_than_a_row(n: int) -> None:
    """Halve the cost of rows with a scalar each, from some 256 values a row on.

    Where numpy's buffer spans several rows, it first fills it with copies of each scalar. The
    setting ends with the np.errstate that every layer runs within.
    """
    if 256 <= n < _NUMPY_BUFFER:
        np.setbufsize(n // 16 * 16)  # it takes multiples of 16 alone
