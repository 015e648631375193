"""The batch std of correlated positions, and the gap: against known laws and drawn batches."""

import math

import numpy as np
import pytest

from bn_core.fields import standard_fields
from bn_core.theory.batch_statistics import std_ratio
from bn_core.theory.inference_gap import rms_gap
from bn_core.theory.positions_gap import position_rms_gap, position_std_ratio
from bn_core.types import Array
from tests.bn_core.standard_error import mean_agrees


@pytest.mark.parametrize("positions", [(1, 1), (3, 4), (1, 16), (32, 32)])
def test_independent_positions_are_so_many_samples(positions: tuple[int, int]) -> None:
    sizes = np.array([1, 2, 3, 8, 512, 32_768])
    samples = sizes * positions[0] * positions[1]
    few = samples < 10_000  # of more the gamma functions of the law lose digits
    ratio = position_std_ratio(sizes, *positions, 0.0)
    np.testing.assert_allclose(ratio[few], std_ratio(samples[few]), atol=1e-12)
    gap = position_rms_gap(sizes, *positions, 0.0)
    np.testing.assert_allclose(gap[few], rms_gap(samples[few]), rtol=1e-7)
    large = samples[samples > 1000]
    expected = np.sqrt(3 / (2 * large) + 7 / (16 * large**2))  # from Stirling's series
    np.testing.assert_allclose(gap[samples > 1000], expected, rtol=1e-6)


@pytest.mark.parametrize("size", [(1, 1), (4, 5), (16, 16)])
def test_positions_that_agree_are_one_sample(size: tuple[int, int]) -> None:
    sizes = np.array([1, 2, 3, 8, 64])
    np.testing.assert_allclose(position_std_ratio(sizes, *size, 1.0), std_ratio(sizes), atol=1e-9)
    np.testing.assert_allclose(position_rms_gap(sizes, *size, 1.0), rms_gap(sizes), rtol=1e-6)


def test_two_correlated_values() -> None:
    """Their std is |x - y| / 2, half-normal: exact."""
    for rho in (0.0, 0.5, 0.9):
        expected = math.sqrt((1 - rho) / math.pi)
        assert position_std_ratio(1, 1, 2, rho) == pytest.approx(expected, abs=1e-9)


def drawn(shape: str, batch: int, size: tuple[int, int], rho: float) -> Array:
    n = 8000
    return standard_fields(shape, (n * batch, *size), rho, seed=2).reshape(n, -1)


@pytest.mark.parametrize(
    ("batch", "size", "rho"),
    [(2, (8, 8), 0.8), (1, (4, 4), 0.5), (1, (1, 3), 0.9), (4, (3, 5), 0.95), (8, (6, 6), 0.4)],
)
def test_drawn_batches(batch: int, size: tuple[int, int], rho: float) -> None:
    x = drawn("normal", batch, size, rho)
    std = x.std(axis=1)
    assert mean_agrees(std, float(position_std_ratio(batch, *size, rho)))
    z = (x - x.mean(axis=1, keepdims=True)) / std[:, None]
    gap = float(position_rms_gap(batch, *size, rho))
    assert mean_agrees(np.mean((z - x) ** 2, axis=1), gap**2)


@pytest.mark.parametrize(("synchronised", "expected"), [(False, 0.636), (True, 0.217)])
def test_eight_devices_of_four_samples(synchronised: bool, expected: float) -> None:
    """Each device's own statistics, or those of all 32 samples."""
    x = np.random.default_rng(3).standard_normal((20_000, 8, 4))
    axes = (1, 2) if synchronised else (2,)
    z = (x - x.mean(axis=axes, keepdims=True)) / x.std(axis=axes, keepdims=True)
    gap = float(position_rms_gap(32 if synchronised else 4, 1, 1, 0.0))
    assert mean_agrees(np.mean((z - x) ** 2, axis=(1, 2)), gap**2)
    assert gap == pytest.approx(expected, abs=1e-3)


def test_errors() -> None:
    with pytest.raises(ValueError, match="whole numbers of at least 1"):
        position_rms_gap(0, 3, 3, 0.5)
    with pytest.raises(ValueError, match="correlation must lie in"):
        position_rms_gap(2, 3, 3, -0.5)
