"""What must hold for any batch: invariances, bounds, sums of the gradient."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from bn_core import BatchNorm1D, GroupNorm1D, LayerNorm1D
from bn_core.types import Array

sizes = st.tuples(st.integers(1, 8), st.integers(2, 40))
seeds = st.integers(0, 2**32 - 1)


def draw(size: tuple[int, int], seed: int) -> tuple[Array, Array]:
    Z, dY = np.random.default_rng(seed).standard_normal((2, *size))
    # Without a spread worth the name eps or rounding decides, and nothing here need hold.
    assume((Z.std(axis=1) > 1e-2).all())
    return Z, dY


@given(sizes, seeds, st.floats(-50, 50), st.floats(0.1, 50))
def test_batch_norm_undoes_shift_and_scale(
    size: tuple[int, int], seed: int, shift: float, scale: float
) -> None:
    Z, _ = draw(size, seed)
    layer = BatchNorm1D(size[0], eps=0)
    np.testing.assert_allclose(layer.forward(shift + scale * Z), layer.forward(Z), atol=1e-7)


@given(sizes, seeds, st.floats(-50, 50), st.floats(0.1, 50))
def test_layer_norm_undoes_shift_and_scale_of_an_example(
    size: tuple[int, int], seed: int, shift: float, scale: float
) -> None:
    Z, _ = draw((size[1], size[0]), seed)
    assume((Z.std(axis=0) > 1e-2).all())
    layer = LayerNorm1D(size[1], eps=0)
    moved = Z.copy()
    moved[:, 0] = shift + scale * Z[:, 0]
    np.testing.assert_allclose(layer.forward(moved), layer.forward(Z), atol=1e-7)


@given(sizes, seeds, st.floats(1, 1e6))
def test_output_is_bounded_by_the_batch(size: tuple[int, int], seed: int, outlier: float) -> None:
    """|z| <= sqrt(B - 1), approached by one outlier among equals; mean 0 and std 1."""
    Z, _ = draw(size, seed)
    Z[:, 0] *= outlier
    Y = BatchNorm1D(size[0], eps=0).forward(Z)
    assert np.abs(Y).max() <= np.sqrt(size[1] - 1) * (1 + 1e-9)
    np.testing.assert_allclose(Y.mean(axis=1), 0, atol=1e-8)
    np.testing.assert_allclose(Y.std(axis=1), 1, atol=1e-8)


@given(sizes, seeds)
def test_gradient_sums(size: tuple[int, int], seed: int) -> None:
    """Sum dZ = 0; sum dZ z = (gamma / s) (eps / (v + eps)) sum g z, so 0 without eps."""
    Z, dY = draw(size, seed)
    for eps in (0.0, 0.5):
        layer = BatchNorm1D(size[0], eps)
        z = layer.forward(Z)
        layer.gamma = np.random.default_rng(seed).standard_normal(size[0])
        layer.forward(Z)
        dZ, _, _ = layer.backward(dY)
        v = Z.var(axis=1)
        share = layer.gamma / np.sqrt(v + eps) * eps / (v + eps)
        unit = np.abs(dY).max() / Z.std(axis=1).min() * size[1]
        np.testing.assert_allclose(dZ.sum(axis=1), 0, atol=1e-10 * unit)
        expected = share * np.sum(dY * z, axis=1)
        np.testing.assert_allclose(np.sum(dZ * z, axis=1), expected, rtol=1e-8, atol=1e-9 * unit)


@given(st.integers(1, 6), seeds)
def test_batch_of_two_passes_no_gradient(features: int, seed: int) -> None:
    Z, dY = draw((features, 2), seed)
    layer = BatchNorm1D(features, eps=0)
    np.testing.assert_allclose(np.abs(layer.forward(Z)), 1, rtol=1e-9)
    np.testing.assert_allclose(layer.backward(dY)[0], 0, atol=1e-10 / Z.std(axis=1).min())


@given(sizes, seeds)
def test_examples_do_not_meet_in_layer_norm(size: tuple[int, int], seed: int) -> None:
    Z, _ = draw(size, seed)
    layer = LayerNorm1D(size[0])
    alone = np.hstack([layer.forward(Z[:, [i]]) for i in range(size[1])])
    np.testing.assert_allclose(layer.forward(Z), alone, rtol=1e-12, atol=1e-12)


@given(sizes, seeds)
def test_one_group_is_layer_norm(size: tuple[int, int], seed: int) -> None:
    Z, dY = draw(size, seed)
    group, layer = GroupNorm1D(size[0], 1), LayerNorm1D(size[0])
    np.testing.assert_allclose(group.forward(Z), layer.forward(Z), atol=1e-12)
    np.testing.assert_allclose(group.backward(dY)[0], layer.backward(dY)[0], atol=1e-9)
