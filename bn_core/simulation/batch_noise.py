"""How far batch statistics scatter, and the normalised samples. Input of std 1 and mean 0."""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from bn_core.normalize import normalize, statistics
from bn_core.simulation.pool import batches, pool
from bn_core.types import Array


@dataclass(frozen=True)
class BatchStatistics:
    """Mean and biased variance of each batch, and how large the batches were."""

    batch: int
    mean: Array
    """(n_batches,)."""
    var: Array
    """(n_batches,)."""


def batch_statistics(shape: str, batch: int, seed: int, wanted: int = 8192) -> BatchStatistics:
    """Statistics of up to `wanted` batches of one size; fewer where the pool ends, see batches."""
    mean, var = statistics(batches(shape, batch, seed, wanted), axis=1)
    return BatchStatistics(batch, mean.ravel(), var.ravel())


@lru_cache(maxsize=8)  # at most 5 MB, with the batch sizes of the app
def nested_statistics(shape: str, sizes: tuple[int, ...], seed: int) -> tuple[Array, Array]:
    """Mean and biased variance of the same batches cut at each of `sizes` (increasing).

    Two arrays (sizes, COLUMNS); column j holds batches of which each is the start of the next.
    """
    rows, count = pool(shape, seed), np.asarray(sizes)[:, None]
    added = [rows[start:end] for start, end in pairwise((0, *sizes))]
    # A fifteenth of the time of np.add.reduceat, which adds without vectors along this axis.
    mean = np.stack([part.sum(axis=0) for part in added]).cumsum(axis=0) / count
    squares = [np.einsum("ij,ij->j", part, part) for part in added]
    square = np.stack(squares).cumsum(axis=0) / count
    # One pass will do: the draws are standardised, so the mean is small beside the spread.
    var = square - mean * mean
    return mean, np.where(var < 1e-13, 0.0, var)  # of equal values rounding alone is left


@dataclass(frozen=True)
class StatisticBySize:
    """A batch statistic at each of several sizes, (n_sizes,), and a few of its values."""

    mean: Array
    sd: Array
    some: Array
    """(n_sizes, few), the same batches at every size."""


def statistics_by_size(
    shape: str, sizes: tuple[int, ...], seed: int, few: int = 6
) -> tuple[StatisticBySize, StatisticBySize]:
    """How the batch mean and the biased batch variance narrow as the same batches grow."""
    mean, var = nested_statistics(shape, sizes, seed)
    made = [StatisticBySize(x.mean(axis=1), x.std(axis=1), x[:, :few]) for x in (mean, var)]
    return made[0], made[1]


@dataclass(frozen=True)
class RelativeErrors:
    """RMS errors over batches, one for each size (n_sizes,)."""

    sizes: tuple[int, ...]
    mean: Array
    """RMS error of the batch mean, in units of sigma."""
    var: Array
    """The sd of the batch variance over its mean; nan at batch size 1."""
    output: Array
    """RMS of the training output minus that with the true statistics, in stds of the latter."""
    own_share: Array
    """Share of an output's variance that the sample itself decides; nan at batch size 1."""


def relative_errors(
    shape: str, sizes: tuple[int, ...], seed: int, eps_ratio: float = 0.0
) -> RelativeErrors:
    """Errors of COLUMNS nested batches for each size. eps_ratio is eps / sigma^2."""
    mean, var = nested_statistics(shape, sizes, seed)
    first = pool(shape, seed)[0]
    trained, _ = normalize(first, mean, var, eps_ratio)
    right, _ = normalize(first, np.zeros_like(mean), np.ones_like(var), eps_ratio)
    # A batch without spread comes out as 0, as in the limit of small eps.
    trained = np.where(var + eps_ratio > 0, trained, 0.0)
    gap = trained - right
    with np.errstate(invalid="ignore"):
        var_error = var.std(axis=1) / var.mean(axis=1)
        correlation = np.mean(first * trained, axis=1) / (_rms(trained) * _rms(first[None]))
    output = _rms(gap) * math.sqrt(1.0 + eps_ratio)
    return RelativeErrors(sizes, _rms(mean), var_error, output, correlation**2)


def outputs(
    shape: str,
    n: int,
    seed: int,
    eps_ratio: float = 0.0,
    *,
    others: bool = False,
    values: int = 65536,
) -> Array:
    """Normalised outputs of groups of n values that share their statistics: flat, some `values`.

    n is the batch size (batch norm) or the feature count (layer norm); others: see batches.
    Groups without any spread come out as 0.
    """
    x = batches(shape, n, seed, max(values // n, 1), others=others)
    mean, var = statistics(x, axis=1)
    z, _ = normalize(x, mean, var, eps_ratio)
    return np.where(var + eps_ratio > 0, z, 0.0).ravel()


def _rms(values: Array) -> Array:
    return np.asarray(np.sqrt(np.mean(values * values, axis=1)))
