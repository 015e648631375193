"""The training output of one fixed sample while the other samples in its batch change.

u is the sample in units of the input, (x - mu)/sigma; inference, with the right statistics, always
gives u. The other samples are Gaussian throughout; eps_ratio is eps / sigma^2, 0 unless said.
Source: derived. z = sqrt(B-1) T / sqrt(B(B-2) + T^2), T ~ noncentral t with B-2 degrees of freedom
and noncentrality u sqrt(B-1): mean and spread of the others are independent (Cochran).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from bn_core.theory import fixed_sample_eps
from bn_core.theory.distributions import REACH, as_floats, legendre_between, normal_cdf, normal_pdf
from bn_core.types import FloatArray

# Below this an eps moves no number by a part in a thousand, except at B = 2.
_SMALLEST_EPS = 1e-5


def noncentral_t_pdf(t: ArrayLike, degrees: int, noncentrality: ArrayLike) -> FloatArray:
    """Density of (N(0, 1) + noncentrality) / sqrt(chi2(degrees) / degrees), integrated over chi.

    t and noncentrality broadcast.
    """
    scaled = as_floats(t)[..., None] / math.sqrt(degrees)
    shift = as_floats(noncentrality)[..., None]
    # In chi = y the integrand is y^degrees times a bell of this width about this middle.
    width = 1.0 / np.sqrt(1.0 + scaled * scaled)
    middle = scaled * shift * width * width
    peak = (middle + np.sqrt(middle * middle + 4.0 * degrees * width * width)) / 2.0
    y, share = legendre_between(np.maximum(peak - REACH * width, 0.0), peak + REACH * width, 48)
    # The densities of chi at y and of the normal at y scaled - shift, times dt / d(normal).
    constant = (1.0 - degrees / 2.0) * math.log(2.0) - math.lgamma(degrees / 2.0)
    constant -= 0.5 * math.log(2.0 * math.pi * degrees)
    exponent = degrees * np.log(y) - 0.5 * (y * y + (y * scaled - shift) ** 2)
    return np.asarray(np.sum(np.exp(constant + exponent) * share, axis=-1))


def fixed_sample_pdf(z: ArrayLike, u: float, batch: int, eps_ratio: float = 0.0) -> FloatArray:
    """Density of the training output at z of a sample u, for B >= 3; 0 from the bound outwards.

    At B = 2 the output is -1 or 1, 1 with probability Phi(u); ValueError there.
    """
    if batch < 3:
        raise ValueError(
            f"batch must be at least 3 for a density, got {batch!r}: with one other sample the "
            "output is -1 or 1 (fixed_sample_moments gives its mean), alone it is 0."
        )
    values = as_floats(z)
    if eps_ratio > _SMALLEST_EPS:
        return fixed_sample_eps.pdf(values, u, batch, eps_ratio)
    room = np.maximum(batch - 1 - values * values, 0.0)
    inside = room > 0
    room = np.where(inside, room, 1.0)
    scale = math.sqrt(batch * (batch - 2))
    t = scale * values / np.sqrt(room)
    slope = scale * (batch - 1) / room**1.5
    density = noncentral_t_pdf(t, batch - 2, u * math.sqrt(batch - 1)) * slope
    return np.where(inside, density, 0.0)


def fixed_sample_moments(
    u: ArrayLike, batch: int, eps_ratio: float = 0.0
) -> tuple[FloatArray, FloatArray]:
    """Mean and sd of the training output of the sample u, of u's shape, for B >= 1.

    At B = 2 the mean is erf(u/sqrt(2)). At B = 1 both are 0. As B grows: u and 0. (eps = 0)
    """
    values = as_floats(u)
    if batch == 1:
        return np.zeros_like(values), np.zeros_like(values)
    if eps_ratio > (_SMALLEST_EPS if batch > 2 else 0.0):
        return fixed_sample_eps.moments(values, batch, eps_ratio)
    if batch == 2:
        mean = 2.0 * normal_cdf(values) - 1.0
        return mean, np.sqrt(1.0 - mean * mean)
    # By the angle of z = sqrt(B-1) sin: the density has a peak at the bounds, but not in the angle.
    middle = np.arctan(values * math.sqrt((batch - 1) / (batch * (batch - 2))))
    reach = 20.0 * np.sqrt(1.0 + values * values / 2.0) / batch
    low = np.maximum(middle - reach, -math.pi / 2)[..., None]
    high = np.minimum(middle + reach, math.pi / 2)[..., None]
    angle, share = legendre_between(low, high, 128)
    t = math.sqrt(batch * (batch - 2)) * np.tan(angle)
    noncentrality = values[..., None] * math.sqrt(batch - 1)
    weight = noncentral_t_pdf(t, batch - 2, noncentrality) / np.cos(angle) ** 2 * share
    weight = weight / weight.sum(axis=-1, keepdims=True)
    z = math.sqrt(batch - 1) * np.sin(angle)
    mean = np.sum(weight * z, axis=-1)
    square = np.sum(weight * (z - mean[..., None]) ** 2, axis=-1)
    return mean, np.sqrt(square)


def expected_training_output(
    y: ArrayLike, shift: FloatArray, scale: FloatArray, batch: int, eps_ratio: float = 0.0
) -> tuple[FloatArray, FloatArray]:
    """Mean and sd of the training output of those samples whose inference output is y, (n,).

    Inference gives (u - shift) scale with the running statistics of one of several training runs,
    shift and scale: (n_runs,), every run as likely as another. nan where no run gives such a y.
    Source: Bayes' rule for u, and the moments above between points of u.
    """
    points = np.concatenate([np.arange(0.0, 3.5, 0.25), [3.5, 4.0, 5.0, 7.0]])
    mean, sd = fixed_sample_moments(points, batch, eps_ratio)
    u = as_floats(y)[:, None] / scale + shift
    with np.errstate(invalid="ignore"):
        weight = normal_pdf(u) / scale
        weight /= weight.sum(axis=-1, keepdims=True)
    at = np.sign(u) * np.interp(np.abs(u), points, mean)
    square = at * at + np.interp(np.abs(u), points, sd) ** 2
    expected = np.sum(weight * at, axis=-1)
    variance = np.sum(weight * square, axis=-1) - expected * expected
    return expected, np.sqrt(np.maximum(variance, 0.0))
