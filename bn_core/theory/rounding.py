"""How much of a variance is lost to rounding: the error of the one-pass formula.

E[x^2] and E[x]^2 are both about mean^2, each carrying a relative rounding error of one unit
roundoff; their difference is std^2. Source: Chan, Golub & LeVeque 1983, the condition number of
the variance.
"""

import numpy as np
from numpy.typing import ArrayLike

from bn_core.theory.distributions import as_floats
from bn_core.types import FloatArray


def unit_roundoff(dtype: str) -> float:
    """Largest relative error of one rounding: 6.0e-8 for float32, 1.1e-16 for float64."""
    return float(np.finfo(dtype).eps) / 2.0


def one_pass_error(ratio: ArrayLike, dtype: str = "float32") -> FloatArray:
    """Relative error of the one-pass variance, unit roundoff * ratio^2; ratio is mean / std."""
    return np.asarray(unit_roundoff(dtype) * as_floats(ratio) ** 2)
