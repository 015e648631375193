"""Results of training that were never computed: any accuracies, to hold the verdicts against.

A test works out the condition of each sentence from them by itself.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bn_core.training.summaries import Line
from tests.ui.truth.reading import numbers
from tests.ui.walk import assert_clean

Numbers = NDArray[np.floating[Any]]

SEEDS = pytest.mark.parametrize("seed", range(150))


def accuracies(rng: np.random.Generator, *size: int) -> Numbers:
    """Shares of 500 digits: guessing, learned, or anything between."""
    kind = rng.integers(4, size=size)
    anything = rng.integers(0, 501, size=size) / 500
    guessed = 0.1 + rng.integers(-5, 6, size=size) / 500
    learned = 0.9 + rng.integers(-20, 50, size=size) / 500
    return np.asarray(
        np.select([kind == 0, kind == 1, kind == 2], [anything, guessed, learned], 0.5)
    )


def line(rng: np.random.Generator, x: Sequence[float], seeds: int) -> Line:
    found = accuracies(rng, len(x), seeds)
    return Line(
        np.array(x, dtype=float), np.median(found, axis=1), found.min(axis=1), found.max(axis=1)
    )


def over_time(final: Numbers) -> Line:
    """Accuracies over two steps that end like this, a network each."""
    found = np.stack([np.full(final.size, 0.1), final])
    return Line(np.array([0.0, 1.0]), np.median(found, 1), found.min(1), found.max(1))


def drawn(seed: int) -> tuple[np.random.Generator, int]:
    """Random numbers, and how many networks each median is of."""
    rng = np.random.default_rng((2024, seed))
    return rng, int(rng.integers(1, 10))


def clearly(one: float, other: float) -> bool:
    """Ten points or more: in whole answers out of 500, so that no rounding counts."""
    return round(1000 * one) - round(1000 * other) >= 100


def clean(text: str) -> str:
    assert_clean({"after": text})
    return text


def shares(text: str, pattern: str) -> tuple[float, ...]:
    return tuple(value / 100 for value in numbers(text, pattern))


def ranges(found: Numbers) -> str:
    """The median and, where they read otherwise, the worst and the best seed, as verdicts do."""
    median, low, high = (f"{100 * share:.0f}" for share in (np.median(found), *_ends(found)))
    return f"{median} %" if low == high else f"{median} % ({low} to {high} %)"


def _ends(found: Numbers) -> tuple[float, float]:
    return float(found.min()), float(found.max())


def near(found: float, expected: float) -> bool:
    """Whether a share told in whole percents is this."""
    return abs(found - expected) <= 0.005 + 1e-9
