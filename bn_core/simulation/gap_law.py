"""Training against inference with the true statistics: a law that holds for input of every shape.

In every batch the mean of z u is the batch's own biased std s, z the training output and u the
standardised input, so that E(z - u)^2 = 1 + p - 2 E[s], p the share of batches with any spread (1
for continuous input) and eps 0. Both sides are simulated here, each from batches of its own.
"""

from dataclasses import dataclass

import numpy as np

from bn_core.simulation.batch_noise import nested_statistics
from bn_core.simulation.pool import COLUMNS
from bn_core.types import Array


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


def gap_law(shape: str, sizes: tuple[int, ...], seed: int) -> GapLaw:
    """Of input of this shape, in batches of each of the sizes (increasing)."""
    mean, var = nested_statistics(shape, sizes, seed)
    half = COLUMNS // 2
    square = var + mean * mean
    std = np.sqrt(var)
    # E[u^2] = 1 is known: half of what it misses by here is taken off the mean std, which then
    # scatters less.
    ratio = (std - (square - 1) / 2)[:, :half].mean(axis=1)
    spread = (var > 0)[:, :half].mean(axis=1)
    law = np.sqrt(np.maximum(1 + spread - 2 * ratio, 0.0))
    gaps = (var > 0) + square - 2 * std
    return GapLaw(ratio, spread, law, np.sqrt(gaps[:, half:].mean(axis=1)))
