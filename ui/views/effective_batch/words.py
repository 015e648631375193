"""Counts in words: whole ones with commas, others with three digits."""

from ui.text.numbers import fmt


def count(size: float) -> str:
    """2,048; 5.47; 87.5; 1,230."""
    if size >= 100:
        return f"{size:,.0f}"
    return fmt(size)


def things(size: float, thing: str) -> str:
    """5.47 independent samples; 1 independent sample."""
    text = count(size)
    return f"{text} {thing}" if text == "1" else f"{text} {thing}s"
