"""The gap between training and inference while the running statistics are still settling.

With z the training output and the rest as in inference_moments, the mean squared gap is

    E[z^2] - 2 E[z u] E[a] + E[a^2] (1 + E[r^2])

exactly. Source: derived. Gaussian throughout; squared gaps, in squared units of the normalised
output.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bn_core.theory.batch_statistics import batch_var_mean
from bn_core.theory.distributions import check_batch_sizes
from bn_core.theory.inference_gap import train_moments
from bn_core.theory.inference_moments import TrainedStatistics, inference_moments
from bn_core.types import FloatArray


@dataclass(frozen=True)
class GapCauses:
    """The mean squared gap, one part for each cause, in the order in which they are added.

    Arrays of the shape of the batch sizes; they sum to the whole exactly. A part of the running
    variance is negative where it reduces the gap: too large a variance shrinks the inference
    output, and a smaller output is on average nearer to the noisy training output.
    """

    batch_noise: FloatArray
    """The batch's own mean and std; all that is left with right statistics."""
    var_start: FloatArray
    """What is left of the running variance's start."""
    var_stored: FloatArray
    """The variance stored is the biased one, (B-1)/B of the true."""
    var_noise: FloatArray
    """Scatter of the running variance."""
    mean_start: FloatArray
    """What is left of the running mean's start."""
    mean_noise: FloatArray
    """Scatter of the running mean."""
    classes: FloatArray
    """The batches' own classes: training removes them, inference keeps them."""

    @property
    def total(self) -> FloatArray:
        """The mean squared gap."""
        variance = self.var_start + self.var_stored + self.var_noise
        return self.batch_noise + variance + self.mean_start + self.mean_noise + self.classes


def gap_causes(batch: ArrayLike, trained: TrainedStatistics) -> GapCauses:
    """Parts of the mean squared gap, for each batch size (n,).

    inf where R can come so near to 0 that E[1/R] diverges (momentum 1 at B = 2 or 3). At B = 1 the
    biased variance only decays. With classes apart the right variance is that within a class.
    Raises ValueError as inference_moments does.
    """
    b = check_batch_sizes(batch)
    moments = inference_moments(b, trained)
    bias, first, second = moments.bias, moments.first, moments.second
    start, noise = trained.start_and_noise()
    square, product = train_moments(b, trained.eps_ratio)
    settled_var = batch_var_mean(b, unbiased=trained.unbiased)
    one, none = np.ones_like(b), np.zeros_like(b)

    def spread_error(variance: FloatArray) -> FloatArray:
        """The part of the gap that depends on the scale, if the running variance were this one."""
        scale = 1 / np.sqrt(variance + trained.eps_ratio)
        return np.where(np.isinf(scale), np.inf, scale * scale - 2 * scale * product)

    with np.errstate(divide="ignore", invalid="ignore"):
        right = spread_error(one)
        started = spread_error(start * trained.start_var + (1 - start) * one)
        stored = spread_error(start * trained.start_var + (1 - start) * settled_var)
        return GapCauses(
            batch_noise=square + right,
            var_start=started - right,
            var_stored=np.where(np.isinf(started), 0.0, stored - started),
            var_noise=np.where(np.isinf(second), np.inf, second - 2 * first * product - stored),
            mean_start=second * bias * bias if bias else none,
            mean_noise=second * noise / b if noise else none,
            classes=second * trained.between * (1 + noise) if trained.between else none,
        )
