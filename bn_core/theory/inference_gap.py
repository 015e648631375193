"""How far a unit's training output is from its inference output, once the statistics are right.

Training normalises by the batch, inference by the input's own mean and std. eps = 0 throughout.
Source: derived; E[z u] = E[biased std]/sigma, because the other terms vanish by symmetry.
"""

import numpy as np
from numpy.typing import ArrayLike

from ._special import FloatArray, checked_batch
from .batch_statistics import std_ratio


def train_inference_corr(batch: ArrayLike) -> FloatArray:
    """Correlation of training output and inference output over samples and batches, b(B). Gaussian.

    nan at B = 1, where the training output is the constant 0.
    """
    b = checked_batch(batch)
    return np.where(b == 1, np.nan, std_ratio(b))


def rms_gap(batch: ArrayLike) -> FloatArray:
    """RMS of training output - inference output, sqrt(2 (1 - b(B))). Gaussian.

    In units of the normalised output (one input sigma). About sqrt(3/(2B)). At B = 1 it is 1: the
    training output is 0, so all of the inference output is missing.
    """
    b = checked_batch(batch)
    return np.where(b == 1, 1.0, np.sqrt(2.0 * (1.0 - std_ratio(b))))
