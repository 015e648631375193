"""How much of a variance rounding takes: the law of the one-pass formula.

E[x^2] and E[x]^2 are both about mean^2, each carrying a relative rounding error of one unit
roundoff; their difference is std^2. Source: Chan, Golub & LeVeque 1983, the condition number of
the variance.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def unit_roundoff(dtype: str) -> float:
    """Largest relative error of one rounding: 6.0e-8 for float32, 1.1e-16 for float64."""
    return float(np.finfo(dtype).eps) / 2.0


def one_pass_error(
    ratio: NDArray[np.floating[Any]], dtype: str = "float32"
) -> NDArray[np.floating[Any]]:
    """Relative error of the one-pass variance at mean / std = ratio: unit roundoff * ratio^2."""
    return np.asarray(unit_roundoff(dtype) * ratio**2)


def all_lost_at(dtype: str = "float32") -> float:
    """The mean / std at which that error reaches 1: 4096 for float32."""
    return float(1.0 / np.sqrt(unit_roundoff(dtype)))
