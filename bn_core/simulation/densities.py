"""Simulated laws as histograms, ready to lie under their closed forms."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..normalize import Array
from .batch_noise import batch_statistics, outputs
from .train_and_inference import fixed_sample_outputs

BINS = 25  # odd, so that an output of 0 has a bin of its own
WIDEST = 4.5  # how far the histograms of outputs reach, in standard deviations


@dataclass(frozen=True)
class Density:
    """A histogram: density between edges, for `count` values, of which some may lie outside."""

    edges: NDArray[np.float64]
    density: NDArray[np.float64]
    count: int


def density(values: Array, edges: ArrayLike) -> Density:
    """Shares of all the values in each bin, over the bin's width."""
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


@lru_cache(maxsize=64)
def output_density(
    shape: str, n: int, seed: int, eps_ratio: float, *, others: bool = False, values: int = 16384
) -> Density:
    """The law of a normalised output, see outputs. Kept: the same for every mean and std.

    An eps_ratio below 1e-5 is taken as 0: no bin would show it.
    """
    if 0 < eps_ratio < 1e-5:
        return output_density(shape, n, seed, 0.0, others=others, values=values)
    return density(
        outputs(shape, n, seed, eps_ratio, others=others, values=values), output_edges(n)
    )


def fixed_sample_density(
    shape: str, batch: int, u: float, seed: int, eps_ratio: float
) -> tuple[Density, float, float]:
    """The training output of one sample u among changing companions: its law, mean and sd."""
    z = fixed_sample_outputs(shape, batch, u, seed, eps_ratio)
    mean, sd = float(z.mean()), float(z.std())
    edges = output_edges(batch)
    if sd > 0.01:
        edges = np.linspace(max(edges[0], mean - 5 * sd), min(edges[-1], mean + 5 * sd), BINS + 1)
    return density(z, edges), mean, sd


@dataclass(frozen=True)
class InverseStd:
    """sigma over the batch's own (biased) std."""

    law: Density  # over logarithmic bins
    without_spread: float  # share of batches whose std is 0
    batches: Array  # how many batches had been averaged,
    average: Array  # and their average then; inf once a batch without spread has come


@lru_cache(maxsize=16)
def inverse_std(shape: str, batch: int, seed: int) -> InverseStd:
    """Up to 2^16 batches of one size, or as many as the pool holds."""
    var = batch_statistics(shape, batch, seed, wanted=min(2**16, 2**20 // batch)).var
    var = np.where(var < 1e-24, 0.0, var)  # equal values, but for the rounding of their mean
    with np.errstate(divide="ignore"):
        ratio = 1.0 / np.sqrt(var)
    counts = np.unique(np.geomspace(1, ratio.size, 40).astype(int))
    average = np.cumsum(ratio)[counts - 1] / counts
    finite = ratio[np.isfinite(ratio)]
    low, high = (finite.min(), finite.max()) if finite.size else (0.5, 2.0)
    law = density(ratio, np.geomspace(low, high * (1 + 1e-9), 33))
    return InverseStd(law, float(np.mean(var == 0)), counts, average)
