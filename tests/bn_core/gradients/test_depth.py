from functools import cache

import numpy as np
import pytest

from bn_core import BatchNorm1D, LayerNorm1D
from bn_core.gradients.depth import DepthNorm, draw_network, gradient_by_layer
from bn_core.theory.gradients import RELU_LAYER_FACTOR, depth_growth


@cache
def mean_and_error(norm: DepthNorm, batch_size: int) -> tuple[np.ndarray, np.ndarray]:
    network = draw_network(10, 12, 64, batch_size, np.random.default_rng(0))
    logs = np.log(gradient_by_layer(*network, norm))
    return logs.mean(axis=1), logs.std(axis=1) / np.sqrt(11)


def test_batch_norms_gradient_grows_by_the_law_at_a_large_batch() -> None:
    mean, error = mean_and_error("batch", 512)
    # The law is for endless batch and width; at 512 and 64 it is 2 % off over the ten layers.
    assert np.all(np.abs(mean - np.log(depth_growth(10))) <= 5 * error + 0.02)


def test_without_a_norm_the_gradient_keeps_its_mean_square() -> None:
    """Exactly, at any width: half of the entries pass each ReLU, and weights have variance 2/n."""
    network = draw_network(10, 60, 64, 8, np.random.default_rng(0))
    squares = gradient_by_layer(*network, "none")[:-1] ** 2
    error = squares.std(axis=1) / np.sqrt(59)
    assert np.all(np.abs(squares.mean(axis=1) - 1) < 5 * error)
    assert np.all(error < 0.1)


def test_with_layer_norm_the_gradient_nearly_keeps_its_size() -> None:
    mean, error = mean_and_error("layer", 32)
    # At a width of 64 it is 3 % off over ten layers (of 300 networks).
    assert np.all(np.abs(mean) <= 5 * error + 0.03)


def test_a_small_batch_explodes_faster() -> None:
    assert mean_and_error("batch", 8)[0][0] > np.log(8.0) > mean_and_error("batch", 512)[0][0]


def test_at_a_batch_of_two_no_gradient_comes_through() -> None:
    network = draw_network(10, 2, 64, 2, np.random.default_rng(0))
    np.testing.assert_allclose(gradient_by_layer(*network, "batch")[:-1], 0.0, atol=1e-12)


@pytest.mark.parametrize("norm", ["batch", "layer"])
def test_sizes_are_those_of_the_layers_own_backward(norm: DepthNorm) -> None:
    weights, x, g = draw_network(3, 1, 8, 6, np.random.default_rng(1))
    make = {"batch": BatchNorm1D, "layer": LayerNorm1D}[norm]
    norms, h, pre = [make(8, eps=1e-3) for _ in range(3)], x[0], []
    for layer, w in zip(norms, weights[:, 0], strict=True):
        pre.append(layer.forward(w @ h))
        h = np.maximum(pre[-1], 0.0)
    expected, gradient = [], g[0]
    for layer, w, z in zip(norms[::-1], weights[::-1, 0], pre[::-1], strict=True):
        expected.append(np.linalg.norm(gradient))
        gradient = w.T @ layer.backward(gradient * (z > 0))[0]
    found = gradient_by_layer(weights, x, g, norm, eps=1e-3)[:, 0]
    np.testing.assert_allclose(found, np.array(expected[::-1]) / expected[0], rtol=1e-12)


def test_the_factor_is_the_published_one() -> None:
    assert pytest.approx(1.211, abs=5e-4) == RELU_LAYER_FACTOR
    assert depth_growth(10)[0] == pytest.approx(5.60, abs=0.01)
    assert depth_growth(10)[-1] == 1.0
