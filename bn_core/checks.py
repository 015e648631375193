"""Checks of numbers and choices whose messages teach: what came, what was expected, what to do.

Whatever is wrong, the type or the value, the error is a ValueError: one to catch.
"""

import math
import operator
from collections.abc import Sequence

import numpy as np

from bn_core.array_checks import is_masked


def check_count(name: str, value: int, least: int = 1) -> int:
    """value as an int of at least `least`; ValueError otherwise."""
    try:
        count = None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        count = None
    if count is None or count < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, got {value!r}.")
    return count


def check_flag(name: str, value: bool) -> bool:
    """value as a bool; ValueError for anything else, such as text, that merely counts as one."""
    if not isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{name} must be True or False, got {value!r}.")
    return bool(value)


def check_eps(eps: float) -> float:
    """eps as a finite float of at least 0; ValueError otherwise."""
    number = _number(eps)
    if not 0 <= number < math.inf:
        raise ValueError(
            f"eps must be finite and at least 0, got {eps!r}: it is added to the variance "
            "before the root is taken; 1e-5 is usual."
        )
    return number


def check_momentum(momentum: float | None) -> float | None:
    """momentum as a float in 0..1, or None for the cumulative average; ValueError otherwise."""
    if momentum is None:
        return None
    number = _number(momentum)
    if not 0 <= number <= 1:
        raise ValueError(
            f"momentum must lie in 0..1 or be None, got {momentum!r}: it is the weight of the "
            "new batch (0.1 is usual; Keras calls 1 - momentum by this name), and None takes "
            "the average of all batches."
        )
    return number


def check_share(name: str, value: float) -> float:
    """value as a float in 0..1; ValueError otherwise."""
    number = _number(value)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must lie in 0..1, got {value!r}.")
    return number


def check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    """ValueError unless value is one of choices."""
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}; got {value!r}.")


def _number(value: object) -> float:
    """One real number as a float; nan for anything else, True and text among it."""
    if type(value) is float:
        return value
    array = np.asarray(None if is_masked(value) else value)
    return float(array) if array.shape == () and array.dtype.kind in "fiu" else math.nan
