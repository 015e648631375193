"""Numbers as people read them, in one place: in sentences (HTML) and in spoken texts (plain)."""

import math


def fmt(value: float, digits: int = 3) -> str:
    """For HTML: so many significant digits, a true minus, words for what is no number."""
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if abs(value) < 5e-13:
        return "0"
    text = _digits(value, digits)
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}·10<sup>{int(exponent)}</sup>"
    return text.replace("-", "−")


def fixed(value: float) -> str:
    """A number with two decimals, so that it keeps its place while it changes; large ones short."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else ("∞" if value > 0 else "−∞")
    text = f"{value:.2f}" if abs(value) < 1000 else f"{value:,.0f}"
    return "0.00" if text == "-0.00" else text.replace("-", "−")


def spoken(value: float, digits: int = 3) -> str:
    """For plain text: so many significant digits; "infinite", "undefined" where there are none."""
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "infinite" if value > 0 else "minus infinite"
    text = _digits(value, digits)
    return "0" if value == 0 else text


def percent(share: float, digits: int | None = None) -> str:
    """A share of 1 in percent: whole, or with so many significant digits; "undefined" for nan."""
    if math.isnan(share):
        return "undefined"
    value = 100 * share
    text = f"{value:.0f}" if digits is None else _digits(value, digits)
    return f"{'0' if text in ('0', '-0') else text} %".replace("-", "−")


def _digits(value: float, digits: int) -> str:
    """So many significant digits; all before the point where there are more, up to a million."""
    text = f"{value:.{digits}g}"
    return f"{value:,.0f}" if "e+" in text and abs(value) < 1e6 else text


def steps(number: float) -> str:
    """A number of steps in plain text: 6.58 steps, 1 step, under 1 step."""
    if number < 1:
        return "under 1 step"
    text = spoken(number)
    return f"{text} step" if text == "1" else f"{text} steps"


def counted(number: int, thing: str) -> str:
    """1 seed, 2 seeds; "batch", "pass" and their like take -es."""
    if number == 1:
        return f"1 {thing}"
    return f"{number} {thing}{'es' if thing.endswith(('ch', 's', 'x')) else 's'}"
