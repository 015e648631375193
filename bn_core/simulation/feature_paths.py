"""The running statistics of several features over the same training steps."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bn_core.normalize import statistics
from bn_core.running import running_path
from bn_core.sampling import standard_draw
from bn_core.types import Array, Indices

STEPS = 200

# Values drawn for the training steps; beyond it fewer features are followed, so that the
# answer stays within a tenth of a second.
BUDGET = 1_000_000


@dataclass(frozen=True)
class FeaturePaths:
    """Running statistics from step 0 (their start values 0 and 1) on; (followed, STEPS + 1)."""

    followed: Indices
    """The features' numbers, from 0."""
    mean: Array
    var: Array
    low: Array
    """5 % of the followed means are below, at each step; (STEPS + 1,)."""
    high: Array
    """5 % of them are above."""


def simulate_running_statistics(
    shape: str,
    batch: int,
    seed: int,
    *,
    features: int,
    mean: float,
    std: float,
    momentum: float,
    feature: int = 0,
) -> FeaturePaths:
    """Running mean and (biased) variance over STEPS batches of that input.

    Follows all features, or as many as BUDGET allows, batch * STEPS values each: the first ones,
    and `feature` (from 0) is always among them.
    """
    followed = np.arange(min(features, max(4, BUDGET // (batch * STEPS))))
    followed[-1] = max(followed[-1], feature)
    unit = _unit_paths(shape, followed.size, int(followed[-1]), batch, seed, momentum)
    taken = 1.0 - unit.left
    return FeaturePaths(
        followed=followed,
        mean=mean * taken + std * unit.mean,
        var=unit.left + std**2 * unit.var,
        low=mean * taken + std * unit.low,
        high=mean * taken + std * unit.high,
    )


@dataclass(frozen=True)
class _UnitPaths:
    """Paths of standardised input, both starting at 0, and the weight that a start still has."""

    left: Array
    mean: Array
    var: Array
    low: Array
    high: Array


@lru_cache(maxsize=24)  # at most 20 MB
def _unit_paths(
    shape: str, followed: int, last: int, batch: int, seed: int, momentum: float
) -> _UnitPaths:
    """Kept, since mean and std only shift and stretch them: a running estimate is linear."""
    left = running_path(np.zeros((1, STEPS, 1)), momentum, 1.0)[0, :, 0]
    mean, var = (
        running_path(values.T[None], momentum)[0].T
        for values in _batch_statistics(shape, followed, last, batch, seed)
    )
    low, high = np.quantile(mean, [0.05, 0.95], axis=0)
    return _UnitPaths(left, mean, var, low, high)


@lru_cache(maxsize=24)  # at most 20 MB
def _batch_statistics(
    shape: str, followed: int, last: int, batch: int, seed: int
) -> tuple[Array, Array]:
    """Mean and biased variance of STEPS standardised batches, (followed, STEPS) each.

    Of the first features, and of the one with the number `last` in the last row.
    """
    if last >= followed:
        whole = _batch_statistics(shape, followed, followed - 1, batch, seed)
        one = _statistics_of(shape, 1, batch, seed, last)
        mean, var = (np.concatenate([a[:-1], b]) for a, b in zip(whole, one, strict=True))
        return mean, var
    return _statistics_of(shape, followed, batch, seed, 0)


def _statistics_of(
    shape: str, count: int, batch: int, seed: int, first: int
) -> tuple[Array, Array]:
    values = standard_draw(shape, (count, batch * STEPS), seed, stream=1, first=first)
    mean, var = statistics(values.reshape(count, STEPS, batch), axis=-1)
    return mean[..., 0], var[..., 0]
