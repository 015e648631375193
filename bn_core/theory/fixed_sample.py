"""One sample that stays while its companions in the batch change: the law of its training output.

u is the sample in units of the input, (x - mu)/sigma; inference, with the right statistics, always
gives u. All of it is for Gaussian companions, with eps = 0.
Source: derived. z = sqrt(B-1) T / sqrt(B(B-2) + T^2), T ~ noncentral t with B-2 degrees of freedom
and noncentrality u sqrt(B-1): the companions' mean and spread are independent (Cochran).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from ._special import FloatArray, as_floats, chi_nodes, normal_cdf, normal_nodes, normal_pdf


def noncentral_t_pdf(t: ArrayLike, degrees: int, noncentrality: float) -> FloatArray:
    """Density of (N(0, 1) + noncentrality) / sqrt(chi2(degrees) / degrees), integrated over chi."""
    spread, weight = chi_nodes(degrees)
    scaled = spread / math.sqrt(degrees)
    values = as_floats(t)[..., None]
    return np.asarray(normal_pdf(values * scaled - noncentrality) @ (scaled * weight))


def fixed_sample_pdf(z: ArrayLike, u: float, batch: int) -> FloatArray:
    """Density of the training output at z of a sample u, for B >= 3; 0 from the bound outwards.

    At B = 2 the output is -1 or 1, see fixed_sample_high; ValueError there.
    """
    if batch < 3:
        raise ValueError(
            f"batch must be at least 3 for a density, got {batch!r}: with one companion the output "
            "is -1 or 1 (fixed_sample_high gives the probability of 1), alone it is 0."
        )
    values = as_floats(z)
    room = np.maximum(batch - 1 - values * values, 0.0)
    inside = room > 0
    room = np.where(inside, room, 1.0)
    scale = math.sqrt(batch * (batch - 2))
    t = scale * values / np.sqrt(room)
    slope = scale * (batch - 1) / room**1.5
    density = noncentral_t_pdf(t, batch - 2, u * math.sqrt(batch - 1)) * slope
    return np.where(inside, density, 0.0)


def fixed_sample_high(u: ArrayLike) -> FloatArray:
    """P(training output = 1) at B = 2, Phi(u): the companion is the smaller of the two."""
    return normal_cdf(u)


def fixed_sample_moments(u: ArrayLike, batch: int) -> tuple[FloatArray, FloatArray]:
    """Mean and sd of the training output of the sample u, of u's shape, for B >= 1.

    At B = 2 the mean is erf(u/sqrt(2)). At B = 1 both are 0. As B grows: u and 0.
    """
    values = as_floats(u)
    if batch == 1:
        return np.zeros_like(values), np.zeros_like(values)
    if batch == 2:
        mean = 2.0 * normal_cdf(values) - 1.0
        return mean, np.sqrt(1.0 - mean * mean)
    # z from the companions' mean and spread: a plain integral over both.
    sd = 1.0 / math.sqrt(batch - 1)
    nodes, share = normal_nodes()
    spread, weight = chi_nodes(batch - 2)
    distance = (values[..., None, None] - sd * nodes[:, None]) * math.sqrt((batch - 1) / batch)
    z = math.sqrt(batch - 1) * distance / np.sqrt(spread * spread + distance * distance)
    mean = np.einsum("...ij,i,j->...", z, share, weight)
    square = np.einsum("...ij,i,j->...", z * z, share, weight)
    return mean, np.sqrt(np.maximum(square - mean * mean, 0.0))
