"""Training against inference with the true statistics: a law that holds for input of every shape.

In every batch the mean of z u is the batch's own biased std s, z the training output and u the
standardised input, so that E(z - u)^2 = 1 + p - 2 E[s], p the share of batches with any spread (1
for continuous input) and eps 0. Both sides are simulated here, each from batches of its own.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bn_core.normalize import statistics
from bn_core.simulation.batch_noise import nested_statistics
from bn_core.simulation.pool import COLUMNS, batches
from bn_core.types import Array

SMALL = 16
"""Batches up to this size scatter most: more of them are drawn."""
MANY = 8192


@dataclass(frozen=True)
class GapLaw:
    """At each batch size, (sizes,) each; an output of 0/0 counts as 0."""

    std: Array
    """Mean batch std over the input's."""
    spread: Array
    """Share of the batches with any spread."""
    law: Array
    """The RMS gap that these two give."""
    simulated: Array
    """The RMS gap of other batches' outputs."""


@lru_cache(maxsize=8)  # a kilobyte each
def gap_law(shape: str, sizes: tuple[int, ...], seed: int) -> GapLaw:
    """Of input of this shape, in batches of each of the sizes (increasing)."""
    nested = nested_statistics(shape, sizes, seed)
    found = [_at(shape, size, seed, (nested[0][i], nested[1][i])) for i, size in enumerate(sizes)]
    return GapLaw(*np.array(found).T)


def _at(shape: str, batch: int, seed: int, nested: tuple[Array, Array]) -> tuple[float, ...]:
    """The four numbers at one batch size, the law's from some batches, the last from others."""
    if batch <= SMALL:
        ends = [batches(shape, batch, seed, MANY, others=others) for others in (False, True)]
        some, other = (tuple(map(np.ravel, statistics(end, axis=1))) for end in ends)
    else:
        half = COLUMNS // 2
        some = nested[0][:half], nested[1][:half]
        other = nested[0][half:], nested[1][half:]
    mean, var = some
    std = _average(np.sqrt(var), var + mean * mean)
    spread = float(np.mean(var > 0))
    mean, var = other
    gap = _average((var > 0) + var + mean * mean - 2 * np.sqrt(var), var + mean * mean)
    return std, spread, math.sqrt(max(1 + spread - 2 * std, 0.0)), math.sqrt(gap)


def _average(values: Array, square: Array) -> float:
    """The mean over batches, less what the batches' mean square u^2 explains of its scatter.

    E[u^2] = 1 is known (a control variate).
    """
    off = square - square.mean()
    scatter = float(off @ off)
    slope = float(off @ values) / scatter if scatter > 0 else 0.0
    return float(values.mean() - slope * (square.mean() - 1))
