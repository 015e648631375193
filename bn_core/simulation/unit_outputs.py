"""Training and inference outputs of single samples in a trained unit."""

from functools import lru_cache

import numpy as np

from bn_core.normalize import statistics
from bn_core.simulation.batch_noise import nested_statistics
from bn_core.simulation.pool import COLUMNS, batches, pool
from bn_core.simulation.trained_unit import N_RUNS, TrainedUnit, TrainingRuns
from bn_core.types import Array


def some_outputs(
    unit: TrainedUnit,
    sizes: tuple[int, ...],
    runs: TrainingRuns,
    at: int,
    count: int,
    *,
    alone: bool = False,
) -> tuple[Array, Array]:
    """Training and inference output of the first samples of so many batches, (count,) each.

    at: which of the sizes. Each batch has a run of its own (up to N_RUNS); where classes are apart,
    the batches of the two take turns.
    """
    u = pool(unit.shape, unit.seed)[0, :count]
    mean, var = (found[at, :count] for found in nested_statistics(unit.shape, sizes, unit.seed))
    side = np.where(np.arange(count) % 2 == 0, 1.0, -1.0) * unit.separation
    run = np.arange(count) % N_RUNS
    with np.errstate(invalid="ignore"):
        inference = (unit.std * (u + side) - runs.mean[at, run]) * runs.scale[at, run]
    if alone:
        return np.zeros(count), inference
    return _scaled(unit.std * (u - mean), unit.std**2 * var, unit.eps), inference


def fixed_sample_outputs(unit: TrainedUnit, batch: int, u: float) -> Array:
    """Training output of a sample at u, in stds, with the other samples of some 8192 batches.

    Fewer where the pool ends, see batches; 0/0 counts as 0.
    """
    mean, var = _other_samples(unit.shape, batch, unit.seed)
    distance = (u - mean) * (batch - 1) / batch
    whole = (var + (u - mean) ** 2 / batch) * (batch - 1) / batch
    return _scaled(unit.std * distance, unit.std**2 * whole, unit.eps)


def _scaled(distance: Array, var: Array, eps: float) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(var + eps > 0, distance / np.sqrt(var + eps), 0.0)


@lru_cache(maxsize=8)  # at most 1 MB
def _other_samples(shape: str, batch: int, seed: int) -> tuple[Array, Array]:
    """Mean and biased variance of a batch without its first sample; zeros for a batch of one."""
    if batch == 1:
        return np.zeros(COLUMNS), np.zeros(COLUMNS)
    mean, var = statistics(batches(shape, batch, seed, 8192)[:, 1:], axis=1)
    return mean.ravel(), var.ravel()
