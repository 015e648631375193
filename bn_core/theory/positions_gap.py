"""The batch std of correlated positions, and how far training is from inference with it. Gaussian.

Maps and correlation as in bn_core.theory.positions; eps is 0, and inference has the true mean and
std.

Source: derived. The mean of a root comes from the Laplace transform L of Q >= 0,
E[sqrt(Q)] = 1/(2 sqrt(pi)) integral over t > 0 of (1 - L(t)) t^(-3/2) dt. Of n times the batch
variance, Q = x' (I - 11'/n) x, it is

    L(t) = prod over k of (1 + 2 t l_k)^(-N/2)  (sum over k of w_k / (1 + 2 t l_k))^(-1/2)

with the eigenvalues l_k of one map's correlations and w_k, the share of 11' along each eigenvector
(the matrix determinant lemma). Those of a map are products of those of its axes.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from bn_core.theory.distributions import check_batch_sizes
from bn_core.theory.positions import correlations
from bn_core.types import FloatArray

_STEP = 0.3  # of ln t: the trapezoidal rule is then exact to 1e-14
_LOW, _HIGH = -45.0, 30.0  # where both tails have become exponentials, for up to 1e8 values
_SMALL = 1e-5  # x^3 is then beyond the digits that are left


def position_std_ratio(batch: ArrayLike, height: int, width: int, rho: float) -> FloatArray:
    """E[biased batch std] / sigma, for each batch size N. Gaussian.

    Independent positions: bn_core.theory.batch_statistics.std_ratio of their number. 0 where all
    values of the batch are equal. Raises ValueError as the rest of positions does.
    """
    n_maps = check_batch_sizes(batch)[..., None]
    count = n_maps * height * width
    points, log_det, log_share = _position_transform(height, width, rho)
    # ln t, so that both tails fall off exponentially; Q itself is of the size of count.
    log_transform = -0.5 * (n_maps * log_det + log_share)
    integrand = -np.expm1(log_transform) * np.exp(-points / 2)
    # Beyond both ends the terms fall by e^(-step/2) each.
    beyond = (integrand[..., 0] + integrand[..., -1]) / np.expm1(_STEP / 2)
    mean_root = _STEP * (integrand.sum(axis=-1) + beyond) / (2 * np.sqrt(np.pi))
    return np.asarray(mean_root / np.sqrt(count[..., 0]))


def position_rms_gap(batch: ArrayLike, height: int, width: int, rho: float) -> FloatArray:
    """RMS of training output - inference output, sqrt(2 (1 - E[batch std] / sigma)). Gaussian.

    1 where all values of the batch are equal: the training output is then 0.
    """
    ratio = position_std_ratio(batch, height, width, rho)
    alone = check_batch_sizes(batch) == 1
    equal = alone & (rho == 1.0 or height * width == 1)
    return np.where(equal, 1.0, np.sqrt(2 * (1 - ratio)))


@lru_cache(maxsize=16)  # some 7 kB each
def _position_transform(
    height: int, width: int, rho: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Points of ln t; there the sum of ln(1 + 2 t l), and ln of the sum of w / (1 + 2 t l)."""
    (down, down_share), (across, across_share) = (
        _axis_spectrum(height, rho),
        _axis_spectrum(width, rho),
    )
    eigenvalues = np.outer(down, across).ravel()
    shares = np.outer(down_share, across_share).ravel()
    points = np.arange(_LOW, _HIGH, _STEP)
    scale = 2 * np.exp(points)
    small = scale * eigenvalues.max() < _SMALL
    few = scale[small, None] ** (1, 2)
    powers = eigenvalues[:, None] ** (1, 2)
    det = few @ (powers.sum(axis=0) / (1, -2))  # ln(1 + x) = x - x^2 / 2
    share = few @ ((shares @ powers) * (-1, 1))  # 1 / (1 + x) = 1 - x + x^2
    terms = 1 + scale[~small, None] * eigenvalues
    share_left = (1 / terms) @ shares
    return (
        points,
        np.concatenate([det, _log_of_product(terms)]),
        np.concatenate([np.log1p(share), np.log(share_left)]),
    )


def _log_of_product(terms: FloatArray) -> FloatArray:
    """ln of the product along axis 1, of factors up to some 1e25: one logarithm for twelve."""
    starts = np.arange(0, terms.shape[1], 12)
    return np.asarray(np.log(np.multiply.reduceat(terms, starts, axis=1)).sum(axis=1))


@lru_cache(maxsize=32)  # the same for both axes of a square map; 16 kB in all
def _axis_spectrum(length: int, rho: float) -> tuple[FloatArray, FloatArray]:
    """Eigenvalues of the correlations along one axis, and the share of 11' along each vector."""
    values, vectors = np.linalg.eigh(correlations(length, rho))
    # Where the positions agree all eigenvalues but one are 0, up to rounding.
    values = np.where(values > 1e-12 * length, values, 0.0)
    return values, vectors.sum(axis=0) ** 2 / length
