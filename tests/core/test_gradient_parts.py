import numpy as np
import pytest

from bn_core import BatchNorm1D, LayerNorm1D
from bn_core.gradient_parts import measure_shares, split_gradient
from bn_core.theory.gradients import passing_share, sum_dx_z

RNG = np.random.default_rng(0)
X = RNG.normal(5, 3, (7, 9))
G = RNG.standard_normal((7, 9))
AXES = pytest.mark.parametrize("axis", [-1, -2])


@AXES
def test_the_parts_add_up_and_without_eps_stand_square_to_one_another(axis: int) -> None:
    parts = split_gradient(X, G, axis, eps=0.0)
    pieces = [np.asarray(p) for p in (parts.mean_part, parts.output_part, parts.left)]
    np.testing.assert_allclose(sum(pieces), G, atol=1e-14)
    for i in range(3):
        np.testing.assert_allclose(np.sum(pieces[i] * pieces[i - 1], axis), 0.0, atol=1e-13)
    energy = sum(np.sum(p**2, axis) for p in pieces)
    np.testing.assert_allclose(energy, np.sum(G**2, axis), rtol=1e-13)


def test_what_is_left_is_what_the_layers_give_back() -> None:
    batch, layer = BatchNorm1D(7, eps=0.1), LayerNorm1D(7, eps=0.1)
    for norm, axis in ((batch, -1), (layer, -2)):
        norm.forward(X)
        np.testing.assert_allclose(
            split_gradient(X, G, axis, eps=0.1).right, norm.backward(G)[0], rtol=1e-11, atol=1e-15
        )


@AXES
def test_the_two_sums_are_zero_without_eps(axis: int) -> None:
    parts = split_gradient(X, G, axis, eps=0.0)
    np.testing.assert_allclose(parts.sum_dx, 0.0, atol=1e-14)
    np.testing.assert_allclose(parts.sum_dx_z, 0.0, atol=1e-14)


def test_with_eps_the_second_sum_is_what_the_formula_says() -> None:
    eps = 2.0
    parts = split_gradient(X, G, axis=-1, eps=eps)
    inv_std = 1 / np.sqrt(X.var(axis=1, keepdims=True) + eps)
    np.testing.assert_allclose(parts.sum_dx, 0.0, atol=1e-14)
    np.testing.assert_allclose(parts.sum_dx_z, sum_dx_z(G, parts.z, inv_std, eps), rtol=1e-11)
    assert np.all(np.abs(parts.sum_dx_z) > 1e-4)


@AXES
def test_the_wrong_backward_keeps_both_parts(axis: int) -> None:
    parts = split_gradient(X, G, axis, eps=0.0)
    assert np.all(np.abs(parts.wrong.sum(axis)) > 1e-3)
    np.testing.assert_allclose(
        parts.wrong - parts.right,
        (parts.mean_part + parts.output_part) / X.std(axis=axis, keepdims=True),
        atol=1e-14,
    )


def test_the_share_that_passes_is_two_less_than_the_batch_over_the_batch() -> None:
    sizes = (2, 3, 4, 8, 32, 128)
    shares = measure_shares(sizes, 4000, np.random.default_rng(1))
    law = passing_share(shares.batch_sizes)
    assert np.all(np.abs(shares.mean - law) <= 5 * shares.standard_error + 1e-12)
    assert np.all(shares.standard_error < 0.006)  # sharp enough to tell (B - 2)/B from (B - 1)/B
    assert np.all(np.abs(shares.mean - (shares.batch_sizes - 1) / shares.batch_sizes)[:5] > 0.02)


def test_nothing_passes_at_a_batch_of_two() -> None:
    parts = split_gradient(X[:, :2], G[:, :2], axis=-1, eps=0.0)
    np.testing.assert_allclose(parts.right, 0.0, atol=1e-14)


@pytest.mark.parametrize("eps", [0.0, 1e-5])
def test_one_example_and_no_spread_raise_nothing(eps: float) -> None:
    for x in (X[:, :1], np.full((3, 4), 5.0)):
        parts = split_gradient(x, np.ones_like(x), axis=-1, eps=eps)
        assert np.isnan(parts.right).all() == (eps == 0.0)


def test_a_gradient_of_nothing_has_no_share() -> None:
    parts = split_gradient(X, np.zeros_like(X), axis=-1, eps=0.0)
    assert np.isnan(parts.share).all()
    assert np.isnan(parts.total_share)


def test_the_total_share_weighs_the_groups_by_their_energy() -> None:
    parts = split_gradient(X, G, axis=-1, eps=0.0)
    assert parts.total_share == pytest.approx(np.average(parts.share, weights=np.sum(G**2, axis=1)))
