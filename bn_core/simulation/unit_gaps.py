"""How far a trained unit's training outputs are from its inference outputs, over many batches.

No closed form is used: a mean over batches and runs is taken over every batch with every run.
"""

from dataclasses import dataclass

import numpy as np

from bn_core.normalize import statistics
from bn_core.simulation.batch_noise import nested_statistics
from bn_core.simulation.pool import batches
from bn_core.simulation.trained_unit import TrainedUnit, TrainingRuns
from bn_core.types import Array


@dataclass(frozen=True)
class MeasuredGaps:
    """Training output against inference output over all samples and runs; (sizes,) each."""

    rms: Array
    correlation: Array
    """Of the two outputs; nan where one of them does not vary."""


def measured_gaps(
    unit: TrainedUnit, sizes: tuple[int, ...], runs: TrainingRuns, *, alone: bool = False
) -> MeasuredGaps:
    """For batches of each size, after runs with batches of that size.

    alone: every sample comes in a batch of one, while the runs had larger ones. An output of 0/0
    counts as 0.
    """
    mean, var = nested_statistics(unit.shape, sizes, unit.seed)
    spread = 0.0 * var if alone else unit.std**2 * var
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        # Means over the samples of all batches: z is the training output, x the input less mu.
        z_square = np.where(spread > 0, spread / (spread + unit.eps), 0.0).mean(axis=1)
        z_x = np.where(spread > 0, spread / np.sqrt(spread + unit.eps), 0.0).mean(axis=1)
        x = unit.std * mean.mean(axis=1)
        x_square = unit.std**2 * ((var + mean * mean).mean(axis=1) + unit.separation**2)
        # And over the runs: y = x a - shift is the inference output.
        a, shift = runs.scale, runs.mean * runs.scale
        y = x * a.mean(axis=1) - shift.mean(axis=1)
        y_square = (
            x_square * (a * a).mean(axis=1)
            - 2 * x * (a * shift).mean(axis=1)
            + (shift * shift).mean(axis=1)
        )
        z_y = z_x * a.mean(axis=1)
        rms = np.sqrt(np.maximum(z_square - 2 * z_y + y_square, 0.0))
        rms = np.where(np.isinf(a).any(axis=1), np.inf, rms)
        return MeasuredGaps(rms, z_y / np.sqrt(z_square * (y_square - y * y)))


def gap_with_true_statistics(unit: TrainedUnit, batch: int) -> tuple[float, float]:
    """Mean batch std over the input's, and RMS gap if inference used the true mean and std.

    One class alone, std > 0. Without eps, and where no batch holds equal values, the gap is
    sqrt(2 (1 - that ratio)): for every shape E[z u] = E[batch std]/std.
    """
    mean, var = (
        np.ravel(found) for found in statistics(batches(unit.shape, batch, unit.seed, 8192), 1)
    )
    spread = unit.std**2 * var
    scale = unit.std / np.sqrt(unit.std**2 + unit.eps)
    with np.errstate(invalid="ignore", divide="ignore"):
        z_square = np.where(spread > 0, spread / (spread + unit.eps), 0.0)
        z_u = np.where(spread > 0, spread / np.sqrt(spread + unit.eps), 0.0) / unit.std
    u_square = var + mean * mean
    rms = float(np.sqrt(np.mean(z_square - 2 * z_u * scale + u_square * scale**2)))
    # E[u^2] = 1 is known: half of what it misses by here is taken off the mean std, which then
    # scatters less.
    ratio = float(np.mean(np.sqrt(var) - (u_square - 1) / 2))
    return ratio, rms
