"""What a share of zeros in the batch does to a feature's mean and standard deviation.

Exact for any numbers, from the first two moments: with a share p of zeros E[x] shrinks to
(1 - p) mean and E[x^2] to (1 - p)(std^2 + mean^2).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = float | NDArray[np.floating[Any]]


def padded_mean(mean: Values, share: Values) -> Values:
    """Mean over tokens and padding; share in [0, 1] is the padding's share of all entries."""
    return (1.0 - share) * mean


def padded_std(mean: Values, std: Values, share: Values) -> NDArray[np.floating[Any]]:
    """Standard deviation over tokens and padding: sqrt((1 - p)(std^2 + p mean^2))."""
    return np.asarray(np.sqrt((1.0 - share) * (std**2 + share * mean**2)))
