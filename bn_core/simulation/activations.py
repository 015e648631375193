"""Given activations reduced to what pictures and batches need, in blocks: arrays may be large.

x is (examples, ..., features), of any real dtype: what stands between examples and features are
positions. Values must be finite, and below 1e70 so that their fourth powers are numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bn_core.types import Array, FloatArray, Indices, Numbers

_BLOCK = 2**19  # values at a time, 4 MB


@dataclass(frozen=True)
class FeatureMoments:
    """Over all examples and positions, (features,) each."""

    count: int
    mean: FloatArray
    var: FloatArray
    """Biased."""
    skewness: FloatArray
    """nan where the variance is 0, as the next."""
    kurtosis: FloatArray
    """The excess over a Gaussian's."""
    zeros: FloatArray
    """Share of values that are 0 exactly."""


def feature_moments(x: Numbers) -> FeatureMoments:
    """The first four moments, in two passes: far from zero no digit is lost."""
    count = x.size // x.shape[-1]
    total, zeros = np.zeros((2, x.shape[-1]))
    first = _rows(x[:1])[0]
    for block in _blocks(x):
        zeros += np.count_nonzero(block == 0, axis=0)
        total += (block - first).sum(axis=0)
    mean = first + total / count
    powers = np.zeros((3, x.shape[-1]))
    for block in _blocks(x):
        block -= mean
        square = block * block
        powers[0] += square.sum(axis=0)
        powers[1] += np.einsum("rf,rf->f", square, block)
        powers[2] += np.einsum("rf,rf->f", square, square)
    var, third, fourth = powers / count
    with np.errstate(divide="ignore", invalid="ignore"):
        skewness, kurtosis = third / var**1.5, fourth / var**2 - 3
    return FeatureMoments(count, mean, var, skewness, kurtosis, zeros / count)


def some(count: int, most: int) -> Indices:
    """Up to `most` of the numbers below count, evenly spread, the first and the last among them."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.intp))


def some_examples(count: int, most: int) -> Indices:
    """Up to `most` of the numbers below count, increasing, drawn at random, always the same."""
    if count <= most:
        return np.arange(count)
    return np.sort(np.random.default_rng(0).choice(count, most, replace=False))


def example_statistics(
    x: Numbers, examples: Indices, features: Indices, mean: Array
) -> tuple[FloatArray, FloatArray]:
    """Mean and mean square over its positions of each of these examples, (examples, features).

    About the mean of these examples. mean: near it, (features,); it is subtracted first.
    """
    means, squares = np.empty((2, examples.size, features.size))
    for start, stop in _cuts(x):
        if start >= examples.size:
            break
        part = np.asarray(x[examples[start:stop]][..., features], np.float64) - mean
        part = part.reshape(len(part), -1, features.size)
        means[start:stop] = part.mean(axis=1)
        squares[start:stop] = np.einsum("npf,npf->nf", part, part) / part.shape[1]
    offset = means.mean(axis=0)
    # (x - offset)^2 = x^2 - 2 offset x + offset^2, on average over an example's positions.
    squares += offset * (offset - 2 * means)
    means -= offset
    return means, np.maximum(squares, means**2)


def lag_correlations(x: Numbers, mean: Array, axis: int, most: int = 16) -> FloatArray:
    """Correlation of two positions k apart along an axis of x, of each feature: (lags, features).

    Lags 0 to `most`, as far as the axis goes; about the feature's mean over all, so that what an
    example's positions have in common counts. nan where the positions do not vary.
    """
    centred = np.moveaxis(np.asarray(x, np.float64) - mean, axis, 0)
    length = len(centred)
    flat = centred.reshape(length, -1, x.shape[-1])
    squares = np.einsum("prf,prf->pf", flat, flat)
    found = []
    for lag in range(min(length - 1, most) + 1):
        product = np.einsum("prf,prf->f", flat[: length - lag], flat[lag:])
        sizes = squares[: length - lag].sum(axis=0) * squares[lag:].sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            found.append(product / np.sqrt(sizes))
    return np.stack(found)


def _cuts(x: Numbers) -> Iterator[tuple[int, int]]:
    """Where blocks of whole examples begin and end."""
    size = max(_BLOCK * len(x) // max(x.size, 1), 1)
    for start in range(0, len(x), size):
        yield start, min(start + size, len(x))


def _blocks(x: Numbers) -> Iterator[Array]:
    """Blocks (rows, features) in float64, each in memory of its own."""
    for start, stop in _cuts(x):
        yield _rows(x[start:stop])


def _rows(x: Numbers) -> Array:
    return np.array(x, np.float64, order="C").reshape(-1, x.shape[-1])
