"""Ways to compute a variance, and the error of each in float arithmetic.

Every function takes samples along the last axis, (..., n), works in their dtype throughout, and
returns the biased variance (...). Source: Chan, Golub & LeVeque 1983, The American Statistician
37(3); Welford 1962, Technometrics 4(3).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bn_core.normalize import statistics
from bn_core.types import Array


def one_pass(x: Array) -> Array:
    """E[x^2] - E[x]^2: two large numbers that are nearly the same, subtracted."""
    return np.asarray(np.mean(x * x, axis=-1) - x.mean(axis=-1) ** 2)


def clipped_one_pass(x: Array) -> Array:
    """One pass, with 0 in the place of what comes out below 0: Flax's use_fast_variance=True."""
    return np.maximum(one_pass(x), 0)


def two_passes(x: Array) -> Array:
    """First the mean, then the mean square distance from it."""
    return np.asarray(np.mean((x - x.mean(axis=-1, keepdims=True)) ** 2, axis=-1))


def shifted_two_passes(x: Array) -> Array:
    """What the layers here use: two passes, on shifted samples where the mean is far from zero."""
    return statistics(x, axis=-1)[1][..., 0]


def shifted_one_pass(x: Array) -> Array:
    """One pass on x minus its first sample, which lies near the mean."""
    return one_pass(x - x[..., :1])


def welford(x: Array) -> Array:
    """Mean and sum of squares updated sample by sample."""
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
    "Flax's default": clipped_one_pass,
    "Welford": welford,
    "shifted one pass": shifted_one_pass,
    "two passes": two_passes,
    "the layers' own": shifted_two_passes,
}


@dataclass(frozen=True)
class VarianceErrors:
    """One method in one dtype: over the repetitions, at each mean / std, (n_ratios,).

    error is the root mean square error over the input's variance, negative the share of variances
    below zero. Relative to the batch's own variance that mean would be infinite for small
    batches, some of which have almost no variance.
    """

    method: str
    dtype: str
    error: Array
    negative: Array


def variance_errors(u: Array, ratios: Array) -> list[VarianceErrors]:
    """Each method in float32 and float64 on the samples ratio + u.

    u: samples (n_repetitions, n) of an input with variance 1; ratios: mean / std, (n_ratios,).
    The truth is the variance of the samples as rounded to the dtype, computed in float64.
    """
    results = []
    for dtype in (np.dtype(np.float32), np.dtype(np.float64)):
        x: Array = (ratios[:, None, None] + u).astype(dtype)
        # The shift is exact enough in float64 already, and keeps the truth free of cancellation.
        truth = shifted_two_passes(x.astype(np.float64) - ratios[:, None, None])
        for method, variance in METHODS.items():
            with np.errstate(invalid="ignore", over="ignore"):
                found = variance(x).astype(np.float64)
                error = np.sqrt(np.mean((found - truth) ** 2, axis=-1))
            negative = np.mean(found < 0, axis=-1)
            results.append(VarianceErrors(method, dtype.name, error, negative))
    return results


def output_std(x: Array, variance: Callable[[Array], Array], eps: float) -> Array:
    """Std of each batch after a norm that computes its variance so, (...); 1 is meant for eps 0.

    nan for a batch without spread and eps 0, infinite where the variance alone came out as 0.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        found = variance(x) + x.dtype.type(eps)
        spread = np.sqrt(shifted_two_passes(x.astype(np.float64)))
        return np.asarray(spread / np.sqrt(found.astype(np.float64)))
