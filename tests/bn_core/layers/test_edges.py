"""The corners: one example, no variance, far from zero, float32, nan and infinity."""

import numpy as np
import pytest

from bn_core import BatchNorm1D, GroupNorm1D, LayerNorm1D, RMSNorm1D
from bn_core.layers.base import Norm1D
from bn_core.normalize import statistics
from bn_core.types import Array

FEATURES = 6


def all_layers() -> list[Norm1D]:
    return [
        BatchNorm1D(FEATURES),
        LayerNorm1D(FEATURES),
        RMSNorm1D(FEATURES),
        GroupNorm1D(FEATURES, 2),
    ]


def normal(batch: int, seed: int = 0) -> Array:
    return np.random.default_rng(seed).standard_normal((FEATURES, batch))


def test_one_example_comes_out_as_beta() -> None:
    layer = BatchNorm1D(FEATURES)
    layer.gamma, layer.beta = normal(2).T
    np.testing.assert_array_equal(layer.forward(normal(1)), layer.beta[:, None])
    np.testing.assert_array_equal(layer.backward(normal(1, seed=1))[0], 0)


def test_one_feature_comes_out_of_layer_norm_as_beta() -> None:
    layer = LayerNorm1D(1)
    layer.beta[:] = 0.7
    np.testing.assert_array_equal(layer.forward(normal(4)[:1]), 0.7)


@pytest.mark.parametrize("batch", [1, 2, 3, 6, 7, 32, 300])
@pytest.mark.parametrize("value", [5.0, 0.1, -9.7, 1e-3])
def test_no_variance(batch: int, value: float) -> None:
    """Equal values have variance 0 exactly, so that eps = 0 gives nan, not rounding's noise."""
    Z: Array = np.full((3, batch), value)
    with_eps = BatchNorm1D(3)
    np.testing.assert_array_equal(with_eps.forward(Z), 0)
    without = BatchNorm1D(3, eps=0)
    assert np.isnan(without.forward(Z)).all()
    np.testing.assert_array_equal(statistics(Z, axis=1)[1], 0)
    assert np.isnan(LayerNorm1D(batch, eps=0).forward(Z.T)).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_type_in_is_type_out(dtype: type[np.floating]) -> None:
    Z: Array = normal(8).astype(dtype)
    dY = normal(8, seed=1)
    for layer in all_layers():
        outputs = [layer.forward(Z), *layer.backward(dY), layer.forward(Z, training=False)]
        assert [output.dtype for output in outputs] == [dtype] * 5


def test_whole_numbers_and_lists_become_float64() -> None:
    for layer in all_layers():
        assert layer.forward(np.arange(12).reshape(6, 2)).dtype == np.float64
        assert layer.forward([[1, 2], [3, 5], [0, 1], [4, 4], [1, 0], [2, 9]]).shape == (6, 2)


@pytest.mark.parametrize("ratio", [1e3, 1e4])
@pytest.mark.parametrize("batch", [8, 32, 512, 4096])
def test_float32_far_from_zero(ratio: float, batch: int) -> None:
    """The variance of what float32 holds, at mean/std where one pass has lost all of it."""
    Z = (ratio + normal(batch)).astype(np.float32)
    exact = Z.astype(np.float64)
    layer = BatchNorm1D(FEATURES, momentum=1.0)
    Y = layer.forward(Z)
    np.testing.assert_allclose(layer.running_var, exact.var(axis=1), rtol=3e-6)
    np.testing.assert_allclose(Y, BatchNorm1D(FEATURES).forward(exact), atol=2e-5)
    np.testing.assert_allclose(statistics(Z, axis=1)[1][:, 0], exact.var(axis=1), rtol=3e-6)


def test_float64_far_from_zero() -> None:
    Z = normal(50)
    layer, moved = BatchNorm1D(FEATURES, momentum=1.0), BatchNorm1D(FEATURES, momentum=1.0)
    layer.forward(Z)
    moved.forward(Z + 2.0**30)
    np.testing.assert_allclose(moved.running_var, layer.running_var, rtol=1e-6)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("column", [0, 3])
def test_not_finite_passes_through(bad: float, column: int) -> None:
    """No warning (the tests turn them into errors), and only its own row or column is lost."""
    Z = normal(5)
    Z[2, column] = bad
    Z[4] += 1e6  # a row far from zero has its mean taken twice, which must not touch the others
    batch = BatchNorm1D(FEATURES, momentum=1.0)
    lost = ~np.isfinite(batch.forward(Z))
    assert lost[2].any()
    assert not np.delete(lost, 2, axis=0).any()
    np.testing.assert_array_equal(batch.running_mean[2], bad)
    np.testing.assert_array_equal(statistics(Z, axis=1)[0][2], bad)
    batch.backward(Z)
    for layer in all_layers()[1:]:
        lost = ~np.isfinite(layer.forward(Z))
        assert lost[2, column]
        assert not np.delete(lost, column, axis=1).any()
        layer.backward(Z)


def test_unbiased_running_variance() -> None:
    Z = normal(5)
    layer = BatchNorm1D(FEATURES, momentum=1.0, unbiased_running_var=True)
    layer.forward(Z)
    np.testing.assert_allclose(layer.running_var, Z.var(axis=1, ddof=1), rtol=1e-13)


def test_cumulative_average() -> None:
    layer = BatchNorm1D(FEATURES, momentum=None)
    batches = [normal(4, seed) for seed in range(5)]
    for Z in batches:
        layer.forward(Z)
    np.testing.assert_allclose(layer.running_mean, np.hstack(batches).mean(axis=1), atol=1e-14)
    mean_var = np.mean([Z.var(axis=1) for Z in batches], axis=0)
    np.testing.assert_allclose(layer.running_var, mean_var, rtol=1e-13)


def test_inference_leaves_the_running_statistics() -> None:
    layer = BatchNorm1D(FEATURES)
    layer.forward(normal(4))
    before = layer.running_mean.copy(), layer.running_var.copy()
    layer.forward(normal(9, seed=1), training=False)
    np.testing.assert_array_equal(layer.running_mean, before[0])
    np.testing.assert_array_equal(layer.running_var, before[1])
