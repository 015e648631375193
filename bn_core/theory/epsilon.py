"""What eps leaves of the output's spread: var / (var + eps), exact for any input."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def output_std(std: NDArray[np.floating[Any]], eps: float) -> NDArray[np.floating[Any]]:
    """Standard deviation after the norm of an input with this std (biased, of the batch itself).

    0.707 at std = sqrt(eps), the knee. NaN where std and eps are both 0.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(std / np.sqrt(std**2 + eps))


def knee(eps: float) -> float:
    """The input std below which eps rules: sqrt(eps)."""
    return float(np.sqrt(eps))
