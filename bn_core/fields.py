"""Seeded feature maps whose positions are correlated: rho^k at distance k along each axis.

Two positions that are i rows and j columns apart have the correlation rho^(i + j), and each has the
chosen shape exactly, with mean 0 and std 1 in the population.

- The normal shape makes a Gaussian autoregressive field: each position takes rho of the last one
  and sqrt(1 - rho^2) of a new draw.
- Any other shape comes in patches: from one row (column) to the next all values stay with
  probability rho and are drawn anew otherwise. This keeps both the shape and the correlation,
  which no sum of draws does.

Source: for the patches Jacobs & Lewis 1978 (J. R. Statist. Soc. B 40, 94-105), their model DAR(1).
"""

import math

import numpy as np

from bn_core.checks import check_count, check_share
from bn_core.sampling import standard_draw
from bn_core.types import Array, Indices


def standard_fields(
    shape: str, size: tuple[int, int, int], correlation: float, seed: int, stream: int = 0
) -> Array:
    """Independent maps, (n_maps, height, width), float64; the first of more maps are the same ones.

    shape: one of bn_core.sampling.SHAPES. correlation: rho, in 0..1; 0 for independent positions,
    1 for maps of equal values. seed and stream: as in standard_draw.
    Raises ValueError for an unknown shape, a size below 1, a correlation outside 0..1, a negative
    seed or stream.
    """
    n_maps, height, width = (
        check_count(f"size[{i}] ({name})", length)
        for i, (name, length) in enumerate(zip(("n_maps", "height", "width"), size, strict=True))
    )
    rho = check_share("correlation", correlation)
    new = standard_draw(shape, (1, n_maps * height * width), seed, stream)
    new = new.reshape(n_maps, height, width)
    if shape == "normal":
        down, across = _autoregression(height, rho), _autoregression(width, rho)
        return np.asarray(down @ (new @ across.T))
    # Feature 1 of the stream: the draws above are feature 0.
    chance = np.random.default_rng((seed, stream, 1)).random((n_maps, height + width))
    rows, columns = _last_change(chance[:, :height], rho), _last_change(chance[:, height:], rho)
    return np.asarray(new[np.arange(n_maps)[:, None, None], rows[:, :, None], columns[:, None]])


def _autoregression(length: int, rho: float) -> Array:
    """The matrix that turns independent draws into x_k = rho x_(k-1) + sqrt(1 - rho^2) e_k."""
    steps = np.arange(length)
    matrix: Array = np.tril(rho ** np.abs(steps[:, None] - steps))
    matrix[:, 1:] *= math.sqrt(1 - rho * rho)
    return matrix


def _last_change(chance: Array, rho: float) -> Indices:
    """For each place along axis 1 the last one at or before it where the value changed."""
    places = np.arange(chance.shape[1])
    return np.maximum.accumulate(np.where(chance < rho, 0, places), axis=1)
