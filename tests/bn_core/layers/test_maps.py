"""Feature maps: the shape they come in, and errors that name it."""

import copy
import pickle
from typing import Any

import numpy as np
import pytest

from bn_core import BatchNorm2D, GroupNorm2D
from bn_core.layers.maps import columns_of_maps, maps_of_columns, maps_of_rows, rows_of_maps
from bn_core.types import Array

SHAPE = (5, 4, 3, 2)  # batch, features, height, width


def maps(seed: int = 0, shape: tuple[int, ...] = SHAPE) -> Array:
    return np.random.default_rng(seed).normal(2, 3, shape)


def test_rows_and_columns_hold_the_right_values_and_come_back() -> None:
    x = maps()
    rows, columns = rows_of_maps(x), columns_of_maps(x)
    for n, c, h, w in np.ndindex(x.shape):
        assert rows[c, (n * 3 + h) * 2 + w] == x[n, c, h, w]
        assert columns[(c * 3 + h) * 2 + w, n] == x[n, c, h, w]
    np.testing.assert_array_equal(maps_of_rows(rows, x.shape), x)
    np.testing.assert_array_equal(maps_of_columns(columns, x.shape), x)


@pytest.mark.parametrize("make", [BatchNorm2D, lambda n, eps: GroupNorm2D(n, 2, eps)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_slice_of_a_larger_array_and_a_copy(make: Any, dtype: type[np.floating]) -> None:
    """Any memory order; and neither input, output nor a copy of the layer moves the gradient."""
    layer = make(4, 1e-3)
    large = maps(shape=(10, 4, 6, 2)).astype(dtype)
    Z, dY = large[::2, :, ::2], maps(1)
    Y = layer.forward(Z)
    assert Y.dtype == dtype
    np.testing.assert_array_equal(Y, layer.forward(Z.copy()))
    expected = layer.backward(dY)
    Z[:] = Y[:] = 7
    for twin in (layer, copy.copy(layer), pickle.loads(pickle.dumps(layer))):
        for found, wanted in zip(twin.backward(dY), expected, strict=True):
            assert found.dtype == dtype
            np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("layer", [BatchNorm2D(4), GroupNorm2D(4, 2)])
@pytest.mark.parametrize(
    ("Z", "message"),
    [
        (np.zeros((4, 5)), r"4 dimensions \(batch, n_features, height, width\), got 2 .*\(4, 5\)"),
        (np.zeros((4, 3, 2)), r"got 3 with shape .* a single example as Z\[None\]"),
        (np.zeros((2, 3, 3, 4)), r"4 features along axis 1.* got 3 .* move them to the front"),
        (np.zeros((2, 3, 3, 3)), r"4 features along axis 1.* got 3 .* check it"),
        (np.zeros((0, 4, 3, 3)), r"at least one example with one position, got .*\(0, 4, 3, 3\)"),
        (np.zeros((2, 4, 0, 3)), r"at least one example with one position"),
        (np.full((2, 4, 1, 1), "a"), "Z must hold real numbers"),
    ],
)
def test_errors(layer: BatchNorm2D | GroupNorm2D, Z: Any, message: str) -> None:
    for training in (True, False):
        with pytest.raises(ValueError, match=message):
            layer.forward(Z, training=training)


def test_an_upstream_of_as_many_values_in_another_shape_is_refused() -> None:
    layer = BatchNorm2D(4)
    layer.forward(maps())
    with pytest.raises(ValueError, match=r"dY must have the shape .*\(5, 4, 3, 2\), got \(3, 4, 5"):
        layer.backward(maps(shape=(3, 4, 5, 2)))


def test_one_example_is_enough_where_the_map_has_positions() -> None:
    layer = BatchNorm2D(4, eps=0, refuse_single=True)
    Y = layer.forward(maps(shape=(1, 4, 3, 2)))
    np.testing.assert_allclose(Y.std(axis=(0, 2, 3)), 1)
    with pytest.raises(ValueError, match=r"at least two examples .* where refuse_single=True"):
        layer.forward(maps(shape=(1, 4, 1, 1)))
