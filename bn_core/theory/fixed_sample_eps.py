"""The fixed sample where eps matters: the same integral, over the other samples themselves.

With S the root of the others' sum of squares about their mean (chi with B - 2 degrees) and d the
sample's distance from that mean times sqrt((B-1)/B), which is normal with mean u sqrt((B-1)/B) and
variance 1/B, z = sqrt(B-1) d / sqrt(S^2 + d^2 + B eps). Gaussian; eps is eps/sigma^2, above 0.
Source: derived.
"""

import math

import numpy as np

from bn_core.theory.distributions import REACH, chi_nodes, legendre_between, normal_pdf
from bn_core.types import FloatArray


def moments(u: FloatArray, batch: int, eps: float) -> tuple[FloatArray, FloatArray]:
    """Mean and sd of the training output at u, of u's shape, for B >= 2."""
    middle, sd = u * math.sqrt((batch - 1) / batch), 1.0 / math.sqrt(batch)
    low, high = middle - REACH * sd, middle + REACH * sd
    # z changes its sign at d = 0, within a width of sqrt(B eps): a piece on either side of it.
    zero = np.clip(0.0, low, high)
    pieces = [
        legendre_between(start[..., None], end[..., None], 64)
        for start, end in ((low, zero), (zero, high))
    ]
    d, share = (np.concatenate(part, axis=-1) for part in zip(*pieces, strict=True))
    weight = normal_pdf((d - middle[..., None]) / sd) * share
    weight /= weight.sum(axis=-1, keepdims=True)
    spread, chance = _spread(batch)
    z = math.sqrt(batch - 1) * d[..., None] / np.sqrt((d * d)[..., None] + spread**2 + batch * eps)
    mean = np.sum((z @ chance) * weight, axis=-1)
    square = np.sum(((z * z) @ chance) * weight, axis=-1)
    return mean, np.sqrt(np.maximum(square - mean * mean, 0.0))


def pdf(z: FloatArray, u: float, batch: int, eps: float) -> FloatArray:
    """Density of the training output at z, for B >= 2; 0 from the bound outwards."""
    room = np.maximum(batch - 1 - z * z, 0.0)
    inside = room > 0
    room = np.where(inside, room, 1.0)[..., None]
    spread, chance = _spread(batch)
    root = np.sqrt(spread**2 + batch * eps)
    d, slope = z[..., None] * root / np.sqrt(room), root * (batch - 1) / room**1.5
    sd = 1.0 / math.sqrt(batch)
    density = normal_pdf((d - u * math.sqrt((batch - 1) / batch)) / sd) / sd * slope
    return np.where(inside, density @ chance, 0.0)


def _spread(batch: int) -> tuple[FloatArray, FloatArray]:
    """Points of S and their weights; one other sample alone has no spread."""
    if batch == 2:
        return np.zeros(1), np.ones(1)
    return chi_nodes(batch - 2)
