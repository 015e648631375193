"""What a share of zeros in the batch does to a feature's mean and standard deviation.

Exact for any numbers, from the first two moments: with a share p of zeros E[x] shrinks to
(1 - p) mean and E[x^2] to (1 - p)(std^2 + mean^2). Arguments broadcast.
"""

import numpy as np
from numpy.typing import ArrayLike

from bn_core.theory.distributions import as_floats
from bn_core.types import FloatArray


def padded_mean(mean: ArrayLike, share: ArrayLike) -> FloatArray:
    """Mean over tokens and padding; share in [0, 1] is the padding's share of all entries."""
    return np.asarray((1.0 - as_floats(share)) * as_floats(mean))


def padded_std(mean: ArrayLike, std: ArrayLike, share: ArrayLike) -> FloatArray:
    """Standard deviation over tokens and padding: sqrt((1 - p)(std^2 + p mean^2))."""
    p, square = as_floats(share), as_floats(mean) ** 2
    return np.asarray(np.sqrt((1.0 - p) * (as_floats(std) ** 2 + p * square)))
