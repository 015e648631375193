"""The gap between training and inference while the running statistics are still under way.

With u the standardised input, z the training output, r and R the running mean and variance in
units of sigma, inference gives (u - r) a with a = 1/sqrt(R + eps). r and R come from earlier
batches and, for Gaussian input, are independent of each other, so the mean squared gap is

    E[z^2] - 2 E[z u] E[a] + E[a^2] (1 + E[r^2])

exactly. E[a] and E[a^2] follow from the Laplace transform of R, a weighted sum of chi2 laws:
E[a] = pi^(-1/2) int s^(-1/2) E[e^(-s(R+eps))] ds, E[a^2] = int E[e^(-s(R+eps))] ds.
Source: derived. Gaussian throughout; squared gaps, in squared units of the normalised output.
"""

import math
from dataclasses import dataclass

import numpy as np

from ..checks import check_momentum
from ._special import FloatArray, checked_batch
from .batch_statistics import batch_var_mean
from .inference_gap import train_moments
from .running import memory

# Grid over ln s; the trapezoid rule on it is good to 1e-7, since the integrand is smooth.
_LOG_S = np.arange(-60.0, 64.0, 0.4)


@dataclass(frozen=True)
class GapCauses:
    """The mean squared gap, one part for each cause, in the order in which they are put in.

    Arrays of the shape of the batch sizes; they sum to the whole exactly. A part of the running
    variance is negative where it makes up for another: too large a variance shrinks the inference
    output, which brings it nearer to a training output that it can only guess.
    """

    batch_noise: FloatArray  # the batch's own mean and std; all that is left with right statistics
    var_start: FloatArray  # what is left of the running variance's start
    var_stored: FloatArray  # the variance stored is the biased one, (B-1)/B of the true
    var_noise: FloatArray  # scatter of the running variance
    mean_start: FloatArray  # what is left of the running mean's start
    mean_noise: FloatArray  # scatter of the running mean

    @property
    def total(self) -> FloatArray:
        """The mean squared gap."""
        variance = self.var_start + self.var_stored + self.var_noise
        return self.batch_noise + variance + self.mean_start + self.mean_noise


def gap_causes(
    batch: FloatArray,
    steps: int,
    momentum: float | None,
    *,
    mean_offset: float = 0.0,
    start_var: float = 1.0,
    unbiased: bool = False,
    eps_ratio: float = 0.0,
) -> GapCauses:
    """Parts of the mean squared gap after so many training steps, for each batch size (n,).

    mean_offset: (start mean - mu)/sigma. start_var: start variance / sigma^2. eps_ratio:
    eps / sigma^2. unbiased: the variance stored is unbiased. inf where R can come so near to 0
    that E[1/R] diverges (momentum 1 at B = 2 or 3). At B = 1 the biased variance only decays.
    """
    b = checked_batch(batch)
    if unbiased and np.any(b == 1):
        raise ValueError(
            "batch must be at least 2 with unbiased=True: one sample has no unbiased variance; "
            "drop batch size 1 or take unbiased=False."
        )
    left = memory(steps, momentum)
    start, noise = float(left.start), float(left.noise)
    bias = start * mean_offset
    square, product = train_moments(b, eps_ratio)
    settled_var = batch_var_mean(b, unbiased=unbiased)
    first, second = _inverse_root_moments(
        b, settled_var, batch_weights(steps, momentum), start * start_var + eps_ratio
    )

    def spread_error(variance: FloatArray) -> FloatArray:
        scale = 1 / np.sqrt(variance + eps_ratio)
        return np.where(np.isinf(scale), np.inf, scale * scale - 2 * scale * product)

    with np.errstate(divide="ignore", invalid="ignore"):
        right = spread_error(np.ones_like(b))
        started = spread_error(start * start_var + (1 - start) * np.ones_like(b))
        stored = spread_error(start * start_var + (1 - start) * settled_var)
        return GapCauses(
            batch_noise=square + right,
            var_start=started - right,
            var_stored=np.where(np.isinf(started), 0.0, stored - started),
            var_noise=np.where(np.isinf(second), np.inf, second - 2 * first * product - stored),
            mean_start=second * bias * bias if bias else np.zeros_like(b),
            mean_noise=second * noise / b if noise else np.zeros_like(b),
        )


def batch_weights(steps: int, momentum: float | None) -> FloatArray:
    """Weight of each batch in a running estimate after `steps` batches, the newest first."""
    m = check_momentum(momentum)
    if m is None:
        return np.full(steps, 1.0 / max(steps, 1))
    return np.asarray(m * (1.0 - m) ** np.arange(steps))


def _inverse_root_moments(
    b: FloatArray, settled_var: FloatArray, weights: FloatArray, fixed: float
) -> tuple[FloatArray, FloatArray]:
    """E[a] and E[a^2] for a = (fixed + sum_i weights_i settled_var chi2(B-1)/(B-1))^(-1/2)."""
    weights = weights[weights > 1e-17]
    s = np.exp(_LOG_S)
    # -ln of the transform of one degree of freedom, the same for every batch size.
    single = 0.5 * np.log1p(2.0 * s[:, None] * weights).sum(axis=-1)
    degrees = b - 1
    per_degree = settled_var / np.maximum(degrees, 1.0)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        unit = np.where(per_degree > 0, per_degree, fixed)[:, None]
        transform = np.exp(-s * fixed / unit - degrees[:, None] * single)
        step = _LOG_S[1] - _LOG_S[0]
        first = np.sum(np.sqrt(s) * transform, axis=-1) * step / np.sqrt(math.pi * unit[:, 0])
        second = np.sum(s * transform, axis=-1) * step / unit[:, 0]
    # With nothing fixed the transform falls as s^(-k/2), k degrees in all: too slow for small k.
    freedom = degrees * weights.size if fixed == 0 else np.full_like(b, np.inf)
    return np.where(freedom <= 1, np.inf, first), np.where(freedom <= 2, np.inf, second)
