"""Statistics of parts put together, against those of all values at once."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from bn_core.pooling import pool_statistics
from bn_core.types import Array


def parts(sizes: tuple[int, ...], far: float = 0.0) -> list[Array]:
    rng = np.random.default_rng(0)
    return [far + rng.normal(rng.normal(), rng.uniform(0.5, 3), (size, 4)) for size in sizes]


def of_each(values: list[Array]) -> tuple[list[int], Array, Array]:
    means = np.stack([x.mean(axis=0) if len(x) else np.full(4, np.nan) for x in values])
    variances = np.stack([x.var(axis=0) if len(x) else np.full(4, np.nan) for x in values])
    return [len(x) for x in values], means, variances


@pytest.mark.parametrize("sizes", [(5,), (1, 1), (4, 4, 4), (1, 700, 13, 2), (3, 0, 6)])
def test_unequal_parts(sizes: tuple[int, ...]) -> None:
    values = parts(sizes)
    mean, var = pool_statistics(*of_each(values))
    everything = np.concatenate(values)
    np.testing.assert_allclose(mean, everything.mean(axis=0), atol=1e-13)
    np.testing.assert_allclose(var, everything.var(axis=0), rtol=1e-13)


def test_far_from_zero_no_digit_is_lost() -> None:
    """Means and variances given exactly, the result in exact fractions."""
    counts, means, variances = [3, 5, 2], [1e9 + 1, 1e9 - 2, 1e9 + 0.5], [0.25, 4.0, 1.0]
    found = pool_statistics(counts, means, variances)
    n = sum(counts)
    mean = sum(c * Fraction(m) for c, m in zip(counts, means, strict=True)) / n
    square = sum(
        c * (Fraction(v) + (Fraction(m) - mean) ** 2)
        for c, m, v in zip(counts, means, variances, strict=True)
    )
    assert found[0] == float(mean)
    assert found[1] == pytest.approx(float(square / n), rel=1e-14)


def test_equal_values_have_no_variance() -> None:
    assert pool_statistics([3, 9], [[0.1], [0.1]], [[0.0], [0.0]])[1] == 0


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (([1, 2], [1.0], [1.0]), r"counts must be \(parts,\).* got shapes \(2,\), \(1,\) and \(1"),
        (([1, 2], [1.0, 2.0], [[1.0], [2.0]]), r"means and variances \(parts, \.\.\.\)"),
        ((3, 1.0, 1.0), r"counts must be \(parts,\)"),
        (([0, 0], [1.0, 2.0], [1.0, 1.0]), r"at least 0, and one above 0, got \[0.0, 0.0\]"),
        (([-1, 3], [1.0, 2.0], [1.0, 1.0]), "counts must be at least 0"),
        (([1, np.nan], [1.0, 2.0], [1.0, 1.0]), "counts must be at least 0"),
        ((["a"], [1.0], [1.0]), "counts must hold real numbers"),
    ],
)
def test_errors(given: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pool_statistics(*given)
