"""How eps shrinks the spread of the output: variance var / (var + eps), exact for any input."""

import numpy as np
from numpy.typing import ArrayLike

from bn_core.theory.distributions import as_floats
from bn_core.types import FloatArray


def output_std(std: ArrayLike, eps: float) -> FloatArray:
    """Standard deviation after the norm of an input with this std (biased, of the batch itself).

    0.707 at std = sqrt(eps), the knee of the curve. NaN where std and eps are both 0.
    """
    values = as_floats(std)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(values / np.sqrt(values**2 + eps))


def knee(eps: float) -> float:
    """The input std below which eps dominates: sqrt(eps), where the curve of output_std bends."""
    return float(np.sqrt(eps))
