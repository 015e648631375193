"""Many running estimates at once, each fed its own sequence of batches."""

from dataclasses import dataclass

import numpy as np

from bn_core.normalize import statistics
from bn_core.running import bias_corrected, running_path
from bn_core.simulation.pool import COLUMNS, LARGEST_BATCH, batches
from bn_core.types import Array


@dataclass(frozen=True)
class BatchSequence:
    """The batches that a set of paths saw; statistics in the input's units."""

    mean: Array
    """(paths, steps), the batch means."""
    var: Array
    """(paths, steps), the biased or unbiased batch variances."""
    first: Array
    """(steps, batch), the samples that the first path saw."""
    n_batches: int
    """How many different batches the paths were fed from."""


def draw_batches(
    shape: str,
    batch: int,
    seed: int,
    *,
    paths: int,
    steps: int,
    mean: float = 0.0,
    std: float = 1.0,
    drift: float = 0.0,
    unbiased: bool = False,
) -> BatchSequence:
    """Batches of an input whose mean moves by drift a step: batch t has mean + drift t (t from 1).

    Up to 2^20 values are drawn. Where the paths need more (large batches), all of them are fed at
    random from the same `n_batches` batches. unbiased variances need batch >= 2 (nan at 1).
    """
    wanted = paths * steps
    blocks = min(LARGEST_BATCH // batch, -(-wanted // COLUMNS))
    x = batches(shape, batch, seed, blocks * COLUMNS)
    batch_mean, batch_var = (s.ravel() for s in statistics(x, axis=1))
    n_batches = batch_mean.size
    fed = np.random.default_rng((seed, batch)).integers(n_batches, size=wanted)
    chosen = (np.arange(wanted) if n_batches >= wanted else fed).reshape(paths, steps)
    correction = 1.0
    if unbiased:
        correction = batch / (batch - 1) if batch > 1 else np.nan
    moved = mean + drift * np.arange(1, steps + 1)
    block, column = np.divmod(chosen[0], COLUMNS)
    return BatchSequence(
        mean=moved + std * batch_mean[chosen],
        var=std * std * correction * batch_var[chosen],
        first=moved[:, None] + std * x[block, :, column],
        n_batches=n_batches,
    )


def estimate_paths(
    values: Array, momentum: float | None, start: float, *, corrected: bool = False
) -> Array:
    """Paths (paths, steps + 1) of the running estimate of the batch statistics (paths, steps)."""
    path = running_path(values[:, :, None], momentum, start)
    return (bias_corrected(path, momentum) if corrected else path)[:, :, 0]


@dataclass(frozen=True)
class PathSummary:
    """Summary of a set of paths: the first one, a few others, and where 90 % of them are."""

    first: Array
    """(steps + 1,)."""
    others: Array
    """(few, steps + 1)."""
    low: Array
    """5 % of the paths lie below, (steps + 1,)."""
    high: Array
    """5 % of them lie above."""
    mean: Array
    """Over all paths, (steps + 1,)."""
    sd: Array
    paths: int


def summarize_paths(paths: Array, few: int = 5) -> PathSummary:
    """The spread of paths (paths, steps + 1) over the steps; nan stays nan."""
    low, high = np.quantile(paths, [0.05, 0.95], axis=0)
    return PathSummary(
        first=paths[0],
        others=paths[1 : 1 + few],
        low=low,
        high=high,
        mean=paths.mean(axis=0),
        sd=paths.std(axis=0),
        paths=len(paths),
    )
