"""What the closed forms need beyond numpy: log-gamma, normal and chi, over whole arrays."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from bn_core.types import FloatArray

REACH = 9.0  # standard deviations of a chi distribution that an integral covers


def as_floats(x: ArrayLike) -> FloatArray:
    """x as an array of float64, of the same shape."""
    return np.asarray(x, dtype=np.float64)


def log_gamma(x: ArrayLike) -> FloatArray:
    """ln Gamma(x) for x >= 0, elementwise; +inf at the pole x = 0."""
    values = as_floats(x)
    flat = [math.inf if v == 0.0 else math.lgamma(v) for v in values.ravel()]
    return np.array(flat, dtype=np.float64).reshape(values.shape)


def normal_pdf(x: ArrayLike) -> FloatArray:
    """Density of the standard normal distribution."""
    values = as_floats(x)
    return np.asarray(np.exp(-0.5 * values * values) / math.sqrt(2.0 * math.pi))


def normal_cdf(x: ArrayLike) -> FloatArray:
    """P(N(0, 1) <= x), elementwise."""
    values = as_floats(x)
    flat = [0.5 * math.erfc(-v / math.sqrt(2.0)) for v in values.ravel()]
    return np.array(flat, dtype=np.float64).reshape(values.shape)


def chi_pdf(y: ArrayLike, degrees: ArrayLike) -> FloatArray:
    """Density at y >= 0 of the root of a chi2 variable with these degrees of freedom."""
    values, n = as_floats(y), as_floats(degrees)
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.where(n == 1.0, 0.0, (n - 1.0) * np.log(values))
        log_density = (
            (1.0 - n / 2.0) * math.log(2.0) - log_gamma(n / 2.0) + power - values * values / 2.0
        )
        return np.asarray(np.exp(log_density))


@lru_cache(maxsize=4)
def _legendre(count: int) -> tuple[FloatArray, FloatArray]:
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return as_floats(nodes), as_floats(weights)


def legendre_between(
    low: FloatArray, high: FloatArray, count: int = 160
) -> tuple[FloatArray, FloatArray]:
    """Points and weights of Gauss-Legendre integration from low to high, (..., count) each.

    low, high: (..., 1).
    """
    nodes, weights = _legendre(count)
    half = (high - low) / 2
    return low + half * (nodes + 1), half * weights


def chi_nodes(degrees: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Points of chi distributions and their weights, degrees.shape + (160,) each."""
    n = as_floats(degrees)[..., None]
    middle = np.sqrt(n)
    y, share = legendre_between(np.maximum(middle - REACH, 0.0), middle + REACH)
    weight = chi_pdf(y, n) * share
    return y, weight / weight.sum(axis=-1, keepdims=True)


def check_batch_sizes(batch: ArrayLike) -> FloatArray:
    """Batch sizes as floats, of the same shape; ValueError unless whole and at least 1."""
    sizes = as_floats(batch)
    if np.any(sizes < 1) or np.any(sizes != np.floor(sizes)):
        raise ValueError(
            f"batch must hold whole numbers of at least 1, got {batch!r}: it is how many samples a "
            "batch has."
        )
    return sizes
