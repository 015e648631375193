"""BatchNorm1D and LayerNorm1D against the plain textbook classes, number for number."""

import numpy as np
import pytest

from bn_core import BatchNorm1D, LayerNorm1D
from bn_core.types import Array
from tests.bn_core.plain import PlainBatchNorm1D, PlainLayerNorm1D

# Shapes on both sides of every block and buffer size the layers know.
SHAPES = [(1, 1), (3, 1), (1, 2), (64, 32), (5, 255), (5, 256), (7, 300), (300, 260), (3, 70_000)]


def batch(shape: tuple[int, int], seed: int) -> Array:
    rng = np.random.default_rng(seed)
    mean, std = rng.uniform(-10, 10, (shape[0], 1)), rng.uniform(0.5, 5, (shape[0], 1))
    return mean + std * rng.standard_normal(shape)


def assert_close(ours: Array, plain: Array) -> None:
    np.testing.assert_allclose(ours, plain, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("momentum", [0.0, 0.1, 1.0])
def test_batch_norm(shape: tuple[int, int], momentum: float) -> None:
    ours = BatchNorm1D(shape[0], 1e-5, momentum)
    plain = PlainBatchNorm1D(shape[0], 1e-5, momentum)
    rng = np.random.default_rng(1)
    for step in range(3):
        Z, dY = batch(shape, step), rng.standard_normal(shape)
        assert_close(ours.forward(Z), plain.forward(Z))
        for mine, its, parameter in zip(ours.backward(dY), plain.backward(dY), "zgb", strict=True):
            np.testing.assert_allclose(mine, its, rtol=1e-10, atol=1e-9, err_msg=parameter)
        assert_close(ours.running_mean, plain.running_mean)
        assert_close(ours.running_var, plain.running_var)
        ours.gamma = plain.gamma = rng.standard_normal(shape[0])
        ours.beta = plain.beta = rng.standard_normal(shape[0])
    Z = batch(shape, 9)
    assert_close(ours.forward(Z, training=False), plain.forward(Z, training=False))


@pytest.mark.parametrize("shape", SHAPES)
def test_layer_norm(shape: tuple[int, int]) -> None:
    ours, plain = LayerNorm1D(shape[0]), PlainLayerNorm1D(shape[0])
    rng = np.random.default_rng(1)
    ours.gamma = plain.gamma = rng.standard_normal(shape[0])
    ours.beta = plain.beta = rng.standard_normal(shape[0])
    Z, dY = batch(shape, 0), rng.standard_normal(shape)
    assert_close(ours.forward(Z), plain.forward(Z))
    for mine, its in zip(ours.backward(dY), plain.backward(dY), strict=True):
        np.testing.assert_allclose(mine, its, rtol=1e-9, atol=1e-9)
    assert_close(ours.forward(Z, training=False), plain.forward(Z))


def test_input_in_another_memory_order() -> None:
    ours, plain = BatchNorm1D(40), PlainBatchNorm1D(40)
    Z, dY = batch((300, 40), 0).T, batch((300, 80), 1).T[::2]
    assert_close(ours.forward(Z), plain.forward(Z))
    for mine, its in zip(ours.backward(dY), plain.backward(dY), strict=True):
        assert_close(mine, its)


def test_results_stay_what_they_were() -> None:
    """The layer writes over what it saved itself, never over what it has given or was given."""
    layer = BatchNorm1D(4)
    Z, dY = batch((4, 8), 0), batch((4, 8), 1)
    given = Z.copy(), dY.copy()
    results = (layer.forward(Z), *layer.backward(dY))
    copies = [result.copy() for result in results]
    layer.forward(batch((4, 8), 2))
    layer.backward(batch((4, 8), 3))
    for now, then in zip((Z, dY, *results), (*given, *copies), strict=True):
        np.testing.assert_array_equal(now, then)


def test_changing_input_or_output_leaves_the_gradient() -> None:
    for layer in (BatchNorm1D(4), LayerNorm1D(4), LayerNorm1D(4, affine=False)):
        Z, dY = batch((4, 8), 0), batch((4, 8), 1)
        layer.forward(Z.copy())
        before = layer.backward(dY)[0]
        Y = layer.forward(Z)
        Z[:] = Y[:] = 7
        np.testing.assert_array_equal(layer.backward(dY)[0], before)
