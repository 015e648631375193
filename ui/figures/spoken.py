"""Numbers in a figure's text, with words for those that are none."""

import math


def spoken(value: float, digits: int = 3) -> str:
    """So many significant digits; "infinite" and "undefined" where there are none."""
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "infinite" if value > 0 else "minus infinite"
    text = f"{value:.{digits}g}"
    return "0" if float(text) == 0 else text
