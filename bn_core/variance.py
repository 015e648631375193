"""Ways to compute a variance, and what float arithmetic leaves of each.

Every function takes samples along the last axis, (..., n), works in their dtype throughout, and
returns the biased variance (...). Source: Chan, Golub & LeVeque 1983, The American Statistician
37(3); Welford 1962, Technometrics 4(3).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bn_core.normalize import Array, statistics


def one_pass(x: Array) -> Array:
    """E[x^2] - E[x]^2: two large numbers that are nearly the same, subtracted."""
    return np.asarray(np.mean(x * x, axis=-1) - x.mean(axis=-1) ** 2)


def two_passes(x: Array) -> Array:
    """First the mean, then the mean square distance from it."""
    return np.asarray(np.mean((x - x.mean(axis=-1, keepdims=True)) ** 2, axis=-1))


def own(x: Array) -> Array:
    """What the layers here use: two passes, on shifted samples where the mean is far from zero."""
    return statistics(x, axis=-1)[1][..., 0]


def shifted_one_pass(x: Array) -> Array:
    """One pass on x minus its first sample, which lies near the mean."""
    return one_pass(x - x[..., :1])


def welford(x: Array) -> Array:
    """Mean and sum of squares brought up to date sample by sample."""
    samples = np.ascontiguousarray(np.moveaxis(x, -1, 0))
    mean = np.zeros_like(samples[0])
    squares = np.zeros_like(mean)
    # The method is sequential: each sample is measured from the mean of those before it.
    for count, sample in enumerate(samples, start=1):
        distance = sample - mean
        mean = mean + distance / x.dtype.type(count)
        squares = squares + distance * (sample - mean)
    return np.asarray(squares / x.dtype.type(len(samples)))


METHODS: dict[str, Callable[[Array], Array]] = {
    "one pass": one_pass,
    "Welford": welford,
    "shifted one pass": shifted_one_pass,
    "two passes": two_passes,
    "the layers' own": own,
}


@dataclass(frozen=True)
class VarianceErrors:
    """One method in one dtype: over the repetitions, at each mean / std, (n_ratios,).

    error is the root mean square relative error, negative the share of variances below zero.
    """

    method: str
    dtype: str
    error: Array
    negative: Array


def variance_errors(u: Array, ratios: Array) -> list[VarianceErrors]:
    """Each method in float32 and float64 on the samples ratio + u.

    u: standardised samples (n_repetitions, n); ratios: mean / std, (n_ratios,). The truth is
    the variance of the samples as they stand once rounded to the dtype, in longer arithmetic.
    """
    results = []
    for dtype in (np.dtype(np.float32), np.dtype(np.float64)):
        x: Array = (ratios[:, None, None] + u).astype(dtype)
        # The shift is exact enough in float64 already, and keeps the truth free of cancellation.
        truth = two_passes(x.astype(np.float64) - ratios[:, None, None])
        for method, variance in METHODS.items():
            with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
                found = variance(x).astype(np.float64)
                relative = found / truth - 1.0
                error = np.sqrt(np.mean(relative**2, axis=-1))
            negative = np.mean(found < 0, axis=-1)
            results.append(VarianceErrors(method, dtype.name, error, negative))
    return results
