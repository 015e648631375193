"""Batch normalisation's two directions, a block of rows at a time.

The same mathematics as the shared steps with the scale and shift merged in. A block stays in
the processor's cache from its first pass to its last, and its sums go through BLAS, so that
large matrices cost a fraction of what they do one whole pass after another.
"""

from collections.abc import Iterator

import numpy as np

from ..normalize import FAR_FROM_ZERO, Array

_BLOCK_BYTES = 2**19  # three blocks of this size fit the caches that a core has to itself


def forward_rows(
    x: Array, gamma: Array, beta: Array, eps: float
) -> tuple[Array, Array, Array, Array]:
    """Normalise each row of x, scale by gamma, shift by beta.

    x: (rows, n). gamma, beta: (rows,). Returns y and x - mean (rows, n), the mean and the biased
    variance (rows,), all in the dtype of x.
    """
    y, centred = np.empty(x.shape, x.dtype), np.empty(x.shape, x.dtype)
    mean, var = np.empty((2, len(x)), x.dtype)
    average = _average(x)
    for rows in _blocks(x):
        mean[rows], var[rows] = _centre(x[rows], average, out=centred[rows])
        scale = gamma[rows] / np.sqrt(var[rows] + x.dtype.type(eps))
        np.multiply(centred[rows], scale[:, None], out=y[rows])
        y[rows] += beta[rows, None]
    return y, centred, mean, var


def backward_rows(
    g: Array, centred: Array, inv_std: Array, gamma: Array
) -> tuple[Array, Array, Array]:
    """Gradients at x, gamma and beta, where g is the gradient at y of forward_rows.

    g, centred: (rows, n). inv_std, gamma: (rows,).
    """
    dx = np.empty(g.shape, g.dtype)
    d_gamma, d_beta = np.empty((2, len(g)), g.dtype)
    n = g.dtype.type(g.shape[1])
    average = _average(g)
    for rows in _blocks(g):
        g_mean = g[rows] @ average
        d_beta[rows] = n * g_mean
        d_gamma[rows] = inv_std[rows] * np.vecdot(g[rows], centred[rows])
        along = -d_gamma[rows] * inv_std[rows] / n
        np.multiply(centred[rows], along[:, None], out=dx[rows])
        dx[rows] += g[rows]
        dx[rows] -= g_mean[:, None]
        dx[rows] *= (gamma[rows] * inv_std[rows])[:, None]
    return dx, d_gamma, d_beta


def _centre(x: Array, average: Array, out: Array) -> tuple[Array, Array]:
    """Mean and biased variance of each row as `statistics` has them; fills out with x - mean."""
    mean = x @ average
    np.subtract(x, mean[:, None], out=out)
    var = np.vecdot(out, out) / x.dtype.type(x.shape[1])
    far = mean * mean > FAR_FROM_ZERO * var
    if far.any():
        shift = np.where(far, x[:, 0], x.dtype.type(0))
        np.subtract(x, shift[:, None], out=out)
        offset = out @ average
        out -= offset[:, None]
        return shift + offset, np.vecdot(out, out) / x.dtype.type(x.shape[1])
    return mean, var


def _average(x: Array) -> Array:
    """The vector whose product with a row is the row's mean."""
    return np.full(x.shape[1], 1 / x.shape[1], x.dtype)


def _blocks(x: Array) -> Iterator[slice]:
    step = max(1, _BLOCK_BYTES // (x.itemsize * x.shape[1]))
    for start in range(0, len(x), step):
        yield slice(start, start + step)
