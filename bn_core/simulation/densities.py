"""Simulated distributions as histograms, to be drawn under their closed forms."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from bn_core.simulation.batch_noise import batch_statistics, outputs
from bn_core.simulation.trained_unit import TrainedUnit
from bn_core.simulation.unit_outputs import fixed_sample_outputs
from bn_core.types import Array, FloatArray

BINS = 25  # odd, so that an output of 0 has a bin of its own
WIDEST = 4.5  # how far the histograms of outputs reach, in standard deviations


@dataclass(frozen=True)
class Density:
    """A histogram: density between edges, for `count` values, of which some may lie outside."""

    edges: FloatArray
    density: FloatArray
    count: int


def density(values: Array, edges: ArrayLike) -> Density:
    """Shares of all the values in each bin, over the bin's width; values of any shape."""
    borders = np.asarray(edges, dtype=np.float64)
    counts, _ = np.histogram(values, borders)
    return Density(borders, counts / (np.diff(borders) * max(values.size, 1)), values.size)


def density_around(values: Array, floor: float = -np.inf) -> Density | None:
    """The histogram of nearly all values, in bins that begin at the floor where it is near.

    values: finite, none below floor. None where all are equal.
    """
    mean, sd = float(values.mean()), float(values.std())
    if sd <= 1e-9 * max(1.0, abs(mean)):
        return None
    return density(values, np.linspace(max(floor, mean - 4.5 * sd), mean + 5.5 * sd, 51))


def output_edges(n: int) -> Array:
    """Bins from one bound of an output of n values to the other, or to WIDEST."""
    reach = min(np.sqrt(max(n - 1, 1)), WIDEST) * (1 + 1e-9)
    return np.linspace(-reach, reach, BINS + 1)


@lru_cache(maxsize=64)  # 1 KB each
def output_density(
    shape: str, n: int, seed: int, eps_ratio: float, *, others: bool = False, values: int = 16384
) -> Density:
    """The histogram of a normalised output, see outputs. Cached: the same for every mean and std.

    An eps_ratio below 1e-5 is taken as 0: no bin would show it.
    """
    if 0 < eps_ratio < 1e-5:
        return output_density(shape, n, seed, 0.0, others=others, values=values)
    return density(
        outputs(shape, n, seed, eps_ratio, others=others, values=values), output_edges(n)
    )


def fixed_sample_density(unit: TrainedUnit, batch: int, u: float) -> tuple[Density, float, float]:
    """Histogram, mean and sd of the training output of one sample u in many different batches."""
    z = fixed_sample_outputs(unit, batch, u)
    mean, sd = float(z.mean()), float(z.std())
    edges = output_edges(batch)
    if sd > 0.01:
        edges = np.linspace(max(edges[0], mean - 5 * sd), min(edges[-1], mean + 5 * sd), BINS + 1)
    return density(z, edges), mean, sd


@dataclass(frozen=True)
class InverseStd:
    """sigma over the batch's own (biased) std."""

    histogram: Density
    """The histogram, over logarithmic bins."""
    without_spread: float
    """Share of batches whose std is 0."""
    batches: Array
    """How many batches had been averaged."""
    average: Array
    """Their average then; inf once a batch without spread has come."""


@lru_cache(maxsize=16)  # 3 KB each
def inverse_std(shape: str, batch: int, seed: int) -> InverseStd:
    """Input std over batch std, for up to 2^16 batches of one size, fewer where the pool ends."""
    var = batch_statistics(shape, batch, seed, wanted=min(2**16, 2**20 // batch)).var
    var = np.where(var < 1e-24, 0.0, var)  # equal values, but for the rounding of their mean
    with np.errstate(divide="ignore"):
        ratio = 1.0 / np.sqrt(var)
    counts = np.unique(np.geomspace(1, ratio.size, 40).astype(int))
    average = np.cumsum(ratio)[counts - 1] / counts
    finite = ratio[np.isfinite(ratio)]
    low, high = (finite.min(), finite.max()) if finite.size else (0.5, 2.0)
    histogram = density(ratio, np.geomspace(low, high * (1 + 1e-9), 33))
    return InverseStd(histogram, float(np.mean(var == 0)), counts, average)
