"""Batch normalisation's two directions, a block of rows at a time.

The same mathematics as the shared steps with the scale and shift merged in. A block stays in
the processor's cache from its first pass to its last, and its sums go through BLAS, so that
large matrices cost a fraction of what they do one whole pass after another.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from ..normalize import FAR_FROM_ZERO, Array

_BLOCK_BYTES = 2**19  # three blocks of this size fit the caches that a core has to itself
_NUMPY_BUFFER = 8192  # its default size, in values


def forward_rows(
    x: Array, gamma: Array, beta: Array, eps: float, centred: Array
) -> tuple[Array, Array, Array, Array]:
    """Normalise each row of x, scale by gamma, shift by beta; fills centred with x - mean.

    x, centred: (rows, n). gamma, beta: (rows,). Returns y (rows, n) and the mean, the biased
    variance and 1 / std (rows,), all in the dtype of x.
    """
    y = np.empty(x.shape, x.dtype)
    mean, var, inv_std = np.empty((3, len(x)), x.dtype)
    average = _average(x.shape[1], x.dtype)
    _buffer_no_more_than_a_row(x.shape[1])
    for rows in _blocks(x):
        block, out = centred[rows], y[rows]
        mean[rows], block_var = _centre(x[rows], average, out=block)
        var[rows] = block_var
        inv_std[rows] = block_inv_std = 1.0 / np.sqrt(block_var + eps)
        np.multiply(block, (gamma[rows] * block_inv_std)[:, None], out=out)
        out += beta[rows, None]
    return y, mean, var, inv_std


def backward_rows(
    g: Array, centred: Array, inv_std: Array, gamma: Array
) -> tuple[Array, Array, Array]:
    """Gradients at x, gamma and beta, where g is the gradient at y of forward_rows.

    g, centred: (rows, n). inv_std, gamma: (rows,).
    """
    dx = np.empty(g.shape, g.dtype)
    g_mean, d_gamma = np.empty((2, len(g)), g.dtype)
    average = _average(g.shape[1], g.dtype)
    _buffer_no_more_than_a_row(g.shape[1])
    scale = gamma * inv_std
    slope = inv_std / -g.shape[1]
    for rows in _blocks(g):
        upstream, block, out = g[rows], centred[rows], dx[rows]
        g_mean[rows] = block_mean = upstream @ average
        d_gamma[rows] = block_d_gamma = inv_std[rows] * np.vecdot(upstream, block)
        np.multiply(block, (slope[rows] * block_d_gamma)[:, None], out=out)
        out += upstream
        out -= block_mean[:, None]
        out *= scale[rows, None]
    return dx, d_gamma, g_mean * g.shape[1]


def _centre(x: Array, average: Array, out: Array) -> tuple[Array, Array]:
    """Mean and biased variance of each row as `statistics` has them; fills out with x - mean."""
    mean = x @ average
    np.subtract(x, mean[:, None], out=out)
    var = np.vecdot(out, out) / x.shape[1]
    far = mean * mean > FAR_FROM_ZERO * var
    if np.count_nonzero(far):
        shift = np.where(far, x[:, 0], x.dtype.type(0))
        np.subtract(x, shift[:, None], out=out)
        offset = out @ average
        out -= offset[:, None]
        return shift + offset, np.vecdot(out, out) / x.shape[1]
    return mean, var


@lru_cache(maxsize=8)
def _average(n: int, dtype: np.dtype[np.floating]) -> Array:
    """The vector whose product with a row of n values is their mean."""
    return np.full(n, 1 / n, dtype)


def _buffer_no_more_than_a_row(n: int) -> None:
    """Halve the cost of rows with a scalar each, from some 256 values a row on.

    Where numpy's buffer spans several rows, it first fills it with copies of each scalar. The
    setting ends with the np.errstate that every layer runs within.
    """
    if 256 <= n < _NUMPY_BUFFER:
        np.setbufsize(n // 16 * 16)  # it takes multiples of 16 alone


def _blocks(x: Array) -> Iterator[slice]:
    step = max(1, _BLOCK_BYTES // (x.itemsize * x.shape[1]))
    for start in range(0, len(x), step):
        yield slice(start, start + step)
