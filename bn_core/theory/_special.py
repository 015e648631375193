"""What the closed forms need beyond numpy: log-gamma and the normal law, over whole arrays."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

REACH = 9.0  # standard deviations of a normal or chi law that an integral covers


def as_floats(x: ArrayLike) -> FloatArray:
    return np.asarray(x, dtype=np.float64)


def log_gamma(x: ArrayLike) -> FloatArray:
    """ln Gamma(x) for x >= 0, elementwise; +inf at the pole x = 0."""
    values = as_floats(x)
    flat = [math.inf if v == 0.0 else math.lgamma(v) for v in values.ravel()]
    return np.array(flat, dtype=np.float64).reshape(values.shape)


def normal_pdf(x: ArrayLike) -> FloatArray:
    """Density of the standard normal law."""
    values = as_floats(x)
    return np.asarray(np.exp(-0.5 * values * values) / math.sqrt(2.0 * math.pi))


def normal_cdf(x: ArrayLike) -> FloatArray:
    """P(N(0, 1) <= x), elementwise."""
    values = as_floats(x)
    flat = [0.5 * math.erfc(-v / math.sqrt(2.0)) for v in values.ravel()]
    return np.array(flat, dtype=np.float64).reshape(values.shape)


def chi_pdf(y: ArrayLike, degrees: ArrayLike) -> FloatArray:
    """Density of the chi law (the root of chi2) with the given degrees of freedom, for y >= 0."""
    values, n = as_floats(y), as_floats(degrees)
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.where(n == 1.0, 0.0, (n - 1.0) * np.log(values))
        log_density = (
            (1.0 - n / 2.0) * math.log(2.0) - log_gamma(n / 2.0) + power - values * values / 2.0
        )
        return np.asarray(np.exp(log_density))


@lru_cache(maxsize=1)
def _legendre() -> tuple[FloatArray, FloatArray]:
    nodes, weights = np.polynomial.legendre.leggauss(160)
    return as_floats(nodes), as_floats(weights)


def normal_nodes() -> tuple[FloatArray, FloatArray]:
    """Points of a standard normal and their weights (Gauss-Legendre), for expectations of it."""
    nodes, weights = _legendre()
    x = REACH * nodes
    weight = normal_pdf(x) * weights
    return x, weight / weight.sum()


def chi_nodes(degrees: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Points of the chi law and their weights, along a further last axis after that of degrees."""
    n = as_floats(degrees)[..., None]
    nodes, weights = _legendre()
    middle = np.sqrt(n)
    low, high = np.maximum(middle - REACH, 0.0), middle + REACH
    y = low + (high - low) * (nodes + 1) / 2
    weight = chi_pdf(y, n) * weights
    return y, weight / weight.sum(axis=-1, keepdims=True)


def checked_batch(batch: ArrayLike) -> FloatArray:
    """Batch sizes as floats; whole numbers from 1 up are expected."""
    sizes = as_floats(batch)
    if np.any(sizes < 1) or np.any(sizes != np.floor(sizes)):
        raise ValueError(
            f"batch must hold whole numbers of at least 1, got {batch!r}: it is how many samples a "
            "batch has."
        )
    return sizes
