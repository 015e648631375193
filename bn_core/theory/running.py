"""Where a running estimate stands after t training steps, and how far it scatters.

Each estimate is a weighted sum of its start and of the batches seen. Three numbers determine all
that is drawn: what weight the start still has, how old the batches are on average, and the sum of
the squared weights, which turns the variance of one batch statistic into that of the estimate. The
same three serve the running mean and the running variance.

momentum m weighs the new batch (PyTorch's convention), q = 1 - m; None is the cumulative average.
A momentum outside 0..1 raises ValueError.
Source: derived, by summing geometric series. Any input.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bn_core.checks import check_momentum
from bn_core.theory.distributions import as_floats
from bn_core.types import FloatArray


@dataclass(frozen=True)
class Memory:
    """What an estimate remembers at each step; every array has the shape of steps."""

    start: FloatArray
    """Weight of the start value, 1 at step 0."""
    age: FloatArray
    """Mean age of the batches in steps, the newest being 0 old; 0 at step 0."""
    noise: FloatArray
    """Sum of the batches' squared weights, 0 at step 0."""


def memory(steps: ArrayLike, momentum: float | None, *, corrected: bool = False) -> Memory:
    """What the estimate remembers after each of `steps` batches (whole numbers from 0 up).

    Exponential: start q^t, noise m/(2-m) (1 - q^2t). corrected divides by 1 - q^t as Adam does
    (Kingma & Ba, arXiv 1412.6980): start 0, noise m/(2-m) (1 + q^t)/(1 - q^t). None: start 0,
    noise 1/t. At momentum 0 no batch is taken in: start 1, noise 0. A corrected estimate without
    any batch (step 0, momentum 0) is 0/0: nan, as running.bias_corrected has it.
    """
    t = as_floats(steps)
    m = check_momentum(momentum)
    empty = t == 0
    if m == 0.0:
        start = np.full_like(t, np.nan if corrected else 1.0)
        return Memory(start, np.zeros_like(t), 1.0 - start)
    if m is None:
        seen = np.maximum(t, 1.0)
        start = np.where(empty, np.nan if corrected else 1.0, 0.0)
        return Memory(start, (seen - 1.0) / 2.0, np.where(empty, start - 1.0, 1.0 / seen))
    q = 1.0 - m
    forgotten = q**t
    taken = np.where(empty, 1.0, -_power_minus_one(q, t))
    age = np.where(empty, 0.0, q / m - t * forgotten / taken)
    if corrected:
        noise = m / (2.0 - m) * (1.0 + forgotten) / taken
        return Memory(np.where(empty, np.nan, 0.0), age, np.where(empty, np.nan, noise))
    return Memory(forgotten, age, m / (2.0 - m) * (1.0 - forgotten * forgotten))


def batch_weights(steps: int, momentum: float | None) -> FloatArray:
    """Weight of each batch in the estimate after `steps` batches, the newest first: (steps,)."""
    m = check_momentum(momentum)
    if m is None:
        return np.full(steps, 1.0 / max(steps, 1))
    return np.asarray(m * (1.0 - m) ** np.arange(steps))


def _power_minus_one(q: float, t: FloatArray) -> FloatArray:
    """q^t - 1 without losing digits where q is close to 1."""
    return -np.ones_like(t) if q == 0.0 else np.asarray(np.expm1(t * math.log(q)))


def expected_estimate(
    remembered: Memory,
    steps: ArrayLike,
    target: float,
    start: float,
    drift: float = 0.0,
) -> FloatArray:
    """E[r_t], in the units of target: what the estimate is at each step, averaged over runs.

    target is the expected batch statistic at step 0, and it moves by drift a step, so that at batch
    t it is target + drift t. Without drift: target (1 - q^t) + start q^t.
    """
    seen = target + drift * (as_floats(steps) - remembered.age)
    return remembered.start * start + (1.0 - remembered.start) * seen


def estimate_sd(remembered: Memory, batch_statistic_sd: float) -> FloatArray:
    """sd of r_t over runs, where one batch statistic has the sd batch_statistic_sd.

    batch_mean_sd gives that for the running mean, batch_var_sd for the running variance.
    """
    return batch_statistic_sd * np.sqrt(remembered.noise)
