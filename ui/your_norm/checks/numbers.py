"""Numbers as the checks write them, in plain text."""

import numpy as np

from bn_core.types import Array
from ui.text.numbers import spoken


def number(value: float, digits: int = 4) -> str:
    """So many significant digits, or words for what is no number."""
    text = "no number" if np.isnan(value) else spoken(float(value), digits)
    return f"−{text[1:]}" if text.startswith("-") else text


def apart(mine: float, right: float) -> tuple[str, str]:
    """Both with as many digits as it takes to tell them apart: four, and at most seven."""
    for digits in range(4, 8):
        both = number(mine, digits), number(right, digits)
        if both[0] != both[1]:
            return both
    return number(mine), number(right)


def worst(off: Array) -> int:
    """Where the largest is, nan before all others."""
    return int(np.argmax(np.nan_to_num(off, nan=np.inf)))
