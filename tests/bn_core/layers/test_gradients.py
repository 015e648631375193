"""Every layer's backward against finite differences, with random upstream gradients."""

from collections.abc import Callable

import numpy as np
import pytest

from bn_core import BatchNorm1D, GroupNorm1D, LayerNorm1D, RMSNorm1D
from bn_core.layers.base import Norm1D
from bn_core.types import Array

FEATURES, BATCH = 6, 5
LAYERS: dict[str, Callable[[], Norm1D]] = {
    "batch": lambda: BatchNorm1D(FEATURES),
    "batch, large eps": lambda: BatchNorm1D(FEATURES, eps=2.0),
    "layer": lambda: LayerNorm1D(FEATURES),
    "rms": lambda: RMSNorm1D(FEATURES),
    "group": lambda: GroupNorm1D(FEATURES, 3),
}


def slope(loss: Callable[[Array], float], at: Array) -> Array:
    """Gradient by central differences."""
    step, gradient = 1e-6, np.empty_like(at)
    for index in np.ndindex(at.shape):
        move = np.zeros_like(at)
        move[index] = step
        gradient[index] = (loss(at + move) - loss(at - move)) / (2 * step)
    return gradient


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("seed", range(3))
def test_all_three_gradients(name: str, seed: int) -> None:
    layer = LAYERS[name]()
    rng = np.random.default_rng(seed)
    Z = 3 + 2 * rng.standard_normal((FEATURES, BATCH))
    dY = rng.standard_normal((FEATURES, BATCH))
    gamma, beta = rng.standard_normal((2, FEATURES))

    def loss(Z: Array, gamma: Array, beta: Array) -> float:
        layer.gamma, layer.beta = gamma, beta
        return float(np.vdot(layer.forward(Z), dY))

    numeric = (
        slope(lambda moved: loss(moved, gamma, beta), Z),
        slope(lambda moved: loss(Z, moved, beta), gamma),
        slope(lambda moved: loss(Z, gamma, moved), beta),
    )
    loss(Z, gamma, beta)
    for analytic, by_difference in zip(layer.backward(dY), numeric, strict=True):
        np.testing.assert_allclose(analytic, by_difference, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("norm", [BatchNorm1D, LayerNorm1D, RMSNorm1D])
def test_without_affine(norm: type[BatchNorm1D | LayerNorm1D | RMSNorm1D]) -> None:
    """The gradient of a layer of ones and zeros, and nothing for what is not learned."""
    rng = np.random.default_rng(0)
    Z, dY = rng.standard_normal((2, FEATURES, BATCH))
    plain, affine = norm(FEATURES, affine=False), norm(FEATURES)
    np.testing.assert_array_equal(plain.forward(Z), affine.forward(Z))
    dZ, d_gamma, d_beta = plain.backward(dY)
    np.testing.assert_array_equal(dZ, affine.backward(dY)[0])
    assert d_gamma.shape == d_beta.shape == (FEATURES,)
    assert not d_gamma.any()
    assert not d_beta.any()
    with pytest.raises(ValueError, match="read-only"):
        plain.gamma[:] = 2
