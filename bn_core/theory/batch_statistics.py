"""How far the mean and the variance of a batch are from those of the input.

Textbook sampling theory. Every function takes the batch size B as a number or an array and
returns the same shape. sigma is the input's standard deviation, excess kurtosis 0 is Gaussian.
A batch size that is no whole number of at least 1 raises ValueError.
"""

import numpy as np
from numpy.typing import ArrayLike

from bn_core.theory.distributions import (
    as_floats,
    check_batch_sizes,
    chi_pdf,
    log_gamma,
    normal_pdf,
)
from bn_core.types import FloatArray


def batch_mean_sd(batch: ArrayLike, sigma: float = 1.0) -> FloatArray:
    """sd of the batch mean, sigma / sqrt(B), in the input's units. Any input."""
    return np.asarray(sigma / np.sqrt(check_batch_sizes(batch)))


def batch_mean_pdf(value: ArrayLike, batch: ArrayLike, sigma: float = 1.0) -> FloatArray:
    """Density of (batch mean - mu) at value, normal with sd sigma/sqrt(B). Gaussian; sigma > 0.

    For other input this is the limit for large B (central limit theorem).
    """
    sd = batch_mean_sd(batch, sigma)
    return np.asarray(normal_pdf(as_floats(value) / sd) / sd)


def batch_var_mean(batch: ArrayLike, sigma: float = 1.0, *, unbiased: bool = False) -> FloatArray:
    """Mean of the batch variance, in squared units: sigma^2 (B-1)/B, unbiased sigma^2. Any input.

    At B = 1 the biased variance is always 0; the unbiased one is 0/0, so nan.
    """
    b = check_batch_sizes(batch)
    if unbiased:
        return np.where(b == 1, np.nan, sigma * sigma)
    return np.asarray(sigma * sigma * (b - 1) / b)


def batch_var_relative_sd(batch: ArrayLike, excess_kurtosis: float = 0.0) -> FloatArray:
    """sd of the batch variance over its mean, sqrt(k/B + 2/(B-1)); biased and unbiased alike.

    Any input with that excess kurtosis k; nan at B = 1, where the variance is 0 or undefined.
    """
    b = check_batch_sizes(batch)
    with np.errstate(divide="ignore"):
        spread = np.sqrt(excess_kurtosis / b + 2.0 / (b - 1))
    return np.where(b == 1, np.nan, spread)


def batch_var_sd(
    batch: ArrayLike, sigma: float = 1.0, excess_kurtosis: float = 0.0, *, unbiased: bool = False
) -> FloatArray:
    """sd of the batch variance, in squared units. Any input; at B = 1 0, unbiased nan."""
    mean = batch_var_mean(batch, sigma, unbiased=unbiased)
    spread = mean * batch_var_relative_sd(batch, excess_kurtosis)
    return spread if unbiased else np.where(check_batch_sizes(batch) == 1, 0.0, spread)


def std_ratio(batch: ArrayLike) -> FloatArray:
    """b(B) = E[biased batch std] / sigma = sqrt(2/B) Gamma(B/2) / Gamma((B-1)/2). Gaussian.

    0 at B = 1, where the std is always 0; 0.564 at 2, 0.798 at 4; towards 1 as 1 - 3/(4B).
    """
    b = check_batch_sizes(batch)
    return np.asarray(np.sqrt(2.0 / b) * np.exp(log_gamma(b / 2) - log_gamma((b - 1) / 2)))


def inverse_std_mean(batch: ArrayLike) -> FloatArray:
    """E[sigma / biased batch std] = sqrt(B/2) Gamma((B-2)/2) / Gamma((B-1)/2). Gaussian.

    inf at B = 2 (tail 1/w^2) and at B = 1 (the std is 0).
    """
    b = check_batch_sizes(batch)
    finite = np.maximum(b, 3)
    mean = np.sqrt(finite / 2) * np.exp(log_gamma((finite - 2) / 2) - log_gamma((finite - 1) / 2))
    return np.where(b < 3, np.inf, mean)


def inverse_std_pdf(ratio: ArrayLike, batch: ArrayLike) -> FloatArray:
    """Density of w = sigma / biased batch std at ratio > 0. Gaussian, B >= 2.

    w = sqrt(B / chi2(B-1)); far out the density falls as w^-B.
    """
    w, b = as_floats(ratio), _at_least_two(batch)
    return np.asarray(chi_pdf(np.sqrt(b) / w, b - 1) * np.sqrt(b) / (w * w))


def batch_var_pdf(variance: ArrayLike, batch: ArrayLike, sigma: float = 1.0) -> FloatArray:
    """Density of the biased batch variance, sigma^2 chi2(B-1)/B. Gaussian, B >= 2.

    inf at variance 0 for B = 2, and a width of 0 has no density: sigma must be positive.
    """
    b = _at_least_two(batch)
    scale = sigma * sigma / b
    y = np.sqrt(as_floats(variance) / scale)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(chi_pdf(y, b - 1) / (2.0 * y * scale))


def _at_least_two(batch: ArrayLike) -> FloatArray:
    b = check_batch_sizes(batch)
    if np.any(b < 2):
        raise ValueError(
            f"batch must be >= 2 here, got {batch!r}: one sample has no spread and so no density"
        )
    return b
