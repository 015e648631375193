"""Folding: one dense layer does what two layers did. PyTorch's numbers are in test_maps_torch."""

import numpy as np
import pytest

from bn_core import BatchNorm1D, BatchNorm2D
from bn_core.layers.folding import fold
from bn_core.types import Array


def test_one_layer_does_what_the_two_did() -> None:
    rng = np.random.default_rng(0)
    layer = BatchNorm1D(5, eps=1e-3)
    layer.gamma, layer.beta = rng.standard_normal((2, 5))
    W, b, X = rng.standard_normal((5, 3)), rng.standard_normal(5), rng.standard_normal((3, 40))
    for _ in range(20):
        layer.forward(W @ X + b[:, None])
    for bias in (b, 0.0):
        folded, shift = fold(layer, W, bias)
        Z = W @ X + np.reshape(bias, (-1, 1))
        two = layer.forward(Z, training=False)
        np.testing.assert_allclose(folded @ X + shift[:, None], two, atol=1e-12)


def test_a_convolution_of_maps() -> None:
    """A kernel of 1 x 1 is a dense layer at each position."""
    rng = np.random.default_rng(1)
    layer = BatchNorm2D(5)
    kernel, X = rng.standard_normal((5, 3, 1, 1)), rng.standard_normal((2, 3, 4, 4))

    def convolve(kernel: Array) -> Array:
        return np.asarray(np.einsum("oi,nihw->nohw", kernel[:, :, 0, 0], X))

    layer.forward(convolve(kernel))
    folded, shift = fold(layer, kernel)
    two = layer.forward(convolve(kernel), training=False)
    np.testing.assert_allclose(convolve(folded) + shift[:, None, None], two, atol=1e-12)


def test_errors() -> None:
    layer = BatchNorm1D(5)
    with pytest.raises(ValueError, match=r"weights must have shape \(5, inputs\).* got \(3, 5\)"):
        fold(layer, np.ones((3, 5)))
    with pytest.raises(ValueError, match=r"weights must have shape .* got \(5,\)"):
        fold(layer, np.ones(5))
    with pytest.raises(ValueError, match=r"bias must have shape \(5,\).* got \(3,\)"):
        fold(layer, np.ones((5, 3)), np.ones(3))
    layer.gamma = np.ones(4)
    with pytest.raises(ValueError, match=r"gamma must have shape \(5,\)"):
        fold(layer, np.ones((5, 3)))
