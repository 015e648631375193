"""Batches drawn from given activations: how far their statistics scatter, no formula used.

Examples are drawn with replacement, each with all its positions, as a batch of a training run
brings them. The batches of different sizes are nested (each is the start of the next larger one),
so that a picture over the batch size moves smoothly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bn_core.checks import check_count
from bn_core.types import Array

LARGEST_BATCH = 512
_MOST_BATCHES = 1024
_VALUES = 8192  # batches times features


@dataclass(frozen=True)
class Resampled:
    """Of each batch at each size, (sizes, batches, features); mean about that of all values."""

    mean: Array
    var: Array
    """The biased variance."""


def resampled_statistics(mean: Array, square: Array, sizes: Sequence[int], seed: int) -> Resampled:
    """Mean and variance of nested batches of each of `sizes` (increasing, up to LARGEST_BATCH).

    mean, square: mean and mean square of each example, (examples, features), about the mean of all.
    There are 128 batches of 64 features, more of fewer features, up to 1024.
    Raises ValueError for sizes that do not increase or lie outside the range.
    """
    if list(sizes) != sorted({check_count("a batch size", size) for size in sizes}):
        raise ValueError(f"sizes must increase, got {tuple(sizes)}.")
    if sizes and sizes[-1] > LARGEST_BATCH:
        raise ValueError(f"sizes must be at most {LARGEST_BATCH}, got {tuple(sizes)}.")
    n_examples, n_features = mean.shape
    batches = min(max(_VALUES // n_features, 1), _MOST_BATCHES)
    chosen = np.random.default_rng((seed, 4)).integers(n_examples, size=(LARGEST_BATCH, batches))
    found = np.empty((2, len(sizes), batches, n_features))
    total = np.zeros((2, batches, n_features))
    start = 0
    for at, size in enumerate(sizes):
        for row in chosen[start:size]:
            total[0] += mean[row]
            total[1] += square[row]
        np.divide(total, size, out=found[:, at])
        start = size
    var = found[1] - found[0] ** 2
    # Of equal values rounding alone is left.
    spread = np.mean(square, axis=0)
    return Resampled(found[0], np.where(var < 1e-13 * spread, 0.0, var))


@dataclass(frozen=True)
class Errors:
    """RMS errors of each feature at each size, (sizes, features)."""

    mean: Array
    """sd of the batch mean, in stds of the feature."""
    var: Array
    """sd of the batch variance over its average; nan where that is 0."""
    output: Array
    """RMS of training output - inference output, in stds of the latter."""


def resampled_errors(drawn: Resampled, var: Array, eps: float) -> Errors:
    """How far the batches' statistics and outputs are from those of all values.

    var: the features' variances (features,), all above 0. Inference uses the mean and variance of
    all values. A batch without spread and without eps comes out as 0.
    """
    batch_sd = drawn.mean.std(axis=1) / np.sqrt(var)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(drawn.var + eps > 0, 1 / np.sqrt(drawn.var + eps), 0.0)
        relative = drawn.var.std(axis=1) / drawn.var.mean(axis=1)
    right = 1 / np.sqrt(var + eps)
    # The mean over a batch of (z - u)^2, with z = (x - m) scale, u = x right: x's mean square is
    # v + m^2, and the mean of (x - m) x is v.
    gaps = drawn.var * (scale - right) ** 2 + (drawn.mean * right) ** 2
    output = np.sqrt(gaps.mean(axis=1) / var) / right
    return Errors(batch_sd, relative, output)
