"""Statistics of a batch of feature maps, whose positions are correlated: what they are worth.

A batch of N independent maps of height x width positions; two positions that are i rows and j
columns apart have the correlation rho^(i + j). The mean and the biased variance run over all
N height width values, as in batch normalisation of a convolution's output. Lengths are in
positions, sigma is the input's std. batch may be an array.

Source: derived; tau is the integrated autocorrelation time of time series (Priestley 1981, Spectral
Analysis and Time Series, section 5.3), for each axis, since the correlation is a product.
Raises ValueError for a batch, height or width that is no whole number of at least 1, and for a
correlation outside 0..1.
"""

import numpy as np
from numpy.typing import ArrayLike

from bn_core.checks import check_count, check_share
from bn_core.theory.distributions import check_batch_sizes
from bn_core.types import FloatArray


def correlations(length: int, rho: float) -> FloatArray:
    """The matrix (length, length) of the correlations along one axis, rho^|i - j|."""
    steps = np.arange(check_count("length", length))
    return np.asarray(check_share("correlation", rho) ** np.abs(steps[:, None] - steps))


def axis_tau(length: int, rho: float) -> float:
    """1 + 2 sum over k = 1 .. length - 1 of (1 - k/length) rho^k, in 1..length. Any input.

    So many positions in a row are worth one: 1 where they are independent, all where they agree.
    """
    return float(correlations(length, rho).sum() / length)


def tau(height: int, width: int, rho: float) -> float:
    """How many positions of a map are worth one independent one. Any input."""
    return axis_tau(height, rho) * axis_tau(width, rho)


def effective_batch(batch: ArrayLike, height: int, width: int, rho: float) -> FloatArray:
    """N height width / tau: independent values whose mean is as exact as the batch's. Any input.

    At least one for each example.
    """
    positions = height * width / tau(height, width, rho)
    return np.asarray(check_batch_sizes(batch) * positions)


def mean_sd(
    batch: ArrayLike, height: int, width: int, rho: float, sigma: float = 1.0
) -> FloatArray:
    """sd of the batch mean, sigma sqrt(tau / (N height width)), in the input's units. Any input."""
    return np.asarray(sigma / np.sqrt(effective_batch(batch, height, width, rho)))


def var_mean(
    batch: ArrayLike, height: int, width: int, rho: float, sigma: float = 1.0
) -> FloatArray:
    """Mean of the biased variance, sigma^2 (1 - tau / (N height width)). Any input.

    Positions that agree hide a part of the spread: dividing by the count less one does not help.
    """
    return np.asarray(sigma * sigma * (1 - 1 / effective_batch(batch, height, width, rho)))


def var_sd(batch: ArrayLike, height: int, width: int, rho: float, sigma: float = 1.0) -> FloatArray:
    """sd of the biased variance, in squared units. Gaussian.

    The variance is x' M x / n with M = I - 11'/n, so that its own variance is 2 tr((M S)^2) / n^2
    for a covariance S; of N maps, and of the two axes, the traces and sums are products.
    """
    n_maps = check_batch_sizes(batch)
    down, across = correlations(height, rho), correlations(width, rho)
    n = n_maps * height * width
    square = n_maps * (down**2).sum() * (across**2).sum()  # tr(S S)
    between = n_maps * (down @ down).sum() * (across @ across).sum()  # 1' S S 1
    total = n_maps * down.sum() * across.sum()  # 1' S 1
    trace = square - 2 * between / n + (total / n) ** 2
    return np.asarray(sigma * sigma * np.sqrt(2 * np.maximum(trace, 0.0)) / n)
