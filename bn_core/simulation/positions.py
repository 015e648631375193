"""Batches of feature maps with correlated positions, drawn: how far their statistics scatter.

Every batch is put together of maps from one pool, each taken at random, and the batches of
different sizes are nested. So a picture over the batch size moves smoothly, and what is measured is
exact up to the number of batches and of maps in the pool, whichever are fewer.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bn_core.checks import check_count
from bn_core.fields import standard_fields
from bn_core.types import Array

BATCHES = 512
LARGEST_BATCH = 512
POOL_VALUES = 2**17
_MOST_MAPS = 2**14


@dataclass(frozen=True)
class PositionStatistics:
    """Of each batch at each size, (n_sizes, BATCHES); input of mean 0 and std 1."""

    mean: Array
    var: Array
    """The biased variance."""

    @property
    def rms_gaps(self) -> Array:
        """RMS of training output - inference output at each size, (n_sizes,).

        With the true statistics and without eps. For every shape it is sqrt(2 (1 - E[std])); a
        batch of equal values comes out as 0.
        """
        # E[z^2] - 2 E[z u] + E[u^2], where E[z u] = E[std].
        spread = np.mean(self.var > 0, axis=1)
        square = np.mean(self.var + self.mean**2, axis=1)
        gaps = spread - 2 * np.mean(np.sqrt(self.var), axis=1) + square
        return np.asarray(np.sqrt(np.maximum(gaps, 0.0)))


def position_statistics(
    shape: str, sizes: tuple[int, ...], map_size: tuple[int, int], correlation: float, seed: int
) -> PositionStatistics:
    """Mean and variance of nested batches of each of `sizes` (increasing, up to LARGEST_BATCH).

    map_size: (height, width). Raises ValueError for a size out of range, and as standard_fields.
    """
    if list(sizes) != sorted({check_count("a batch size", size) for size in sizes}):
        raise ValueError(f"sizes must increase, got {sizes}.")
    if sizes and sizes[-1] > LARGEST_BATCH:
        raise ValueError(f"sizes must be at most {LARGEST_BATCH}, got {sizes[-1]}.")
    mean, square = map_moments(shape, map_size, correlation, seed)
    count, chosen = np.array(sizes)[:, None], _maps_of_batches(len(mean), seed)
    added = [chosen[start:end] for start, end in pairwise((0, *sizes))]
    of_batch, squares = (
        np.stack([moment[part].sum(axis=0) for part in added]).cumsum(axis=0) / count
        for moment in (mean, square)
    )
    # One pass will do: the draws are standardised, so the mean is small beside the spread.
    var = squares - of_batch * of_batch
    return PositionStatistics(of_batch, np.where(var < 1e-13, 0.0, var))


@lru_cache(maxsize=4)  # at most 1 MB
def map_moments(
    shape: str, map_size: tuple[int, int], correlation: float, seed: int
) -> tuple[Array, Array]:
    """Mean and mean square of each map of the pool, (n_maps,) each.

    The pool as a whole is standardised exactly: it is what all batches are drawn from.
    """
    positions = map_size[0] * map_size[1]
    n_maps = max(min(_MOST_MAPS, POOL_VALUES // positions), 1)
    maps = standard_fields(shape, (n_maps, *map_size), correlation, seed).reshape(n_maps, positions)
    mean, square = maps.mean(axis=1), np.vecdot(maps, maps) / positions
    of_pool = mean.mean()
    var = square.mean() - of_pool * of_pool
    return (mean - of_pool) / np.sqrt(var), (square - 2 * of_pool * mean + of_pool**2) / var


@lru_cache(maxsize=1)  # 1 MB
def _maps_of_batches(n_maps: int, seed: int) -> NDArray[np.int32]:
    """The number of the map that each place of each batch holds, (LARGEST_BATCH, BATCHES)."""
    size = LARGEST_BATCH, BATCHES
    return np.random.default_rng((seed, 2)).integers(n_maps, size=size, dtype=np.int32)
