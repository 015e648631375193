"""How long a running estimate takes to forget its start, and how it stands once it has settled.

momentum m weighs the new batch (PyTorch's convention), q = 1 - m; None is the cumulative average.
A momentum outside 0..1 raises ValueError. Source: derived, by summing geometric series. Any input.
"""

import math

from bn_core.checks import check_momentum


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
    """t* = ln(1 + (|target - start| / settled sd)^2) / (-2 ln q): the start's bias is below noise.

    The noise is that of the same step, which grows from 0 to its settled sd. Not a whole number:
    the first such step is its ceiling. 0 where there is no bias, 1 at momentum 1 and for None,
    which drop the start with the first batch. inf at momentum 0, or where a batch has no noise
    (the bias then never gets under it). Source: bias q^t against running.estimate_sd(memory(t)).
    """
    m = check_momentum(momentum)
    bias = abs(target - start)
    if bias == 0.0:
        return 0.0
    if m is None or m == 1.0:
        return 1.0
    noise = settled_sd(batch_statistic_sd, m)
    if m == 0.0 or noise == 0.0:
        return math.inf
    return math.log1p((bias / noise) ** 2) / (-2.0 * math.log1p(-m))


def drift_lag(drift: float, momentum: float) -> float:
    """How far r_t trails a mean that moves by drift a step, once settled: drift (1 - m)/m.

    0 at momentum 1, inf at 0 (signed as the drift; 0 without drift). Source: the fixed point of
    lag = q (lag + drift). The cumulative average never settles: it trails by drift (t - 1)/2.
    """
    check_momentum(momentum)
    if drift == 0.0 or momentum == 1.0:
        return 0.0
    return math.copysign(math.inf, drift) if momentum == 0.0 else drift * (1 - momentum) / momentum
