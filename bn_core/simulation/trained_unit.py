"""One unit after some training: the running statistics that many training runs leave it with.

No closed form is used: the running statistics are updated batch by batch.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bn_core.running import update
from bn_core.simulation.batch_noise import nested_statistics
from bn_core.simulation.pool import COLUMNS
from bn_core.types import Array

N_RUNS = 256


@dataclass(frozen=True)
class TrainedUnit:
    """A unit's input, and the training that its running statistics have behind them.

    mean, std: of the input; with classes apart the std is that within a class, and the classes'
    means lie at mean +- separation * std, each batch being of one class. steps: batches seen;
    the running statistics started at 0 and 1.
    """

    shape: str
    seed: int
    mean: float
    std: float
    eps: float
    steps: int
    momentum: float
    unbiased: bool = False
    separation: float = 0.0


@dataclass(frozen=True)
class TrainingRuns:
    """Running statistics of many training runs, in the input's units; (sizes, N_RUNS) each.

    Inference subtracts `mean` (a distance from the input's mean) and multiplies by `scale`.
    """

    mean: Array
    var: Array
    scale: Array


def training_runs(unit: TrainedUnit, sizes: tuple[int, ...]) -> TrainingRuns:
    """The runs at each of several batch sizes (increasing); their batches are nested.

    nan for batches of one with the unbiased variance, once there was one.
    """
    start, mean, var, side = _running_estimates(
        unit.shape, sizes, unit.seed, unit.steps, unit.momentum
    )
    count = np.asarray(sizes, dtype=np.float64)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        if unit.unbiased and unit.steps:
            var = var * (count / (count - 1))
        running_mean = unit.std * (mean + unit.separation * side) - start * unit.mean
        running_var = unit.std**2 * var + start
        return TrainingRuns(running_mean, running_var, 1.0 / np.sqrt(running_var + unit.eps))


@lru_cache(maxsize=32)  # at most 3 MB, with the batch sizes of the app
def _running_estimates(
    shape: str, sizes: tuple[int, ...], seed: int, steps: int, momentum: float
) -> tuple[float, Array, Array, Array]:
    """What is left of the start, and what the runs took in: of means, variances and class sides.

    The batches come at random from the pool's, the same ones for any number of steps. Kept, since
    mean, std and eps of the input do not change it.
    """
    batch_mean, batch_var = nested_statistics(shape, sizes, seed)
    rng = np.random.default_rng((seed, 1))
    start: Array = np.ones(())
    side: Array = np.zeros(N_RUNS)
    mean: Array = np.zeros((len(sizes), N_RUNS))
    var: Array = np.zeros((len(sizes), N_RUNS))
    for step in range(steps):
        fed = rng.integers(COLUMNS, size=N_RUNS)
        start = update(start, np.zeros(()), momentum, step)
        mean = update(mean, batch_mean[:, fed], momentum, step)
        var = update(var, batch_var[:, fed], momentum, step)
        side = update(side, rng.choice([-1.0, 1.0], N_RUNS), momentum, step)
    return float(start), mean, var, side
