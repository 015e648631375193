"""What one output of a norm looks like before scale and shift, when n values share the statistics.

n is the batch size for batch normalisation and the feature count for layer normalisation. eps = 0.
Source: z^2/(n-1) ~ Beta(1/2, (n-2)/2) for Gaussian input: the normalised vector is uniform on the
sphere of radius sqrt(n) in the n-1 dimensions that are orthogonal to (1, ..., 1).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from bn_core.theory.distributions import as_floats, check_batch_sizes, log_gamma
from bn_core.types import FloatArray


def output_bound(n: ArrayLike) -> FloatArray:
    """The largest |z| possible, sqrt(n - 1): one value differs, the others are equal. Any input."""
    return np.asarray(np.sqrt(check_batch_sizes(n) - 1))


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


def eps_is_negligible(n: int, eps_ratio: float) -> bool:
    """Whether eps / sigma^2 shrinks outputs by less than some 0.1 %, so that densities hold.

    The average shrinking is about eps_ratio/2 E[sigma^2/v], which for few values is large.
    """
    return eps_ratio <= (1e-3 if n > 5 else 1e-4)
