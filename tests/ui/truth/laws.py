"""Does a drawn density hold the share of a simulation's samples that it says?"""

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from tests.ui.truth.oracle import SIGMAS, Array


def shares_agree(x: ArrayLike, density: ArrayLike, samples: Array, every: int = 8) -> bool:
    """Whether it does between every so many of its points, its outer tenths left out.

    Besides the standard error of the shares 1 % is allowed for drawing a curve as a polygon.
    """
    at, height = np.asarray(x, dtype=float), np.asarray(density, dtype=float)
    order = np.argsort(at)
    at, height = at[order], height[order]
    edge = len(at) // 10
    edges = at[edge : len(at) - edge : every]
    inside = [(at >= a) & (at <= b) for a, b in pairwise(edges)]
    expected = np.array([np.trapezoid(height[now], at[now]) for now in inside])
    found = np.histogram(samples, edges)[0] / samples.size
    error = SIGMAS * np.sqrt(np.maximum(expected, 1 / samples.size) / samples.size)
    return bool(np.all(np.abs(found - expected) < error + 0.01 * found + 5e-4))
