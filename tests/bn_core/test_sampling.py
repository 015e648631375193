"""Seeded draws: standardised, the same for the same seed, the smaller within the larger."""

from typing import Any

import numpy as np
import pytest

from bn_core.sampling import EXCESS_KURTOSIS, SHAPES, draw, standard_draw
from bn_core.types import Array

every_shape = pytest.mark.parametrize("shape", SHAPES)


@every_shape
def test_moments(shape: str) -> None:
    """Mean 0, std 1 and the stated kurtosis, each within 5 standard errors of 400 groups."""
    u = standard_draw(shape, (400, 2000), seed=3)
    for moment, expected in ((u, 0), (u**2, 1), (u**4, EXCESS_KURTOSIS[shape] + 3)):
        groups = moment.mean(axis=1)
        error = groups.std(ddof=1) / np.sqrt(len(groups))
        assert abs(groups.mean() - expected) < 5 * error
        assert error < 0.05 * max(expected, 1)  # the check above has teeth


def test_each_looks_as_named() -> None:
    u = {shape: standard_draw(shape, (400, 500), seed=0) for shape in SHAPES}
    expected = {"normal": 0.0, "heavy-tailed": 0.0, "bimodal": 0.0, "skewed": np.sqrt(2)}
    for shape, skewness in expected.items():
        groups = (u[shape] ** 3).mean(axis=1)
        error = groups.std(ddof=1) / np.sqrt(len(groups))
        assert abs(groups.mean() - skewness) < 5 * error, shape
        assert error < 0.05, "the check above has teeth"
    at_the_end = np.mean(u["rectified"] == u["rectified"].min())
    assert abs(at_the_end - 0.5) < 5 * 0.5 / np.sqrt(u["rectified"].size)
    density = np.histogram(u["bimodal"], bins=[-1, -0.8, -0.1, 0.1, 0.8, 1], density=True)[
        0
    ].tolist()
    assert density[0] > 2 * density[2] < density[-1]


@every_shape
def test_larger_draws_begin_with_the_smaller(shape: str) -> None:
    small = standard_draw(shape, (3, 17), seed=5)
    large = standard_draw(shape, (11, 600), seed=5)
    np.testing.assert_array_equal(large[:3, :17], small)
    beyond_the_cache = standard_draw(shape, (4, 70_000), seed=5)
    np.testing.assert_array_equal(beyond_the_cache[:3, :17], small)


@every_shape
def test_seeds_streams_and_features_differ(shape: str) -> None:
    first = draw(shape, (4, 50), 0, 1, seed=1)
    np.testing.assert_array_equal(first, draw(shape, (4, 50), 0, 1, seed=1))
    others = [draw(shape, (4, 50), 0, 1, seed=2), draw(shape, (4, 50), 0, 1, seed=1, stream=1)]
    others.append(draw(shape, (4, 50), 0, 1, seed=0, stream=1))
    others.append(np.roll(first, 1, axis=0))
    for other in others:
        assert (first == other).all(axis=1).sum() == 0


def test_features_and_streams_are_independent() -> None:
    rows = [standard_draw("normal", (8, 5000), seed=7, stream=stream) for stream in range(4)]
    correlation: Array = np.corrcoef(np.vstack(rows))
    off_diagonal = correlation[~np.eye(32, dtype=bool)]
    assert np.abs(off_diagonal).max() < 5 / np.sqrt(5000)


def test_mean_and_std_move_the_same_batch() -> None:
    at_rest = draw("skewed", (4, 50), 0, 1, seed=1)
    np.testing.assert_allclose(draw("skewed", (4, 50), -3, 2.5, seed=1), -3 + 2.5 * at_rest)
    np.testing.assert_array_equal(draw("skewed", (4, 50), 5, 0, seed=1), 5)


def test_the_callers_array_is_the_callers() -> None:
    first = draw("normal", (2, 3), 0, 1, seed=0)
    first[:] = 9
    assert not (draw("normal", (2, 3), 0, 1, seed=0) == 9).any()
    with pytest.raises(ValueError, match="read-only"):
        standard_draw("normal", (2, 3), seed=0)[:] = 9


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"shape": "round"}, "shape must be one of normal, skewed, .*; got 'round'"),
        ({"size": (0, 3)}, r"size\[0\] \(n_features\) must be .* at least 1, got 0"),
        ({"size": (3, 0)}, r"size\[1\] \(batch_size\) must be .* at least 1, got 0"),
        ({"std": -1.0}, "std must be finite and at least 0, got -1.0"),
        ({"std": np.nan}, "std must be finite and at least 0, got nan"),
        ({"seed": -1}, "seed must be a whole number of at least 0, got -1"),
        ({"seed": 0.5}, "seed must be a whole number of at least 0, got 0.5"),
        ({"stream": -1}, "stream must be a whole number of at least 0, got -1"),
    ],
)
def test_errors(changed: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"shape": "normal", "size": (2, 3), "mean": 0, "std": 1, "seed": 0}
    with pytest.raises(ValueError, match=message):
        draw(**(arguments | changed))
