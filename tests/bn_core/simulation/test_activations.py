"""Activations reduced block by block, against scipy and numpy over all values at once."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from bn_core.simulation import activations
from bn_core.simulation.activations import (
    example_statistics,
    feature_moments,
    lag_correlations,
    some,
    some_examples,
)


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activations, "_BLOCK", 50)


@pytest.mark.parametrize("shape", [(40, 3), (17, 5, 3), (9, 4, 2, 3), (2, 1)])
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int16])
def test_the_moments_are_scipys(shape: tuple[int, ...], dtype: Any) -> None:
    x = (10 * np.random.default_rng().gamma(2.0, 1.0, shape)).astype(dtype)
    found = feature_moments(x)
    rows = x.reshape(-1, shape[-1]).astype(np.float64)
    assert found.count == len(rows)
    np.testing.assert_allclose(found.mean, rows.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(found.var, rows.var(axis=0), rtol=1e-12)
    if (rows.std(axis=0) > 0).all():
        np.testing.assert_allclose(found.skewness, stats.skew(rows), rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(found.kurtosis, stats.kurtosis(rows), rtol=1e-9)
    np.testing.assert_array_equal(found.zeros, np.mean(rows == 0, axis=0))


def test_far_from_zero_no_digit_is_lost_and_equal_values_have_no_spread() -> None:
    noise = np.random.default_rng(1).standard_normal((500, 1))
    x = np.concatenate([1e9 + noise, np.full((500, 1), 0.1), np.zeros((500, 1))], axis=1)
    found = feature_moments(x)
    exact = (x[:, :1] - 1e9).var()
    assert found.var[0] == pytest.approx(exact, rel=1e-9)
    assert (found.var[1:] == 0).all()
    assert np.isnan(found.kurtosis[1:]).all()
    assert found.zeros.tolist() == [0, 0, 1]


def test_some_numbers_are_evenly_spread_and_some_examples_always_the_same() -> None:
    assert some(5, 8).tolist() == [0, 1, 2, 3, 4]
    assert some(101, 5).tolist() == [0, 25, 50, 75, 100]
    assert some(1, 4).tolist() == [0]
    assert some_examples(6, 6).tolist() == list(range(6))
    chosen = some_examples(1000, 50)
    assert len(set(chosen.tolist())) == 50
    assert chosen.tolist() == sorted(some_examples(1000, 50).tolist())


def test_the_statistics_of_examples_are_about_the_mean_of_them_all() -> None:
    rng = np.random.default_rng()
    x = rng.normal(7.0, 2.0, (60, 3, 4, 5)).astype(np.float32)
    examples, features = np.array([3, 8, 20, 21, 59]), np.array([0, 4])
    means, squares = example_statistics(x, examples, features, np.array([6.5, 8.0]))
    part = x[examples][..., features].astype(np.float64).reshape(5, -1, 2)
    part -= part.mean(axis=(0, 1))
    np.testing.assert_allclose(means, part.mean(axis=1), atol=1e-12)
    np.testing.assert_allclose(squares, (part**2).mean(axis=1), rtol=1e-9)


@pytest.mark.parametrize("axis", [1, 2])
def test_correlations_by_distance_are_those_of_pairs(axis: int) -> None:
    rng = np.random.default_rng()
    x = np.cumsum(rng.standard_normal((30, 6, 5, 2)), axis=axis)
    mean = x.mean(axis=(0, 1, 2))
    found = lag_correlations(x, mean, axis, most=3)
    assert found.shape == (4, 2)
    np.testing.assert_allclose(found[0], 1.0)
    moved = np.moveaxis(x - mean, axis, 0)
    for lag in (1, 2, 3):
        first, second = moved[:-lag].reshape(-1, 2), moved[lag:].reshape(-1, 2)
        expected = (first * second).sum(0) / np.sqrt((first**2).sum(0) * (second**2).sum(0))
        np.testing.assert_allclose(found[lag], expected)
    assert np.abs(found).max() <= 1 + 1e-12


def test_independent_positions_are_uncorrelated_and_constant_ones_have_no_correlation() -> None:
    x = np.random.default_rng(0).standard_normal((400, 8, 1))
    found = lag_correlations(x, np.zeros(1), 1)
    assert found.shape == (8, 1)
    assert np.abs(found[1:, 0]).max() < 5 / np.sqrt(400)
    assert np.isnan(lag_correlations(np.ones((3, 2, 1)), np.ones(1), 1)).all()
