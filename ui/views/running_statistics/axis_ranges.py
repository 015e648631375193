"""The ranges of the axes on which running estimates move: few, so that they seldom jump."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from bn_core.types import Array
from ui.plot.ranges import first_holding

_MEAN = [
    *((-1.5, 6.5), (-6.5, 1.5), (-1.5, 8.0), (-8.0, 1.5)),
    *((-3.0, 12.0), (-12.0, 3.0), (-12.5, 12.5)),
    *((-5.0, 25.0), (-25.0, 5.0), (-25.0, 25.0)),
    *((-10.0, 40.0), (-40.0, 10.0), (-20.0, 40.0), (-40.0, 20.0)),
    *((-15.0, 75.0), (-75.0, 15.0), (-50.0, 50.0), (-100.0, 100.0), (-200.0, 200.0)),
]
_VAR = [(0.0, 2.0 * 2.0**k) for k in range(-8, 12)]


def mean_frame(parts: Sequence[ArrayLike]) -> tuple[float, float]:
    """The range that holds all parts, of any shape, and 0."""
    finite = _finite(parts)
    return first_holding(finite.min(initial=0.0), finite.max(initial=0.0), _MEAN)


def var_frame(parts: Sequence[ArrayLike]) -> tuple[float, float]:
    """The same for variances: from 0 up."""
    return first_holding(0.0, _finite(parts).max(initial=0.0), _VAR)


def _finite(parts: Sequence[ArrayLike]) -> Array:
    values = np.concatenate([np.asarray(part, dtype=float).ravel() for part in parts])
    return np.asarray(values[np.isfinite(values)])
