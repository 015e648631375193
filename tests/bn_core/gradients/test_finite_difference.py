import numpy as np
import pytest

from bn_core import BatchNorm1D, LayerNorm1D
from bn_core.gradients.finite_difference import finite_difference
from bn_core.gradients.parts import split_gradient

RNG = np.random.default_rng(0)
X = RNG.normal(5, 3, (7, 9))
G = RNG.standard_normal((7, 9))


@pytest.mark.parametrize("eps", [0.0, 1e-5, 1.0])
def test_it_sides_with_the_layers_backward_and_against_the_wrong_one(eps: float) -> None:
    batch, layer = BatchNorm1D(7, eps=eps), LayerNorm1D(7, eps=eps)
    batch.forward(X)
    layer.forward(X)
    rows = np.array([finite_difference(x, g, eps, 9) for x, g in zip(X, G, strict=True)])
    columns = np.array([finite_difference(x, g, eps, 7) for x, g in zip(X.T, G.T, strict=True)])
    np.testing.assert_allclose(rows, batch.backward(G)[0], atol=1e-8)
    np.testing.assert_allclose(columns.T, layer.backward(G)[0], atol=1e-8)
    assert np.abs(rows - split_gradient(X, G, -1, eps).naive_gradient).max() > 0.01


@pytest.mark.parametrize(("mean", "std"), [(0.0, 1e-3), (10.0, 0.01), (-10.0, 10.0)])
def test_it_is_accurate_at_the_ends_of_the_sliders(mean: float, std: float) -> None:
    x, g = mean + std * RNG.standard_normal(512), RNG.standard_normal(512)
    right = split_gradient(x[None], g[None], -1, 1e-8).gradient[0, :64]
    error = np.abs(finite_difference(x, g, 1e-8, 64) - right).max()
    assert error < 1e-5 * np.abs(right).max()


def test_only_the_entries_asked_for_are_checked() -> None:
    assert finite_difference(X[0], G[0], 1e-5, 4).shape == (4,)
    assert finite_difference(X[0], G[0], 1e-5, 400).shape == (9,)


@pytest.mark.parametrize("value", [5.0, -9.7, 0.1])
@pytest.mark.parametrize("size", [1, 3, 6, 7])
def test_no_spread_and_no_eps_is_not_a_number(value: float, size: int) -> None:
    assert np.isnan(finite_difference(np.full(size, value), G[0, :size], 0.0, 7)).all()


def test_a_matrix_is_refused() -> None:
    with pytest.raises(ValueError, match="Take a row"):
        finite_difference(X, G, 1e-5, 9)
