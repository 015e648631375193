"""Numbers as the checks write them, in plain text."""

import numpy as np

from bn_core.types import Array
from ui.text.numbers import spoken


def number(value: float, digits: int = 4) -> str:
    """So many significant digits, or words for what is no number."""
    return "no number" if np.isnan(value) else spoken(float(value), digits)


def apart(mine: float, right: float) -> tuple[str, str]:
    """Both with as many digits as it takes to tell them apart, four at least."""
    both = number(mine), number(right)
    for digits in range(5, 13):
        if both[0] != both[1]:
            break
        both = number(mine, digits), number(right, digits)
    return both


def worst(off: Array) -> int:
    """Where the largest is, nan before all others."""
    return int(np.argmax(np.nan_to_num(off, nan=np.inf)))
