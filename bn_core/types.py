"""The types of the arrays that pass between modules."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]  # real values in the caller's dtype, float32 or float64
FloatArray = NDArray[np.float64]  # real values in float64: what the closed forms compute in
Numbers = NDArray[np.floating[Any] | np.integer[Any]]  # of any dtype, as a file brings them
Indices = NDArray[np.intp]  # whole numbers that count or select: features, labels, steps
Mask = NDArray[np.bool_]  # True at the entries that count
Scalar = TypeVar("Scalar", bound=np.generic)  # one type of entry, whichever: in and out alike
Axis = int | tuple[int, ...]  # one axis, or several that are reduced together
