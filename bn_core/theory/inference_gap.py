"""How far a unit's training output is from its inference output, once the statistics are right.

Training normalises by the batch, inference by the input's own mean and std. All for Gaussian input;
eps_ratio is eps / sigma^2 (0 unless said). A gap is in units of the normalised output.
Source: derived; E[z u] = E[v / sqrt(v + eps)] / sigma, v the biased batch variance, because by
symmetry the other terms vanish.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from bn_core.theory.batch_statistics import std_ratio
from bn_core.theory.distributions import check_batch_sizes, chi_nodes
from bn_core.types import FloatArray


def train_moments(batch: ArrayLike, eps_ratio: float = 0.0) -> tuple[FloatArray, FloatArray]:
    """E[z^2] and E[z u] of the training output z and the standardised input u.

    Without eps 1 and b(B); at B = 1, where z is always 0, both are 0.
    """
    b = check_batch_sizes(batch)
    if eps_ratio == 0.0:
        return np.where(b == 1, 0.0, 1.0), std_ratio(b)
    degrees = np.maximum(b - 1, 1.0)
    chi, weight = chi_nodes(degrees)
    var = chi * chi / (degrees + 1)[..., None]
    square = np.sum(weight * var / (var + eps_ratio), axis=-1)
    product = np.sum(weight * var / np.sqrt(var + eps_ratio), axis=-1)
    return np.where(b == 1, 0.0, square), np.where(b == 1, 0.0, product)


def train_inference_corr(batch: ArrayLike, eps_ratio: float = 0.0) -> FloatArray:
    """Correlation of training and inference output over samples and batches; b(B) without eps.

    nan at B = 1, where the training output is the constant 0.
    """
    square, product = train_moments(batch, eps_ratio)
    with np.errstate(invalid="ignore"):
        return np.asarray(product / np.sqrt(square))


def rms_gap(batch: ArrayLike, eps_ratio: float = 0.0) -> FloatArray:
    """RMS of training output - inference output. Without eps sqrt(2 (1 - b(B))), some sqrt(3/(2B)).

    At B = 1 it is 1 (without eps): the training output is 0, and the gap is the inference output.
    """
    square, product = train_moments(batch, eps_ratio)
    scale = 1.0 / math.sqrt(1.0 + eps_ratio)
    return np.sqrt(square - 2.0 * scale * product + scale * scale)
