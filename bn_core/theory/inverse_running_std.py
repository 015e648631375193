"""Mean and mean square of 1/sqrt(R + eps), where R is a running variance of Gaussian batches.

R is a weighted sum of chi2 variables, so that its Laplace transform is a product. With X = R + eps,
E[X^(-1/2)] = pi^(-1/2) int s^(-1/2) E[e^(-sX)] ds and E[1/X] = int E[e^(-sX)] ds.
Source: derived.
"""

import math
from functools import lru_cache

import numpy as np

from bn_core.theory.running import batch_weights
from bn_core.types import FloatArray

# Grid over ln s; the trapezoid rule on it is good to 1e-7, since the integrand is smooth.
_LOG_S = np.arange(-60.0, 64.0, 0.4)

# The many small weights of a settled estimate are taken in groups: at most so many groups.
_MOST_GROUPS = 1200


def inverse_root_moments(
    batch: FloatArray,
    settled_var: FloatArray,
    steps: int | None,
    momentum: float | None,
    fixed: float,
) -> tuple[FloatArray, FloatArray]:
    """E[a] and E[a^2] for a = (fixed + sum_i weight_i settled_var chi2(B-1)/(B-1))^(-1/2), (n,).

    batch, settled_var: (n,); settled_var is the expected batch variance. steps: how many batches
    have been taken in, None once settled. fixed: what no batch moves, the start's share and eps.
    inf where the moment does not exist.
    """
    s = np.exp(_LOG_S)
    single, count = _log_transform(steps, momentum)
    degrees = batch - 1
    per_degree = settled_var / np.maximum(degrees, 1.0)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        unit = np.where(per_degree > 0, per_degree, fixed)[:, None]
        transform = np.exp(-s * fixed / unit - degrees[:, None] * single)
        step = _LOG_S[1] - _LOG_S[0]
        first = np.sum(np.sqrt(s) * transform, axis=-1) * step / np.sqrt(math.pi * unit[:, 0])
        second = np.sum(s * transform, axis=-1) * step / unit[:, 0]
    # With nothing fixed the transform falls as s^(-k/2), k degrees in all: too slow for small k.
    freedom = degrees * count if fixed == 0 else np.full_like(batch, np.inf)
    return np.where(freedom <= 1, np.inf, first), np.where(freedom <= 2, np.inf, second)


@lru_cache(maxsize=64)  # 3 KB each
def _log_transform(steps: int | None, momentum: float | None) -> tuple[FloatArray, int]:
    """-ln of the transform of one degree of freedom, on the grid, and how many weights count."""
    if steps is None and momentum is not None:
        weights, together = _settled_weights(momentum)
    else:
        weights, together = batch_weights(steps or 0, momentum), 1
    weights = weights[weights > 1e-17]
    s = np.exp(_LOG_S)
    single = 0.5 * together * np.log1p(2.0 * s[:, None] * weights).sum(axis=-1)
    return np.asarray(single), weights.size * together


def _settled_weights(momentum: float) -> tuple[FloatArray, int]:
    """The weights of all batches that count, in equal groups, and how many are in a group."""
    count = 1 if momentum == 1.0 else math.ceil(-37.0 / math.log1p(-momentum))
    size = -(-count // _MOST_GROUPS)
    ends = (1.0 - momentum) ** (size * np.arange(-(-count // size) + 1.0))
    return -np.diff(ends) / size, size
