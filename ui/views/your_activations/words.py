"""Counts in words, with commas where they are large."""


def things(number: int, thing: str) -> str:
    """1 feature; 2,048 features."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
