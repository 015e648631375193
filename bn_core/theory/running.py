"""Where a running estimate stands after t training steps, and how far it scatters.

Each estimate is a weighted sum of its start and of the batches seen. Three numbers tell all that
is drawn: what weight the start still has, how old the batches are on average, and the sum of the
squared weights, which turns the variance of one batch statistic into that of the estimate. The
same three serve the running mean and the running variance.

momentum m weighs the new batch (PyTorch's convention), q = 1 - m; None is the cumulative average.
Source: derived, by summing geometric series. No law of the input is assumed.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..checks import check_momentum
from ._special import FloatArray, as_floats


@dataclass(frozen=True)
class Memory:
    """What an estimate remembers at each step; every array has the shape of the steps asked for."""

    start: FloatArray  # weight of the start value, 1 at step 0
    age: FloatArray  # mean age of the batches in steps, the newest being 0 old; 0 at step 0
    noise: FloatArray  # sum of the batches' squared weights, 0 at step 0


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

    target is the expected batch statistic at step 0, and it moves by drift a step, so that batch t
    expects target + drift t. Without drift: target (1 - q^t) + start q^t.
    """
    seen = target + drift * (as_floats(steps) - remembered.age)
    return remembered.start * start + (1.0 - remembered.start) * seen


def estimate_sd(remembered: Memory, batch_statistic_sd: float) -> FloatArray:
    """sd of r_t over runs, where one batch statistic scatters by batch_statistic_sd.

    batch_mean_sd gives that for the running mean, batch_var_sd for the running variance.
    """
    return batch_statistic_sd * np.sqrt(remembered.noise)


def autocorrelation(lag: ArrayLike, momentum: float) -> FloatArray:
    """Correlation of r_t and r_(t+lag) once settled, q^lag. At momentum 1 it is 0 from lag 1."""
    check_momentum(momentum)
    return np.asarray((1.0 - momentum) ** as_floats(lag))


def half_life(momentum: float | None) -> float:
    """Steps until the start's weight has halved, ln(1/2)/ln q: 6.58 at 0.1, 69 at 0.01.

    0 at momentum 1 (one batch replaces everything), inf at 0. The cumulative average (None) drops
    its start with the first batch: 0 too.
    """
    m = check_momentum(momentum)
    if m is None or m == 1.0:
        return 0.0
    return math.inf if m == 0.0 else -math.log(2.0) / math.log1p(-m)


def equivalent_window(momentum: float | None) -> float:
    """How many batches a plain average would need for the same noise, 2/m - 1.

    1 at momentum 1, inf at 0 and for the cumulative average, whose window is all it has seen.
    Times B it is the effective sample.
    """
    m = check_momentum(momentum)
    return math.inf if m is None or m == 0.0 else 2.0 / m - 1.0


def settled_sd(batch_statistic_sd: float, momentum: float | None) -> float:
    """sd of r_t for t to infinity, sd of one batch statistic over sqrt(equivalent window)."""
    return batch_statistic_sd / math.sqrt(equivalent_window(momentum))


def bias_under_noise_step(
    target: float, start: float, batch_statistic_sd: float, momentum: float | None
) -> float:
    """t* = ln(|target - start| / settled sd) / (-ln q): the bias of the start is below noise.

    Not a whole number: the first such step is its ceiling. 0 where the start is no further off
    than the noise. 1 at momentum 1 and for None, which drop the start with the first batch.
    inf at momentum 0, or where a batch has no noise (the bias then never gets under it).
    """
    m = check_momentum(momentum)
    bias = abs(target - start)
    noise = batch_statistic_sd if m is None else settled_sd(batch_statistic_sd, m)
    if bias <= noise:
        return 0.0
    if m is None or m == 1.0:
        return 1.0
    if m == 0.0 or noise == 0.0:
        return math.inf
    return math.log(bias / noise) / -math.log1p(-m)


def drift_lag(drift: float, momentum: float) -> float:
    """How far r_t trails a mean that moves by drift a step, once settled: drift (1 - m)/m.

    0 at momentum 1, inf at 0 (signed as the drift; 0 without drift). Source: the fixed point of
    lag = q (lag + drift). The cumulative average never settles: it trails by drift (t - 1)/2.
    """
    check_momentum(momentum)
    if drift == 0.0 or momentum == 1.0:
        return 0.0
    return math.copysign(math.inf, drift) if momentum == 0.0 else drift * (1 - momentum) / momentum
