"""How far outputs lie apart, for the texts."""

from bn_core.types import Array

NO_SPREAD = 1e-9
"""An output whose std is smaller has lost everything but rounding errors."""


def largest(difference: Array) -> float:
    """The largest absolute value."""
    return float(abs(difference).max())
