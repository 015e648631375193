"""What one output of a norm looks like before scale and shift, when n values share the statistics.

n is the batch size for batch normalisation and the feature count for layer normalisation. eps = 0.
Source: z^2/(n-1) ~ Beta(1/2, (n-2)/2) for Gaussian input: the normalised vector is uniform on the
sphere of radius sqrt(n) in the n-1 dimensions that are orthogonal to (1, ..., 1).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from ._special import FloatArray, as_floats, checked_batch, log_gamma

_GRID = 4001


def output_bound(n: ArrayLike) -> FloatArray:
    """The largest |z| there can be, sqrt(n - 1): one value apart, the others equal. Any input."""
    return np.asarray(np.sqrt(checked_batch(n) - 1))


def output_correlation(n: ArrayLike) -> FloatArray:
    """Correlation of two outputs of one batch, -1/(n - 1), since they sum to 0. Any exchangeable
    input; nan at n = 1."""
    sizes = checked_batch(n)
    with np.errstate(divide="ignore"):
        return np.where(sizes == 1, np.nan, -1.0 / (sizes - 1))


def output_excess_kurtosis(n: ArrayLike) -> FloatArray:
    """-6/(n + 1). Gaussian; nan at n = 1, where the output is always 0."""
    sizes = checked_batch(n)
    return np.where(sizes == 1, np.nan, -6.0 / (sizes + 1))


def output_pdf(z: ArrayLike, n: int) -> FloatArray:
    """Density of an output at z, proportional to (1 - z^2/(n-1))^((n-4)/2). Gaussian, n >= 3.

    0 beyond the bound; inf at the bound for n = 3 (arcsine). At n = 2 the output is -1 or 1 with
    probability 1/2 each, which has no density: ValueError, draw two spikes instead.
    """
    if n < 3:
        raise ValueError(
            f"n must be at least 3 for a density, got {n!r}: two values come out as -1 and 1 "
            "(draw two spikes) and a single one as 0."
        )
    values = as_floats(z)
    inside = np.maximum(1.0 - values * values / (n - 1), 0.0)
    beta = log_gamma(0.5) + log_gamma((n - 2) / 2) - log_gamma((n - 1) / 2)
    with np.errstate(divide="ignore"):
        density = inside ** ((n - 4) / 2) * np.exp(-beta) / math.sqrt(n - 1)
    return np.where(np.abs(values) > math.sqrt(n - 1), 0.0, density)


def output_cdf(z: ArrayLike, n: int) -> FloatArray:
    """P(output <= z), n >= 1: exact bin shares, also where the density is infinite. Gaussian.

    By integration over the angle asin(z / sqrt(n-1)), where the density cos^(n-3) has no pole;
    error below 1e-6. n = 2 steps at -1 and 1, n = 1 at 0.
    """
    values = as_floats(z)
    if n < 3:
        steps = np.array([0.0]) if n == 1 else np.array([-1.0, 1.0])
        return np.asarray(np.mean(values[..., None] >= steps, axis=-1))
    angle = np.arcsin(np.clip(values / math.sqrt(n - 1), -1.0, 1.0))
    # Narrow for large n: nothing is left further out than 12 widths.
    reach = min(math.pi / 2, 12.0 / math.sqrt(n))
    grid = np.linspace(-reach, reach, _GRID)
    density = np.cos(grid) ** (n - 3)
    area = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return np.asarray(np.interp(angle, grid, area / area[-1]))
